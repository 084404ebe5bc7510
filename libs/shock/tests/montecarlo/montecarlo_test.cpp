#include "adic/shock/montecarlo/montecarlo.hpp"

#include "adic/shock/dynamics/item_dynamics.hpp"

#include "dynamics/maps.hpp"
#include "montecarlo/futures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using test::Futures;
using test::MapMaker;
using testing::HasSubstr;

/// A map of which the first item is asked for.
struct Asked {
    explicit Asked(MapMaker maker, ItemDynamicsOptions options = no_stocks())
        : made(std::make_unique<MapMaker>(std::move(maker)))
        , index(made->map())
        , network(*ItemNetwork::create(
              index,
              test::first_state(made->map()),
              std::array{model::ItemIndex{0}},
              options
          )) {}

    static ItemDynamicsOptions no_stocks() {
        ItemDynamicsOptions options;
        options.usual = {.cover_days = 0, .surge = 0};
        return options;
    }

    std::unique_ptr<MapMaker> made;
    supply::MapIndex index;
    ItemNetwork network;
};

/// i0 needs i1, and i2 or i3; each of these has one foreign supplier, supplies 0, 1, 2.
MapMaker needs_one_and_either() {
    MapMaker maker(4, 4);
    maker.add_needs(0, {.inputs = {1}});
    maker.add_needs(0, {.inputs = {2, 3}, .take = 1});
    for (std::uint32_t i = 1; i < 4; ++i) {
        maker.add_supply(i, i, Estimate::exactly(1));
    }
    return maker;
}

MonteCarloSummary summary_of(const ItemMonteCarlo& problem, const StoppingRule& rule) {
    return **run_monte_carlo(problem, rule, {.threads = 1});
}

constexpr int seeds = 600;

/// Part of the seeds in which the interval of the stop probability covers the exact one.
double coverage(double exact, const std::function<MonteCarloSummary(std::uint64_t seed)>& run) {
    int covered = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const Estimate stopped = run(seed).targets.at(0).stopped;
        covered += stopped.low() <= exact && exact <= stopped.high() ? 1 : 0;
    }
    return static_cast<double>(covered) / seeds;
}

/// What so many seeds must reach if the interval covers with 95 %: three standard errors below.
const double covers = 0.95 - 3 * std::sqrt(0.95 * 0.05 / seeds);

