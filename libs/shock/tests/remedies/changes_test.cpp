#include "adic/shock/dynamics/item_dynamics.hpp"

#include "dynamics/maps.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::ItemIndex;
using test::MapMaker;
using Kind = ItemChange::Kind;

constexpr double rounding = 1e-9;

ItemChange
change(Kind kind, std::uint32_t item, double amount, double week = 0, std::uint32_t other = 9) {
    ItemChange made{kind, ItemIndex{item}, amount, Estimate::exactly(week)};
    if (kind == Kind::substitute || kind == Kind::without) {
        made.other = ItemIndex{other};
    }
    return made;
}

/// i0 needs i1, i1 needs i2; i3 is there for whoever wants it. All have one foreign supplier.
MapMaker chain() {
    MapMaker maker(4, 5);
    maker.add_needs(0, {.inputs = {1}});
    maker.add_needs(1, {.inputs = {2}});
    for (std::uint32_t i = 0; i < 4; ++i) {
        maker.add_supply(i, i + 1, Estimate::exactly(1));
    }
    return maker;
}

/// Weeks of i0 that are lost in thirty when the supplies of some items stop for the first ten.
/// Nobody has stocks, and nobody can give more than the usual.
double lost(const std::vector<std::uint32_t>& stopped, const std::vector<ItemChange>& changes) {
    constexpr std::uint32_t weeks = 30;
    constexpr std::uint32_t without_supply = 10;
    const MapMaker maker = chain();
    const supply::MapIndex index(maker.map());
    ItemDynamicsOptions options;
    options.usual = {.cover_days = 0, .surge = 0};
    options.changes = changes;
    const auto network = *ItemNetwork::create(
        index,
        test::first_state(maker.map()),
        std::array{ItemIndex{0}},
        options
    );
    ItemCourse course;
    course.weeks = weeks;
    for (const std::uint32_t item : stopped) {
        if (const auto node = network.find_node(ItemIndex{item})) {
            std::vector<double> part(weeks, 1.0);
            std::fill_n(part.begin(), without_supply, 0.0);
            course.supplies.push_back({*node, part});
        }
    }
    return run_items(network, course).outcomes[network.targets()[0]].weeks_lost;
}

struct Case {
    std::string name;
    std::vector<std::uint32_t> stopped;
    std::vector<ItemChange> changes;
    double lost;
};

TEST(ItemChanges, MatchHandComputedLosses) {
    const std::vector<Case> cases{
        {"nothing is done", {1}, {}, 10},
        {"4 weeks in store bridge 4 of 10", {1}, {change(Kind::store, 1, 4)}, 6},
        {"as many that come in week 3 are still used up", {1}, {change(Kind::store, 1, 4, 3)}, 6},
        {"20 that come in week 3 are too late for 3", {1}, {change(Kind::store, 1, 20, 3)}, 3},
        {"after the shock nothing helps", {1}, {change(Kind::store, 1, 20, 12)}, 10},
        {"a quarter from week 4: 4 + 6 * 0.75", {1}, {change(Kind::capacity, 1, 0.25, 4)}, 8.5},
        {"makers without their input make nothing", {2}, {change(Kind::capacity, 1, 0.25)}, 10},
        {"what is won back needs no input: 0.75 * 10",
         {2},
         {change(Kind::recycling, 1, 0.25)},
         7.5},
        {"nor suppliers", {1}, {change(Kind::recycling, 1, 0.25)}, 7.5},
        {"0.6 of it without the input", {2}, {change(Kind::without, 1, 0.6, 0, 2)}, 4},
        {"the same from week 5: what is late stays so",
         {2},
         {change(Kind::without, 1, 0.6, 5, 2)},
         4},
        {"half is replaced", {1}, {change(Kind::substitute, 1, 0.5, 0, 3)}, 5},
        {"all of it", {1}, {change(Kind::substitute, 1, 1, 0, 3)}, 0},
        {"by what is away too", {1, 3}, {change(Kind::substitute, 1, 0.5, 0, 3)}, 10},
        {"short in weeks 1 to 10, replaced from 6 on: 5 + 5 * 0.5",
         {1},
         {change(Kind::substitute, 1, 0.5, 6, 3)},
         7.5},
        {"two things are missing, one is in store", {1, 2}, {change(Kind::store, 2, 10)}, 10},
        {"the other too", {1, 2}, {change(Kind::store, 2, 10), change(Kind::store, 1, 4)}, 6},
        {"of two stores of one item the sum",
         {1},
         {change(Kind::store, 1, 4), change(Kind::store, 1, 3)},
         3},
    };
    for (const Case& c : cases) {
        EXPECT_NEAR(lost(c.stopped, c.changes), c.lost, rounding) << c.name;
    }
}

