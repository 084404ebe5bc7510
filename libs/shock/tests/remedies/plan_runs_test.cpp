#include "adic/shock/remedies/plan_runs.hpp"

#include "dynamics/maps.hpp"
#include "montecarlo/futures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::ItemIndex;
using test::Futures;
using test::MapMaker;
using Kind = ItemChange::Kind;

constexpr double rounding = 1e-9;

/// i0 and i4 are asked for; i0 needs i1 and i2, i4 needs i2 or i3. i1, i2 and i3 come from outside
/// and may stop for a while; a stock of i1 may be destroyed.
struct World {
    explicit World(std::vector<ItemChange> changes, std::uint64_t seed = 1) : maker(5, 4) {
        maker.add_needs(0, {.inputs = {1}});
        maker.add_needs(0, {.inputs = {2}});
        maker.add_needs(4, {.inputs = {2, 3}, .take = 1});
        for (std::uint32_t i = 1; i < 4; ++i) {
            maker.add_supply(i, i, *Estimate::create(0.5, 0.7, 0.9));
        }
        index = std::make_unique<supply::MapIndex>(maker.map());
        ItemDynamicsOptions options;
        options.usual = {.cover_days = 5, .surge = 0.1};
        options.changes = std::move(changes);
        network = std::make_unique<ItemNetwork>(*ItemNetwork::create(
            *index,
            test::first_state(maker.map()),
            std::array{ItemIndex{0}, ItemIndex{4}},
            options
        ));
        Futures futures(52);
        for (std::uint32_t supply = 0; supply < 3; ++supply) {
            futures.add(
                {supply,
                 0.6,
                 static_cast<std::int32_t>(30 * supply),
                 *Estimate::create(30, 90, 200)}
            );
        }
        MonteCarloOptions drawn;
        drawn.seed = seed;
        problem = std::make_unique<ItemMonteCarlo>(
            *ItemMonteCarlo::create(*network, futures.resolved(), drawn)
        );
    }

    MapMaker maker;
    std::unique_ptr<supply::MapIndex> index;
    std::unique_ptr<ItemNetwork> network;
    std::unique_ptr<ItemMonteCarlo> problem;
};

std::vector<ItemChange> five_changes() {
    return {
        {Kind::store, ItemIndex{1}, 6, *Estimate::create(0, 4, 20), {}, {}, 0},
        {Kind::capacity, ItemIndex{2}, 0.4, Estimate::exactly(3), {}, {0}, 1},
        {Kind::substitute, ItemIndex{2}, 0.5, Estimate::exactly(0), ItemIndex{3}, {}, 2},
        {Kind::without, ItemIndex{0}, 0.3, Estimate::exactly(2), ItemIndex{1}, {}, 3},
        {Kind::recycling, ItemIndex{3}, 0.2, Estimate::exactly(0), {}, {}, 4},
    };
}

Plan plan_of(std::uint32_t subset) {
    Plan plan;
    for (std::uint32_t c = 0; c < 5; ++c) {
        plan.push_back((subset >> c & 1U) != 0 ? 1.0 : 0.0);
    }
    return plan;
}

TEST(PlanRuns, AreTheRunsOfTheNetworkWithTheseChanges) {
    constexpr std::uint64_t runs = 128;
    const World all(five_changes());
    const PlanRuns plans = *PlanRuns::create(*all.problem, runs, {});
    for (const std::uint32_t subset : {0U, 1U, 6U, 13U, 31U}) {
        std::vector<ItemChange> some;
        for (std::uint32_t c = 0; c < 5; ++c) {
            if ((subset >> c & 1U) != 0) {
                some.push_back(five_changes()[c]);
            }
        }
        const World alone(some);
        const Plan plan = plan_of(subset);
        const PlanLoss loss = (*plans.follow({&plan, 1})).front();
        for (std::size_t b = 0; b < runs / runs_per_block; ++b) {
            const RunBlock block = alone.problem->block(b);
            for (std::size_t r = 0; r < runs_per_block; ++r) {
                const double lost = block.weeks_lost[r] + block.weeks_lost[runs_per_block + r];
                ASSERT_NEAR(loss.by_run[b * runs_per_block + r], lost, rounding) << subset;
            }
        }
    }
}

