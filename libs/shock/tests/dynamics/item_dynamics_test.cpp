#include "adic/shock/dynamics/item_dynamics.hpp"

#include "adic/supply/failure.hpp"

#include "dynamics/maps.hpp"
#include "dynamics/slow_items.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using test::MapMaker;
using test::Needs;
using testing::HasSubstr;

constexpr double rounding = 1e-9;

/// A map with its index and a network of all its items.
struct Case {
    explicit Case(MapMaker maker, const ItemDynamicsOptions& options = {})
        : made(std::make_unique<MapMaker>(std::move(maker)))
        , index(made->map())
        , network(*ItemNetwork::create(
              index,
              test::first_state(made->map()),
              test::all_items(made->map()),
              options
          )) {}

    ItemRun run(const ItemCourse& course) const { return run_items(network, course); }

    std::uint32_t node(std::uint32_t item) const {
        return *network.find_node(model::ItemIndex{item});
    }

    std::unique_ptr<MapMaker> made;
    supply::MapIndex index;
    ItemNetwork network;
};

/// Two weeks of everything, a week on the way, no surge: numbers that a hand can follow.
ItemDynamicsOptions plain() {
    ItemDynamicsOptions options;
    options.usual = {.cover_days = 14, .lead_weeks = 1, .reorder_weeks = 1, .surge = 0};
    return options;
}

ItemCourse halt(const Case& c, std::uint32_t item, std::uint32_t first, std::uint32_t last) {
    ItemCourse course;
    course.weeks = 20;
    std::vector<double> part(course.weeks, 1.0);
    std::fill(part.begin() + first, part.begin() + last, 0.0);
    course.supplies.push_back({c.node(item), part});
    return course;
}

MapMaker chain(std::uint32_t items) {
    MapMaker maker(items, 2);
    for (std::uint32_t i = 0; i + 1 < items; ++i) {
        maker.add_needs(i, {.inputs = {i + 1}});
    }
    return maker;
}

TEST(ItemDynamics, FollowAHaltByHand) {
    // i0 <- i1 <- i2. The halt of i2 in weeks 2..9 is at i1 a week later; with two weeks in stock
    // i1 misses weeks 5..10 and i0 weeks 8..11.
    const Case c(chain(3), plain());
    const ItemRun run = c.run(halt(c, 2, 2, 10));
    EXPECT_NEAR(run.outcomes[c.node(2)].weeks_lost, 8, rounding);
    EXPECT_NEAR(run.outcomes[c.node(1)].weeks_lost, 6, rounding);
    EXPECT_NEAR(run.outcomes[c.node(0)].weeks_lost, 4, rounding);
    EXPECT_EQ(run.outcomes[c.node(1)].first_stopped, 5U);
    EXPECT_EQ(run.outcomes[c.node(0)].first_stopped, 8U);
    for (std::uint32_t week = 0; week < 20; ++week) {
        EXPECT_NEAR(run.output_of(c.node(0), week), week >= 8 && week < 12 ? 0 : 1, rounding);
    }
}

TEST(ItemDynamics, SayWhyInWords) {
    const Case c(chain(3), plain());
    const ItemRun run = c.run(halt(c, 2, 2, 10));
    const auto causes = list_causes(c.network, run, c.node(0), 8);
    EXPECT_EQ(
        explain(c.network, causes).text,
        "In week 9 i0 is at 0 %, because i1 was at 0 % in week 8, because i2 was at 0 % in week 7, "
        "because its suppliers give too little."
    );
    EXPECT_EQ(run.binding_of(c.node(0), 3), Binding{});
}

TEST(ItemDynamics, ServeFromTheStoreFirst) {
    MapMaker maker = chain(2);
    maker.add_stock(1, 0, 21);
    const Case c(std::move(maker), plain());
    ItemCourse course = halt(c, 1, 2, 10);
    // Three weeks in store, two with the user: of eight weeks three are missed.
    EXPECT_NEAR(c.run(course).outcomes[c.node(0)].weeks_lost, 3, rounding);
    // At the start of week 4 one of the three is left, and three quarters of it burn.
    course.store_losses.push_back({4, c.node(1), 0.25});
    EXPECT_NEAR(c.run(course).outcomes[c.node(0)].weeks_lost, 3.75, rounding);
}

TEST(ItemDynamics, SwitchToAnAlternative) {
    MapMaker any(3, 2);
    any.add_needs(0, {.inputs = {1, 2}, .take = 1});
    MapMaker both(3, 2);
    both.add_needs(0, {.inputs = {1, 2}, .take = 2});
    const Case with_choice(std::move(any), plain());
    const Case without(std::move(both), plain());
    EXPECT_EQ(
        with_choice.run(halt(with_choice, 1, 2, 10)).outcomes[with_choice.node(0)].weeks_lost,
        0
    );
    EXPECT_NEAR(
        without.run(halt(without, 1, 2, 10)).outcomes[without.node(0)].weeks_lost,
        6,
        rounding
    );
}

