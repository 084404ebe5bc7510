#include "adic/shock/cascade/cascade.hpp"

#include "cascade/dense_cascade.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using test::DenseCascade;
using test::random_network;
using test::random_shock;

using model::FirmLink;
using model::FirmNetwork;
using model::InputClass;

enum Firm : std::uint32_t { steel_a, steel_b, paint, yard, navy };

/// A yard that needs steel, without which it stops, and paint, of which it can do with less.
FirmNetwork yard_network() {
    constexpr InputClass none = InputClass::none;
    return {
        {"steel a", "steel b", "paint", "yard", "navy"},
        {0, 0, 1, 2, 3},
        4,
        {none,
         none,
         InputClass::essential,
         none,  //
         none,
         none,
         InputClass::non_essential,
         none,  //
         none,
         none,
         none,
         InputClass::essential,  //
         none,
         none,
         none,
         none},
        {{steel_a, yard, 60.0}, {steel_b, yard, 20.0}, {paint, yard, 20.0}, {yard, navy, 200.0}}};
}

/// By hand. Without replacement: the yard gets 20 of 80 of its steel, so it makes a quarter, and so
/// does the navy's supply. sales: 60, 20, 20, 200, 0. Downstream 60 + 150 of 300. Upstream nobody
/// sells to steel a.
TEST(Cascade, StopsAYardAsFarAsItsEssentialInput) {
    const FirmNetwork network = yard_network();
    const Cascade cascade(network, {.replaceable = nobody_replaceable(network)});
    const std::vector<CapacityLoss> shock{{steel_a, 1.0}};
    const FirmLevels levels = cascade.levels(shock);
    EXPECT_DOUBLE_EQ(levels.downstream[yard], 0.25);
    EXPECT_DOUBLE_EQ(levels.downstream[navy], 0.25);
    EXPECT_DOUBLE_EQ(levels.upstream[yard], 1.0);
    const auto risk = cascade.risk(shock);
    EXPECT_DOUBLE_EQ(risk.downstream, 210.0 / 300.0);
    EXPECT_DOUBLE_EQ(risk.upstream, 60.0 / 300.0);
    EXPECT_DOUBLE_EQ(risk.total, 210.0 / 300.0);
}

/// With replacement steel a has all that its sector no longer sells: sigma = min(1, 60/20) = 1.
/// Steel b has min(1, 20/60) = 1/3 of its part of 20/80.
TEST(Cascade, LetsTheRestOfASectorReplaceASmallFirm) {
    const FirmNetwork network = yard_network();
    const Cascade cascade(network);
    const std::vector<CapacityLoss> large{{steel_a, 1.0}};
    const std::vector<CapacityLoss> small{{steel_b, 1.0}};
    EXPECT_DOUBLE_EQ(cascade.levels(large).downstream[yard], 0.25);
    EXPECT_DOUBLE_EQ(cascade.levels(small).downstream[yard], 1.0 - 0.25 / 3.0);
}

/// Paint is 20 of the 100 that the yard buys.
TEST(Cascade, LosesOfANonEssentialInputItsPartOfAllPurchases) {
    const FirmNetwork network = yard_network();
    const Cascade cascade(network);
    const std::vector<CapacityLoss> shock{{paint, 0.5}};
    const FirmLevels levels = cascade.levels(shock);
    EXPECT_DOUBLE_EQ(levels.downstream[yard], 0.9);
    EXPECT_DOUBLE_EQ(levels.downstream[paint], 0.5);
}

/// The yard sells all to the navy: without it neither yard nor its suppliers have customers.
TEST(Cascade, TakesTheDemandOfAFailedCustomerAway) {
    const FirmNetwork network = yard_network();
    const Cascade cascade(network);
    const std::vector<CapacityLoss> shock{{navy, 1.0}};
    const FirmLevels levels = cascade.levels(shock);
    for (const Firm firm : {steel_a, steel_b, paint, yard, navy}) {
        EXPECT_DOUBLE_EQ(levels.upstream[firm], 0.0) << firm;
    }
    EXPECT_DOUBLE_EQ(levels.downstream[yard], 1.0);
    EXPECT_DOUBLE_EQ(cascade.risk(shock).total, 1.0);
}

TEST(Cascade, OfNothingDoesNothing) {
    const FirmNetwork network = yard_network();
    const Cascade cascade(network);
    const std::vector<CapacityLoss> none{{yard, 0.0}};
    EXPECT_EQ(cascade.risk(none), (SystemicRisk{0.0, 0.0, 0.0, 1, true}));
    EXPECT_TRUE(Cascade(FirmNetwork{}).risks_of_closing({}).empty());
}

TEST(Cascade, SaysWhenItIsNotAtRest) {
    const FirmNetwork network = yard_network();
    const Cascade cascade(network, {.tolerance = 0.0, .most_steps = 1});
    const auto risk = cascade.risk(std::vector<CapacityLoss>{{navy, 1.0}});
    EXPECT_FALSE(risk.settled);
    EXPECT_EQ(risk.steps, 1U);
}