TEST(ItemChanges, GiveWhatIsLeftOfTheirMakers) {
    const MapMaker maker = chain();
    ItemChange made = change(Kind::capacity, 1, 0.5);
    made.supplies = {0, 1};
    const ScenarioPaths paths{2, {{1, {0.0, 1.0}, {0.0, 0.0}, {}, {}}}, {}, {}};
    const supply::MapIndex index(maker.map());
    const auto network = *ItemNetwork::create(
        index,
        test::first_state(maker.map()),
        std::array{ItemIndex{0}},
        {.changes = {made}}
    );
    const ItemCourse course = course_of(network, paths);
    ASSERT_EQ(course.change_parts.size(), 1U);
    EXPECT_EQ(course.change_parts[0], (std::vector{0.5, 1.0}));
}

TEST(ItemChanges, RefuseWhatCannotBe) {
    const MapMaker maker = chain();
    const supply::MapIndex index(maker.map());
    const auto made = [&](const ItemChange& one) {
        return ItemNetwork::create(
            index,
            test::first_state(maker.map()),
            std::array{ItemIndex{0}},
            {.changes = {one}}
        );
    };
    EXPECT_TRUE(made(change(Kind::store, 1, 1)));
    EXPECT_FALSE(made(change(Kind::store, 9, 1)));
    EXPECT_FALSE(made(change(Kind::store, 1, 0)));
    EXPECT_FALSE(made(change(Kind::store, 1, 1, -1)));
    EXPECT_FALSE(made(change(Kind::substitute, 1, 1, 0, 1)));
    EXPECT_FALSE(made({Kind::without, ItemIndex{1}, 1}));
}

/// Changes of every kind but substitutes, which are choices.
std::vector<ItemChange> random_changes(const model::SupplyMap& map, std::uint64_t seed) {
    RandomStream random(seed, 7);
    std::vector<ItemChange> changes;
    const auto items = static_cast<std::uint32_t>(map.items.size());
    for (std::uint64_t n = 1 + random.below(5); n > 0; --n) {
        constexpr std::array kinds{Kind::store, Kind::capacity, Kind::recycling, Kind::without};
        const Kind kind = kinds[random.below(kinds.size())];
        const auto item = static_cast<std::uint32_t>(random.below(items));
        const double amount = random.uniform() * (kind == Kind::store ? 8 : 1) + 0.01;
        const auto week = static_cast<double>(random.below(20));
        const auto other = static_cast<std::uint32_t>((item + 1 + random.below(items - 1)) % items);
        changes.push_back(change(kind, item, amount, week, other));
    }
    return changes;
}

/// (R6): with more of them no item loses more.
TEST(ItemChanges, NeverHurtWhereNoItemHasAChoice) {
    constexpr std::uint64_t maps = 1'000;
    constexpr std::uint32_t weeks = 60;
    int helped = 0;
    for (std::uint64_t seed = 1; seed <= maps; ++seed) {
        const MapMaker maker = test::random_map(seed, {.choices = false});
        const supply::MapIndex index(maker.map());
        ItemDynamicsOptions options = test::random_paces(maker.map(), seed, seed % 2 == 0);
        const std::vector<ItemChange> changes = random_changes(maker.map(), seed);
        std::vector<ItemRun> runs;
        for (std::size_t count = 0; count <= changes.size(); ++count) {
            options.changes.assign(
                changes.begin(),
                changes.begin() + static_cast<std::ptrdiff_t>(count)
            );
            const auto network = *ItemNetwork::create(
                index,
                test::first_state(maker.map()),
                test::all_items(maker.map()),
                options
            );
            ItemCourse course = test::random_course(network, seed, weeks);
            course.alarm_week = 0;
            course.store_losses.clear();  // what was used up cannot be destroyed
            runs.push_back(run_items(network, course));
        }
        for (std::size_t n = 1; n < runs.size(); ++n) {
            for (std::size_t node = 0; node < runs[n].outcomes.size(); ++node) {
                const double before = runs[n - 1].outcomes[node].weeks_lost;
                const double after = runs[n].outcomes[node].weeks_lost;
                ASSERT_LE(after, before + rounding) << "seed " << seed << ", change " << n;
                helped += after < before - rounding ? 1 : 0;
            }
        }
    }
    EXPECT_GT(helped, 1'000);
}

}  // namespace
}  // namespace adic::shock