TEST(ItemDynamics, WearWithoutNewEquipment) {
    // A tenth of the capacity a week: after the two weeks in reserve and the week on the way,
    // backlogs of 1, 2, ... 8 weeks; then it stays, for nobody makes up for what was not made.
    MapMaker maker(2, 2);
    maker.add_needs(0, {.inputs = {1}, .role = model::Role::equipment});
    ItemDynamicsOptions options = plain();
    options.usual.equipment_weeks = 10;
    options.usual.spare_weeks = 2;
    const Case c(std::move(maker), options);
    const ItemRun run = c.run(halt(c, 1, 2, 6));
    EXPECT_NEAR(run.output_of(c.node(0), 4), 1, rounding);
    EXPECT_NEAR(run.output_of(c.node(0), 5), 0.9, rounding);
    EXPECT_NEAR(run.output_of(c.node(0), 6), 0.8, rounding);
    EXPECT_NEAR(run.output_of(c.node(0), 19), 0.8, rounding);
    EXPECT_THAT(
        explain(c.network, list_causes(c.network, run, c.node(0), 6)).text,
        HasSubstr("its equipment is worn and not replaced, because i1 was at 0 % in week 6")
    );
}

TEST(ItemDynamics, CountWhatIsMadeWithoutANonEssentialInput) {
    MapMaker maker(2, 2);
    maker.add_needs(0, {.inputs = {1}, .essential = model::Essential::no, .value_share = 0.2});
    const Case c(std::move(maker), plain());
    const ItemRun run = c.run(halt(c, 1, 2, 10));
    EXPECT_EQ(run.outcomes[c.node(0)].weeks_lost, 0);
    EXPECT_NEAR(run.outcomes[c.node(0)].weeks_worse, 6 * 0.2, rounding);
}

TEST(ItemDynamics, RebuildStocksFromSurgeOnly) {
    const auto lost_twice = [](double surge) {
        ItemDynamicsOptions options = plain();
        options.usual.surge = surge;
        options.usual.ramp_weeks = 0;
        const Case c(chain(2), options);
        ItemCourse course = halt(c, 1, 2, 4);
        std::vector<double>& part = course.supplies[0].part;
        std::fill(part.begin() + 12, part.begin() + 14, 0.0);
        return c.run(course).outcomes[c.node(0)].weeks_lost;
    };
    EXPECT_NEAR(lost_twice(0), 2, rounding);      // the second gap finds no stock
    EXPECT_NEAR(lost_twice(0.25), 0, rounding);   // eight weeks at 125 % bring two weeks back
    EXPECT_NEAR(lost_twice(0.125), 1, rounding);  // half as fast, half of it
}

TEST(ItemDynamics, ChangeNothingWithoutAShock) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const MapMaker maker = test::random_map(seed, {});
        const Case c(maker, test::random_paces(maker.map(), seed, true));
        ItemCourse course;
        course.weeks = 60;
        course.alarm_week = 5;  // even makers that are ready to give more give what is wanted
        const ItemRun run = c.run(course);
        for (const double output : run.output) {
            ASSERT_NEAR(output, 1, 1e-12) << seed;
        }
        EXPECT_THAT(find_collapses(c.network, course, 40), testing::IsEmpty());
    }
}

TEST(ItemDynamics, AgreeWithGoodsThatAreCounted) {
    double least_stock = 0;
    double lost = 0;
    for (std::uint64_t seed = 0; seed < 600; ++seed) {
        const MapMaker maker = test::random_map(seed, {});
        const Case c(maker, test::random_paces(maker.map(), seed, seed % 3 != 0));
        const ItemCourse course = test::random_course(c.network, seed, 50);
        const ItemRun run = c.run(course);
        const test::SlowItems slow = test::slow_items(c.index, c.network, course);
        least_stock = std::min(least_stock, slow.least_stock);
        for (std::uint32_t item = 0; item < maker.map().items.size(); ++item) {
            const std::uint32_t node = c.node(item);
            lost += slow.weeks_lost[item];
            ASSERT_NEAR(run.outcomes[node].weeks_lost, slow.weeks_lost[item], rounding) << seed;
            ASSERT_NEAR(run.outcomes[node].weeks_worse, slow.weeks_worse[item], rounding) << seed;
            for (std::uint32_t week = 0; week < course.weeks; ++week) {
                ASSERT_NEAR(run.output_of(node, week), slow.output[item][week], rounding)
                    << seed << " i" << item << " week " << week;
            }
        }
    }
    EXPECT_GE(least_stock, -rounding);  // nobody uses what was not made
    EXPECT_GT(lost, 1000);              // there was something to agree on
}