TEST(CascadeLaws, EqualsTheDenseEquationsStepByStep) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        RandomStream random{seed, 1};
        const FirmNetwork network = random_network(random, 12, 4);
        CascadeOptions options{.tolerance = seed % 2 == 0 ? 0.01 : 1e-9};
        options.replaceable = {true, seed % 3 != 0, true, seed % 5 != 0};
        const Cascade cascade(network, options);
        std::vector<std::vector<CapacityLoss>> shocks;
        for (int s = 0; s < 11; ++s) {
            shocks.push_back(random_shock(random, network.firms()));
        }
        const auto risks = cascade.risks(shocks);
        DenseCascade dense(network, options);
        for (std::size_t s = 0; s < shocks.size(); ++s) {
            const SystemicRisk expected = dense.run(shocks[s]);
            ASSERT_EQ(risks[s].steps, expected.steps) << seed;
            ASSERT_NEAR(risks[s].total, expected.total, 1e-12) << seed;
            ASSERT_NEAR(risks[s].downstream, expected.downstream, 1e-12) << seed;
            ASSERT_NEAR(risks[s].upstream, expected.upstream, 1e-12) << seed;
        }
        const FirmLevels levels = cascade.levels(shocks.back());
        for (std::uint32_t firm = 0; firm < network.firms(); ++firm) {
            ASSERT_NEAR(levels.downstream[firm], dense.down[firm], 1e-12);
            ASSERT_NEAR(levels.upstream[firm], dense.up[firm], 1e-12);
        }
    }
}

TEST(CascadeLaws, ALargerShockNeverHelpsAndReplacementNeverHarms) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        RandomStream random{seed, 2};
        const FirmNetwork network = random_network(random, 20, 5);
        const Cascade with(network);
        const Cascade without(network, {.replaceable = nobody_replaceable(network)});
        auto shock = random_shock(random, network.firms());
        const SystemicRisk before = with.risk(shock);
        const SystemicRisk alone = without.risk(shock);
        EXPECT_GE(alone.total, before.total - 1e-9) << seed;
        shock.push_back({static_cast<std::uint32_t>(random.below(20)), random.uniform()});
        const SystemicRisk after = with.risk(shock);
        EXPECT_GE(after.total, before.total - 1e-9) << seed;
        EXPECT_GE(after.downstream, before.downstream - 1e-9) << seed;
        EXPECT_GE(after.upstream, before.upstream - 1e-9) << seed;
    }
}

/// One step of the equations from where the cascade ended leads nowhere.
TEST(CascadeLaws, IsAFixedPointOfItsEquations) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        RandomStream random{seed, 3};
        const FirmNetwork network = random_network(random, 15, 4);
        const auto shock = random_shock(random, network.firms());
        const FirmLevels levels = Cascade(network, {.tolerance = 1e-13}).levels(shock);
        DenseCascade dense(network, {});
        dense.step_from(shock, levels.downstream, levels.upstream);
        for (std::uint32_t firm = 0; firm < network.firms(); ++firm) {
            EXPECT_NEAR(levels.downstream[firm], dense.down[firm], 1e-12);
            EXPECT_NEAR(levels.upstream[firm], dense.up[firm], 1e-12);
        }
    }
}

TEST(CascadeLaws, HasTheSameBytesOnAnyNumberOfThreadsAndInAnyCompany) {
    RandomStream random{7, 4};
    const FirmNetwork network = random_network(random, 150, 6);
    const Cascade cascade(network, {.tolerance = 0.01});
    const auto order = cascade.sweep_order();
    const auto one = cascade.risks_of_closing(order, {.threads = 1});
    EXPECT_EQ(cascade.risks_of_closing(order, {.threads = 2}), one);
    EXPECT_EQ(cascade.risks_of_closing(order, {.threads = 7}), one);
    for (std::size_t i = 0; i < order.size(); i += 13) {
        EXPECT_EQ(cascade.risks_of_closing(order.subspan(i, 1)).front(), one[i]);
    }
}

TEST(CascadeSweep, ShowsItsProgressAndStopsWhenAsked) {
    RandomStream random{8, 5};
    const FirmNetwork network = random_network(random, 200, 6);
    const Cascade cascade(network);
    std::stop_source source;
    double last = 0.0;
    shock::Run run{.threads = 1, .progress = {}, .stop = source.get_token()};
    run.progress = [&](std::string_view, double done) {
        EXPECT_GT(done, last);
        last = done;
        if (done > 0.5) {
            source.request_stop();
        }
    };
    const auto risks = cascade.risks_of_closing(cascade.sweep_order(), run);
    EXPECT_GT(risks.front().steps, 0U);
    EXPECT_EQ(risks.back(), (SystemicRisk{}));
}

}  // namespace
}  // namespace adic::shock