TEST(PlanRuns, LoseTheSameWhateverTheOtherPlansAndThreadsAre) {
    const World world(five_changes());
    const PlanRuns plans = *PlanRuns::create(*world.problem, 100, {2, 0.5}, {.threads = 1});
    std::vector<Plan> all;
    for (std::uint32_t subset = 0; subset < 32; ++subset) {
        all.push_back(plan_of(subset));
    }
    const auto together = *plans.follow(all, {.threads = 1});
    EXPECT_EQ(together, *plans.follow(all, {.threads = 2}));
    EXPECT_EQ(together, *plans.follow(all, {.threads = 7}));
    EXPECT_EQ(together[0], plans.without());
    for (std::size_t p = 0; p < all.size(); ++p) {
        EXPECT_EQ((*plans.follow({&all[p], 1}))[0], together[p]);
    }
}

TEST(PlanRuns, ValueWhatIsLost) {
    const World world(five_changes());
    const PlanRuns plans = *PlanRuns::create(*world.problem, 100, {2, 0.5});
    const PlanLoss& loss = plans.without();
    const double sum = std::accumulate(loss.by_run.begin(), loss.by_run.end(), 0.0);
    EXPECT_NEAR(sum / 100, 2 * loss.by_target[0] + 0.5 * loss.by_target[1], rounding);
    EXPECT_FALSE(PlanRuns::create(*world.problem, 100, {1}));
    EXPECT_FALSE(PlanRuns::create(*world.problem, 100, {1, -1}));
    EXPECT_FALSE(PlanRuns::create(*world.problem, 0, {}));
}

TEST(PlanLoss, IsReadAsItWasWritten) {
    const PlanLoss loss{{0, 1.5, 2e-300}, {0.25, 3}};
    const std::string bytes = to_bytes(loss);
    EXPECT_EQ(*parse_plan_loss(bytes, 3, 2), loss);
    EXPECT_FALSE(parse_plan_loss(bytes, 2, 2));
    EXPECT_FALSE(parse_plan_loss(bytes, 4, 2));
    EXPECT_FALSE(parse_plan_loss(bytes + 'x', 3, 2));
    EXPECT_FALSE(parse_plan_loss(to_bytes(PlanLoss{{0, 1, std::nan("")}, {0.25, 3}}), 3, 2));
}

TEST(PlanRuns, AreTheSameInSlices) {
    // 1,024 runs are one slice; 2,500 are three, the last of them not full.
    const World world(five_changes());
    const PlanRuns few = *PlanRuns::create(*world.problem, 1'000, {});
    const PlanRuns many = *PlanRuns::create(*world.problem, 2'500, {});
    const Plan plan = plan_of(13);
    const PlanLoss of_few = (*few.follow({&plan, 1}))[0];
    const PlanLoss of_many = (*many.follow({&plan, 1}))[0];
    for (std::size_t run = 0; run < 1'000; ++run) {
        ASSERT_EQ(of_few.by_run[run], of_many.by_run[run]) << run;
    }
    const double sum = std::accumulate(of_many.by_run.begin(), of_many.by_run.end(), 0.0);
    EXPECT_NEAR(sum / 2'500, of_many.by_target[0] + of_many.by_target[1], rounding);
}

TEST(PlanRuns, StopWhenAsked) {
    const World world(five_changes());
    std::stop_source source;
    source.request_stop();
    const auto stopped = PlanRuns::create(*world.problem, 100, {}, {.stop = source.get_token()});
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::interrupted);
}

/// i0 needs i1, whose only supplier stops for ten weeks for sure.
TEST(PlanRuns, GoBackToTheItemThatIsMissing) {
    MapMaker maker(2, 2);
    maker.add_needs(0, {.inputs = {1}});
    maker.add_supply(1, 1, Estimate::exactly(1));
    const supply::MapIndex index(maker.map());
    ItemDynamicsOptions options;
    options.usual = {.cover_days = 0, .surge = 0};
    options.changes = {{Kind::store, ItemIndex{1}, 4}};
    const auto network = *ItemNetwork::create(
        index,
        test::first_state(maker.map()),
        std::array{ItemIndex{0}},
        options
    );
    Futures futures(52);
    futures.add({.supply = 0, .duration = Estimate::exactly(70)});
    const auto problem = *ItemMonteCarlo::create(network, futures.resolved());
    const PlanRuns plans = *PlanRuns::create(problem, 10, {});
    for (const double times : {0.0, 1.0}) {
        const auto causes = plans.list_root_causes({times});
        ASSERT_EQ(causes.size(), 1U);
        EXPECT_EQ(network.item(causes[0].node), ItemIndex{1});
        EXPECT_EQ(causes[0].kind, Binding::Kind::supply);
        EXPECT_NEAR(causes[0].loss, 10 - 4 * times, rounding);
    }
    EXPECT_TRUE(plans.list_root_causes({3.0}).empty());
}

}  // namespace
}  // namespace adic::shock