/// Without choices: weeks lost by every item never fall, and no first reduced week comes later.
void expect_no_better(const ItemRun& better, const ItemRun& worse, std::uint64_t seed) {
    for (std::size_t node = 0; node < better.outcomes.size(); ++node) {
        const ItemOutcome& a = better.outcomes[node];
        const ItemOutcome& b = worse.outcomes[node];
        ASSERT_GE(b.weeks_lost, a.weeks_lost - rounding) << seed;
        if (a.first_reduced) {
            ASSERT_TRUE(b.first_reduced) << seed;
            ASSERT_LE(*b.first_reduced, *a.first_reduced) << seed;
        }
    }
}

TEST(ItemDynamics, NeverGainFromALargerOrLongerShockOrASmallerStock) {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const MapMaker maker = test::random_map(seed, {.choices = false});
        const ItemDynamicsOptions options = test::random_paces(maker.map(), seed, seed % 2 == 0);
        const Case c(maker, options);
        const ItemCourse course = test::random_course(c.network, seed, 60);
        const ItemRun run = c.run(course);
        ItemCourse larger = course;
        for (ItemSupplyPath& path : larger.supplies) {
            RandomStream random(seed, path.node);
            for (std::uint32_t week = 0; week < 60; ++week) {
                const bool goes_on = week > 0 && course.supplies[0].part[week - 1] < 1;
                path.part[week] *= goes_on || random.below(2) == 0 ? random.uniform() : 1.0;
            }
        }
        expect_no_better(run, c.run(larger), seed);
        ItemDynamicsOptions smaller = options;
        RandomStream random(seed, 77);
        for (std::size_t i = 0; i < smaller.paces.size(); ++i) {
            smaller.paces[i].cover_days *= random.uniform();
            smaller.paces[i].spare_weeks *= random.uniform();
            smaller.added_store_weeks[i] *= random.uniform();
        }
        const Case with_less(maker, smaller);
        expect_no_better(run, with_less.run(course), seed);
    }
}

/// What the failure logic says about every item when the states of `failed` stop for good.
std::vector<bool>
stopped_by_logic(const Case& c, const std::vector<bool>& failed, supply::FailureOptions options) {
    std::vector<bool> stopped;
    const supply::Viewpoint viewpoint = test::first_state(c.made->map());
    for (const model::ItemIndex item : test::all_items(c.made->map())) {
        const supply::FailureModel logic = supply::failure_model(c.index, viewpoint, item, options);
        std::vector<bool> events;
        for (const supply::FailureSubject& subject : logic.event_subjects) {
            events.push_back(failed[std::get<model::StateIndex>(subject).value()]);
        }
        stopped.push_back(supply::failure_rounds(logic.tree, events)[logic.tree.top].has_value());
    }
    return stopped;
}

ScenarioPaths stop_for_good(const model::SupplyMap& map, const std::vector<bool>& failed) {
    ScenarioPaths paths;
    paths.weeks = 80;
    for (std::uint32_t row = 0; row < map.supplies.size(); ++row) {
        if (failed[map.supplies[row].origin->value()]) {
            const std::vector<double> nothing(paths.weeks, 0.0);
            const std::vector<double> usual(paths.weeks, 1.0);
            paths.supplies.push_back({row, nothing, nothing, usual, nothing});
        }
    }
    return paths;
}

TEST(ItemDynamics, AgreeWithTheFailureLogicInTheEnd) {
    constexpr std::array completions{
        supply::Completion::certain,
        supply::Completion::likely,
        supply::Completion::possible};
    constexpr std::array equipments{supply::Equipment::counts, supply::Equipment::left_out};
    int stops = 0;
    int stands = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const MapMaker maker = test::random_map(seed, {});
        ItemDynamicsOptions options;
        options.usual = {.cover_days = 0, .surge = 0, .equipment_weeks = 1, .spare_weeks = 0};
        options.usual.lead_weeks = static_cast<std::uint32_t>(seed % 3);
        options.reading = SupplyReading::enough_or_nothing;
        options.completion = completions[seed % 3];
        options.equipment = equipments[seed % 2];
        const Case c(maker, options);
        RandomStream random(seed, 9);
        std::vector<bool> failed(5, false);  // the first state is inside and never fails
        for (std::size_t state = 1; state < 5; ++state) {
            failed[state] = random.below(2) == 0;
        }
        const ItemRun run = c.run(course_of(c.network, stop_for_good(maker.map(), failed)));
        const std::vector<bool> stopped = stopped_by_logic(
            c,
            failed,
            {.completion = options.completion, .equipment = options.equipment}
        );
        for (std::uint32_t item = 0; item < stopped.size(); ++item) {
            ASSERT_EQ(run.output_of(c.node(item), 79), stopped[item] ? 0.0 : 1.0)
                << seed << " i" << item;
            (stopped[item] ? stops : stands) += 1;
        }
    }
    EXPECT_GT(stops, 300);
    EXPECT_GT(stands, 300);
}