TEST(MonteCarlo, CoversTheExactProbabilityAsOftenAsItSays) {
    const Asked asked(needs_one_and_either());
    Futures futures(6);
    futures.add({.supply = 0, .probability = 0.05});
    futures.add({.supply = 1, .probability = 0.4});
    futures.add({.supply = 2, .probability = 0.5});
    const double exact = 1 - (1 - 0.05) * (1 - 0.4 * 0.5);
    const ResolvedScenario scenario = futures.resolved();
    const auto with = [&](MonteCarloOptions options, const StoppingRule& rule) {
        return coverage(exact, [&, options](std::uint64_t seed) mutable {
            options.seed = seed;
            return summary_of(*ItemMonteCarlo::create(asked.network, scenario, options), rule);
        });
    };
    MonteCarloOptions options;
    EXPECT_GE(with(options, {.runs = 256}), covers);
    options.sampling = Sampling::antithetic;
    EXPECT_GE(with(options, {.runs = 256}), covers);
    options.sampling = Sampling::quasi_random;
    EXPECT_GE(with(options, {.runs = 1'024}), covers);
    options.sampling = Sampling::independent;
    options.raise_to = 0.3;
    EXPECT_GE(with(options, {.runs = 512}), covers);
}

TEST(MonteCarlo, StopsEarlyWithoutSpoilingTheInterval) {
    const Asked asked(needs_one_and_either());
    Futures futures(6);
    futures.add({.supply = 0, .probability = 0.02});
    const ResolvedScenario scenario = futures.resolved();
    const StoppingRule rule{.runs = 8'192, .first_look = 128, .stopped_within = 0.03};
    double runs = 0;
    const double covered = coverage(0.02, [&](std::uint64_t seed) {
        MonteCarloOptions options;
        options.seed = seed;
        const MonteCarloSummary summary =
            summary_of(*ItemMonteCarlo::create(asked.network, scenario, options), rule);
        runs += static_cast<double>(summary.runs) / seeds;
        EXPECT_GE(summary.confidence, 0.975);
        const Estimate stopped = summary.targets[0].stopped;
        EXPECT_LE(stopped.high() - stopped.likely(), 0.03);
        return summary;
    });
    EXPECT_GE(covered, covers);
    EXPECT_LT(runs, 1'024);
}

TEST(MonteCarlo, SeesRareJointEventsByImportanceSampling) {
    MapMaker maker(3, 3);
    maker.add_needs(0, {.inputs = {1, 2}, .take = 1});
    maker.add_supply(1, 1, Estimate::exactly(1));
    maker.add_supply(2, 2, Estimate::exactly(1));
    const Asked asked(std::move(maker));
    Futures futures(6);
    futures.add({.supply = 0, .probability = 1e-3});
    futures.add({.supply = 1, .probability = 1e-3});
    const double exact = 1e-6;
    MonteCarloOptions options;
    const auto plain = *ItemMonteCarlo::create(asked.network, futures.resolved(), options);
    EXPECT_EQ(summary_of(plain, {.runs = 4'096}).targets[0].stopped.likely(), 0);
    options.raise_to = 0.4;
    const auto raised = *ItemMonteCarlo::create(asked.network, futures.resolved(), options);
    const MonteCarloSummary summary = summary_of(raised, {.runs = 4'096});
    const Estimate stopped = summary.targets[0].stopped;
    EXPECT_NEAR(stopped.likely(), exact, 0.1 * exact);
    EXPECT_TRUE(stopped.low() <= exact && exact <= stopped.high());
    EXPECT_LT(stopped.high() - stopped.low(), 0.3 * exact);
    // Of all runs only those without any event, 0.36 of them, have weight to speak of.
    EXPECT_NEAR(summary.effective_runs / 4'096, 0.36, 0.03);
}

TEST(MonteCarlo, DrawsCommonCausesAndCorrelations) {
    const Asked asked(needs_one_and_either());
    const auto both = [&](const EventGroup& group, double p) {
        Futures futures(6);
        futures.add({.supply = 1, .probability = p});
        futures.add({.supply = 2, .probability = p});
        futures.group(group);
        const auto problem = *ItemMonteCarlo::create(asked.network, futures.resolved());
        return summary_of(problem, {.runs = 20'000, .confidence = 0.9999}).targets[0].stopped;
    };
    const Estimate caused = both(
        {"c",
         Estimate::exactly(0.3),
         {},
         {{0, Estimate::exactly(0.5)}, {1, Estimate::exactly(0.8)}}},
        0.1
    );
    EXPECT_TRUE(caused.low() <= 0.12 && 0.12 <= caused.high());  // 0.3 * 0.5 * 0.8
    // Correlated by 0.5: the integral of P(one | z)^2, by the midpoint rule over the normal.
    double exact = 0;
    const double quantile = -1.2815515655446004;  // of 0.1
    for (double z = -8; z < 8; z += 1e-3) {
        const double given =
            0.5 * std::erfc(-(quantile - std::sqrt(0.5) * z) / std::sqrt(0.5) / std::sqrt(2.0));
        exact += 1e-3 * given * given * std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1));
    }
    const Estimate always = Estimate::exactly(1);
    const Estimate correlated =
        both({"r", {}, Estimate::exactly(0.5), {{0, always}, {1, always}}}, 0.1);
    EXPECT_TRUE(correlated.low() <= exact && exact <= correlated.high()) << exact;
    EXPECT_GT(exact, 0.02);
}

TEST(MonteCarlo, AgreesWithASingleRunWhereNothingIsUncertain) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const MapMaker maker = test::random_map(seed, {.vague_shares = false});
        const supply::MapIndex index(maker.map());
        const ItemDynamicsOptions options = test::random_paces(maker.map(), seed, true);
        const auto network = *ItemNetwork::create(
            index,
            test::first_state(maker.map()),
            test::all_items(maker.map()),
            options
        );
        RandomStream random(seed, 5);
        Futures futures(30);
        for (std::uint32_t row = 0; row < maker.map().supplies.size(); ++row) {
            if (random.below(2) == 0) {
                futures.add(
                    {.supply = row,
                     .start = static_cast<std::int32_t>(random.below(100)),
                     .duration = Estimate::exactly(1 + 80 * random.uniform()),
                     .severity = Estimate::exactly(random.uniform())}
                );
            }
        }
        const ResolvedScenario scenario = futures.resolved();
        MonteCarloOptions exact;
        exact.cover_factor = Estimate::exactly(1);
        const RunBlock block = ItemMonteCarlo::create(network, scenario, exact)->block(3);
        const ItemRun run = run_items(
            network,
            course_of(network, trace_paths(scenario, list_outcomes(scenario, Harshness::likely)))
        );
        for (std::size_t t = 0; t < network.targets().size(); ++t) {
            const ItemOutcome& outcome = run.outcomes[network.targets()[t]];
            ASSERT_NEAR(block.weeks_lost[t * 64 + 9], outcome.weeks_lost, 1e-6) << seed;
            const std::uint16_t stopped = block.first_stopped[t * 64 + 9];
            ASSERT_EQ(stopped == RunBlock::not_at_all, !outcome.first_stopped) << seed;
            if (outcome.first_stopped) {
                ASSERT_EQ(stopped, *outcome.first_stopped) << seed;
            }
            for (std::uint32_t week = 0; week < 30; ++week) {
                ASSERT_NEAR(
                    block.output[t * 30 + week] / 64,
                    run.output_of(network.targets()[t], week),
                    1e-6
                ) << seed;
            }
            ASSERT_NEAR(block.items_lost[network.targets()[t]] / 64, outcome.weeks_lost, 1e-6);
        }
    }
}

/// A map, a scenario and stocks of which everything is uncertain.
struct Uncertain {
    explicit Uncertain(double store_days)
        : asked(
            [&] {
                MapMaker maker = needs_one_and_either();
                maker.add_supply(0, 1, *Estimate::create(0.1, 0.4, 0.5));
                maker.add_supply(0, 2, std::nullopt);
                maker.add_stock(1, 0, store_days);
                return maker;
            }(),
            ItemDynamicsOptions{}
        ) {
        for (std::uint32_t supply = 0; supply < 5; ++supply) {
            futures.add(
                {.supply = supply,
                 .probability = 0.3,
                 .start = 30,
                 .duration = *Estimate::create(30, 90, 300),
                 .severity = *Estimate::create(0.2, 0.9, 1)}
            );
        }
    }

    ItemMonteCarlo problem(const MonteCarloOptions& options = {}) const {
        return *ItemMonteCarlo::create(asked.network, futures.resolved(), options);
    }

    Asked asked;
    Futures futures{52};
};

TEST(MonteCarlo, GivesTheSameBytesOnAnyNumberOfThreads) {
    const Uncertain uncertain(10);
    const ItemMonteCarlo problem = uncertain.problem();
    const auto bytes_on = [&](std::size_t threads) {
        std::vector<std::string> answers(20);
        ThreadCrew crew(problem.work(20 * runs_per_block), threads);
        std::vector<std::size_t> all(20);
        std::iota(all.begin(), all.end(), std::size_t{0});
        const auto take = [&](std::size_t block, std::string answer) {
            answers[block] = std::move(answer);
            return true;
        };
        EXPECT_FALSE(crew.compute(all, take, {}));
        return answers;
    };
    const auto one = bytes_on(1);
    EXPECT_EQ(one, bytes_on(2));
    EXPECT_EQ(one, bytes_on(7));
    EXPECT_NE(one[0], one[1]);
    const StoppingRule rule{.runs = 4'096, .first_look = 256, .stopped_within = 0.06};
    const auto on = [&](std::size_t threads) {
        return **run_monte_carlo(problem, rule, {.threads = threads});
    };
    EXPECT_EQ(on(1).runs, on(7).runs);
    EXPECT_EQ(on(1).targets[0].weeks_lost, on(7).targets[0].weeks_lost);
}

TEST(MonteCarlo, TellsItsRunsAsBytesAndBack) {
    const Uncertain uncertain(10);
    for (const double raise : {0.0, 0.5}) {
        MonteCarloOptions options;
        options.raise_to = raise;
        const ItemMonteCarlo problem = uncertain.problem(options);
        const RunBlock block = problem.block(2);
        const std::string bytes = to_bytes(block);
        const auto back = parse_run_block(problem, bytes);
        ASSERT_TRUE(back);
        EXPECT_EQ(*back, block);
        EXPECT_FALSE(parse_run_block(problem, bytes.substr(0, bytes.size() - 1)));
        EXPECT_FALSE(parse_run_block(problem, bytes + "x"));
        EXPECT_FALSE(parse_run_block(problem, ""));
    }
    EXPECT_NE(uncertain.problem().digest(), Uncertain(11).problem().digest());
    EXPECT_EQ(uncertain.problem().digest(), Uncertain(10).problem().digest());
}

/// The one supplier fails in three runs of ten: the lowest of 90 in 100 is nothing, half have all.
TEST(MonteCarlo, SaysBetweenWhichOutputsMostRunsLieInAWeek) {
    MapMaker maker(2, 2);
    maker.add_needs(0, {.inputs = {1}});
    maker.add_supply(1, 1, Estimate::exactly(1));
    const Asked asked(std::move(maker));
    Futures futures(6);
    futures.add({.supply = 0, .probability = 0.3});
    MonteCarloOptions options;
    options.weekly = WeeklyOutput::spread;
    const auto problem = *ItemMonteCarlo::create(asked.network, futures.resolved(), options);
    const TargetSummary target = summary_of(problem, {.runs = 4'096}).targets.at(0);
    ASSERT_EQ(target.spread.size(), 6U);
    double least = 1.0;
    for (std::size_t week = 0; week < target.spread.size(); ++week) {
        const WeekSpread& spread = target.spread[week];
        ASSERT_LE(spread.low, spread.middle);
        ASSERT_LE(spread.middle, spread.high);
        ASSERT_LE(spread.low, target.output[week] + 1e-9);
        least = std::min(least, spread.low);
    }
    EXPECT_EQ(least, 0.0);
    EXPECT_EQ(target.spread.back().middle, 1.0);
    const RunBlock block = problem.block(3);
    const std::string bytes = to_bytes(block);
    EXPECT_EQ(*parse_run_block(problem, bytes), block);
    EXPECT_FALSE(parse_run_block(
        *ItemMonteCarlo::create(asked.network, futures.resolved(), MonteCarloOptions{}),
        bytes
    ));
}

TEST(MonteCarlo, TakesBlocksInOrderOnly) {
    const Uncertain uncertain(10);
    const ItemMonteCarlo problem = uncertain.problem();
    MonteCarloMerge merge(problem, {.runs = 128});
    EXPECT_FALSE(merge.take(1, to_bytes(problem.block(1))));
    EXPECT_FALSE(*merge.take(0, to_bytes(problem.block(0))));
    EXPECT_TRUE(*merge.take(1, to_bytes(problem.block(1))));
    EXPECT_EQ(merge.summary().runs, 128U);
}

TEST(MonteCarlo, ComparesPlansInTheSameFutures) {
    const Uncertain before(0);
    const Uncertain after(60);
    std::vector<RunBlock> with_none;
    std::vector<RunBlock> with_store;
    for (std::size_t block = 0; block < 16; ++block) {
        with_none.push_back(before.problem().block(block));
        with_store.push_back(after.problem().block(block));
    }
    const auto paired = compare_plans(with_none, with_store, Sampling::independent, 0.95).at(0);
    EXPECT_GT(paired.weeks_saved.low(), 0);
    EXPECT_EQ(paired.worse.likely(), 0);  // a stock never harms, in no future
    EXPECT_GT(paired.better.likely(), 0.05);
    // Far closer than the two means are known apart.
    const Estimate alone = summary_of(before.problem(), {.runs = 1'024}).targets[0].weeks_lost;
    EXPECT_LT(
        paired.weeks_saved.high() - paired.weeks_saved.low(),
        0.7 * (alone.high() - alone.low())
    );
}

TEST(MonteCarlo, KnowsMeansBetterFromPairsAndFromSobolPoints) {
    // One halt of 20 to 200 days, likely 60, of all there is: weeks lost are its weeks.
    MapMaker maker(1, 2);
    maker.add_supply(0, 1, Estimate::exactly(1));
    const Asked asked(std::move(maker));
    Futures futures(60);
    futures.add({.supply = 0, .start = 0, .duration = *Estimate::create(20, 60, 200)});
    const double exact = (20 + 4 * 60 + 200) / 6.0 / 7;
    const auto error_of = [&](Sampling sampling) {
        double squares = 0;
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            MonteCarloOptions options;
            options.seed = seed;
            options.sampling = sampling;
            const auto problem =
                *ItemMonteCarlo::create(asked.network, futures.resolved(), options);
            const double mean = summary_of(problem, {.runs = 1'024}).targets[0].weeks_lost.likely();
            squares += (mean - exact) * (mean - exact);
        }
        return std::sqrt(squares / 40);
    };
    const double plain = error_of(Sampling::independent);
    EXPECT_LT(error_of(Sampling::antithetic), 0.5 * plain);
    EXPECT_LT(error_of(Sampling::quasi_random), 0.35 * plain);
}

TEST(MonteCarlo, PutsQuantilesWhereTheyAre) {
    MapMaker maker(1, 2);
    maker.add_supply(0, 1, Estimate::exactly(1));
    const Asked asked(std::move(maker));
    Futures futures(60);
    futures.add({.supply = 0, .start = 0, .duration = *Estimate::create(70, 70, 420)});
    MonteCarloOptions options;
    options.spread = Spread::triangular;
    const auto problem = *ItemMonteCarlo::create(asked.network, futures.resolved(), options);
    const MonteCarloSummary summary = summary_of(problem, {.runs = 4'096, .confidence = 0.999});
    for (const QuantileEstimate& quantile : summary.targets[0].lost_quantiles) {
        // Falls evenly from its mode at 10 weeks to 60: 60 - 50 sqrt(1 - u).
        const double exact = 60 - 50 * std::sqrt(1 - quantile.level);
        EXPECT_LE(quantile.value.low(), exact) << quantile.level;
        EXPECT_GE(quantile.value.high(), exact) << quantile.level;
        EXPECT_LT(quantile.value.high() - quantile.value.low(), 3.0);
    }
    EXPECT_EQ(summary.targets[0].stop_quantiles[2].value.likely(), 0);
    EXPECT_EQ(summary.targets[0].stopped.likely(), 1);
    EXPECT_EQ(summary.events[0].frequency, 1);
}

TEST(MonteCarlo, PutsYearlyHazardsAnywhereOnTheHorizon) {
    MapMaker maker(1, 2);
    maker.add_supply(0, 1, Estimate::exactly(1));
    const Asked asked(std::move(maker));
    Futures futures(100);
    futures.add({.supply = 0, .probability = 0.999, .duration = Estimate::exactly(70)});
    MonteCarloOptions options;
    options.starts = Starts::anywhere;
    const auto problem = *ItemMonteCarlo::create(asked.network, futures.resolved(), options);
    const auto quantiles = summary_of(problem, {.runs = 4'096}).targets[0].stop_quantiles;
    EXPECT_NEAR(quantiles[1].value.likely(), 25, 3);
    EXPECT_NEAR(quantiles[2].value.likely(), 50, 3);
    EXPECT_NEAR(quantiles[3].value.likely(), 75, 3);
}

TEST(MonteCarlo, StopsWhenAsked) {
    const Uncertain uncertain(10);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = run_monte_carlo(
        uncertain.problem(),
        {.runs = 1'000'000},
        {.threads = 1, .stop = stop.get_token()}
    );
    ASSERT_TRUE(stopped);
    EXPECT_TRUE(!*stopped || (*stopped)->runs < 10'000);
}

TEST(MonteCarlo, RefusesWhatCannotBeDrawn) {
    const Uncertain uncertain(10);
    const auto refusal = [&](const auto& spoil) {
        ResolvedScenario scenario = uncertain.futures.resolved();
        MonteCarloOptions options;
        spoil(scenario, options);
        const auto made = ItemMonteCarlo::create(uncertain.asked.network, scenario, options);
        return made ? std::string("none") : made.error().message;
    };
    EXPECT_THAT(refusal([](auto&, auto& o) { o.raise_to = 1; }), HasSubstr("raised"));
    EXPECT_THAT(refusal([](auto&, auto& o) { o.raise_to = std::nan(""); }), HasSubstr("raised"));
    EXPECT_THAT(
        refusal([](auto&, auto& o) { o.cover_factor = Estimate::exactly(-1); }),
        HasSubstr("stock")
    );
    EXPECT_THAT(refusal([](auto& s, auto&) { s.horizon_days = 0; }), HasSubstr("weeks"));
    EXPECT_THAT(
        refusal([](auto& s, auto&) { s.supply_effects[0].supply = 99; }),
        HasSubstr("another map")
    );
    EXPECT_EQ(refusal([](auto&, auto&) {}), "none");
}

}  // namespace
}  // namespace adic::shock