TEST(ItemDynamics, SeeACircleGoDownByItself) {
    // Tools are made of steel; steel is made on tools. Tools that are not replaced cost steel,
    // which costs tools: after a halt of the tool makers that eats up the reserve it never ends.
    const auto collapses = [](double reserve_weeks) {
        MapMaker maker(2, 2);
        maker.add_needs(0, {.inputs = {1}});
        maker.add_needs(1, {.inputs = {0}, .role = model::Role::equipment});
        ItemDynamicsOptions options = plain();
        options.usual.equipment_weeks = 20;
        options.usual.spare_weeks = reserve_weeks;
        const Case c(std::move(maker), options);
        return find_collapses(c.network, halt(c, 0, 2, 8), 200);
    };
    const std::vector<Collapse> found = collapses(1);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_NEAR(found[0].output_then, 0, rounding);
    EXPECT_THAT(collapses(7), testing::IsEmpty());
}

TEST(ItemDynamics, RecoverFromAnyShockWithoutEquipment) {
    // A circle of inputs holds goods that nobody takes away: it runs on where it stopped.
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const MapMaker maker = test::random_map(seed, {.choices = false});
        ItemDynamicsOptions options = test::random_paces(maker.map(), seed, false);
        options.equipment = supply::Equipment::left_out;
        const Case c(maker, options);
        const ItemCourse course = test::random_course(c.network, seed, 60);
        ASSERT_THAT(find_collapses(c.network, course, 200), testing::IsEmpty()) << seed;
    }
}

TEST(ItemDynamics, ReadPathsBySharesAsTheCompletionSays) {
    MapMaker maker(1, 4);
    maker.add_supply(0, 1, *Estimate::create(0.2, 0.4, 0.5));
    maker.add_supply(0, 2, *Estimate::create(0.1, 0.3, 0.4));
    maker.add_supply(0, 3, std::nullopt);
    ScenarioPaths paths;
    paths.weeks = 2;
    paths.supplies.push_back({0, {0.5, 1.0}, {0.0, 0.25}, {1, 1}, {0, 0}});
    const auto parts = [&](supply::Completion completion) {
        ItemDynamicsOptions options;
        options.completion = completion;
        const Case c(maker, options);
        return course_of(c.network, paths).supplies.at(0).part;
    };
    using testing::DoubleNear;
    using testing::ElementsAre;
    // certain: 1 - 0.2 / 2; likely: 1 - 0.4 / 2; possible: 0.2 / 2 + 0.1 + 0.7 / 2. A quarter of
    // the usual comes late in the second week.
    EXPECT_THAT(
        parts(supply::Completion::certain),
        ElementsAre(DoubleNear(0.9, rounding), DoubleNear(1.05, rounding))
    );
    EXPECT_THAT(
        parts(supply::Completion::likely),
        ElementsAre(DoubleNear(0.8, rounding), DoubleNear(1.1, rounding))
    );
    EXPECT_THAT(
        parts(supply::Completion::possible),
        ElementsAre(DoubleNear(0.55, rounding), DoubleNear(1.05, rounding))
    );
}

TEST(ItemDynamics, RefuseOptionsThatCannotBe) {
    const MapMaker maker = chain(2);
    const supply::MapIndex index(maker.map());
    const supply::Viewpoint viewpoint = test::first_state(maker.map());
    const auto refusal = [&](const auto& spoil) {
        ItemDynamicsOptions options;
        spoil(options);
        const auto made =
            ItemNetwork::create(index, viewpoint, test::all_items(maker.map()), options);
        return made ? std::string("none") : made.error().message;
    };
    EXPECT_THAT(refusal([](auto& o) { o.usual.cover_days = -1; }), HasSubstr("stock"));
    EXPECT_THAT(refusal([](auto& o) { o.usual.reorder_weeks = 0.5; }), HasSubstr("one week"));
    EXPECT_THAT(refusal([](auto& o) { o.usual.lead_weeks = 1000; }), HasSubstr("104"));
    EXPECT_THAT(refusal([](auto& o) { o.enough = 0; }), HasSubstr("enough"));
    EXPECT_THAT(refusal([](auto& o) { o.paces.resize(1); }), HasSubstr("every item"));
    EXPECT_THAT(
        refusal([](auto& o) {
            o.changes.push_back({ItemChange::Kind::capacity, model::ItemIndex{9}, 1});
        }),
        HasSubstr("of the map")
    );
    EXPECT_EQ(refusal([](auto&) {}), "none");
    EXPECT_FALSE(ItemNetwork::create(index, viewpoint, {}));
}

}  // namespace
}  // namespace adic::shock
