#include "adic/supply/cuts/analysis.hpp"

#include "brute_force.hpp"

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using test::EventSet;

constexpr test::RandomShape large{.most_events = 18, .most_gates = 20, .cycles = false};
constexpr test::RandomShape large_with_circles{.most_events = 18, .most_gates = 20, .cycles = true};
constexpr std::uint64_t structures = 400;

constexpr CutOptions everything{.list_order = 30, .list_limit = 1'000'000};

EventSet set_of(const MinimalCut& cut) {
    EventSet set = 0;
    for (const std::uint32_t event : cut.events) {
        set |= EventSet{1} << event;
    }
    return set;
}

/// What fails in the tree works in the dual.
model::FaultTree dual_of(model::FaultTree tree) {
    for (model::FaultGate& gate : tree.gates) {
        const auto size = static_cast<std::uint32_t>(gate.children.size());
        switch (gate.kind) {
        case model::GateKind::any_of: gate.kind = model::GateKind::all_of; break;
        case model::GateKind::all_of: gate.kind = model::GateKind::any_of; break;
        case model::GateKind::at_least: gate.count = size - gate.count + 1; break;
        case model::GateKind::weighted:
            // Whole weights: not (sum of the others > limit) is sum > total - limit - 1.
            const double total = std::accumulate(gate.weights.begin(), gate.weights.end(), 0.0);
            gate.limit = total - gate.limit - 1.0;
            if (gate.limit < 0.0) {
                gate = {gate.name, model::GateKind::all_of, 0, 0.0, {}, {}};
            }
            break;
        }
    }
    return tree;
}

TEST(CutLaws, EveryCutMeetsEveryPath) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const model::FaultTree tree = test::random_tree(seed, large);
        const auto cuts = analyse_cuts(tree, everything);
        const auto paths = analyse_cuts(dual_of(tree), everything);
        ASSERT_TRUE(cuts && paths);
        ASSERT_TRUE(cuts->list.complete && paths->list.complete);
        for (const MinimalCut& cut : cuts->list.cuts) {
            for (const MinimalCut& path : paths->list.cuts) {
                ASSERT_NE(set_of(cut) & set_of(path), 0U) << "seed " << seed;
            }
        }
        // The least meeting sets of the paths are as many as the cuts: twice dual is the tree
        // itself.
        const auto again = analyse_cuts(dual_of(dual_of(tree)), everything);
        EXPECT_EQ(again->counts.total, cuts->counts.total);
    }
}

TEST(CutLaws, FailureAndFunctionAddUpToOne) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        model::FaultTree tree = test::random_tree(seed, large);
        const auto failure = analyse_cuts(tree);
        for (model::FaultEvent& event : tree.events) {
            event.probability = Estimate::exactly(1.0 - event.probability->likely());
        }
        const auto function = analyse_cuts(dual_of(tree));
        ASSERT_TRUE(failure && function);
        EXPECT_NEAR(
            failure->probability.value->likely() + function->probability.value->likely(),
            1.0,
            1e-12
        ) << "seed "
          << seed;
    }
}

TEST(CutLaws, CutsAreMinimalAndStayCutsWhenGrown) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const model::FaultTree tree = test::random_tree(seed, large_with_circles);
        const auto analysis = analyse_cuts(tree, everything);
        ASSERT_TRUE(analysis);
        RandomStream random(seed, 3);
        const EventSet all = (EventSet{1} << tree.events.size()) - 1U;
        for (const MinimalCut& cut : analysis->list.cuts) {
            const EventSet set = set_of(cut);
            const auto grown = set | (static_cast<EventSet>(random.bits()) & all);
            EXPECT_TRUE(test::gates_failed(tree, grown)[tree.top]) << "seed " << seed;
            for (const std::uint32_t event : cut.events) {
                EXPECT_FALSE(test::gates_failed(tree, set ^ (EventSet{1} << event))[tree.top]);
            }
        }
    }
}

TEST(CutLaws, ProbabilityLiesBetweenItsBounds) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const model::FaultTree tree = test::random_tree(seed, large_with_circles);
        const auto analysis = analyse_cuts(tree, everything);
        ASSERT_TRUE(analysis);
        // Esary and Proschan (1963): P is at most 1 - prod (1 - P(cut)), and at least each P(cut).
        double none = 1.0;
        double most = 0.0;
        for (const MinimalCut& cut : analysis->list.cuts) {
            none *= 1.0 - *cut.probability;
            most = std::max(most, *cut.probability);
        }
        const Estimate top = *analysis->probability.value;
        EXPECT_LE(most, top.likely() + 1e-12) << "seed " << seed;
        EXPECT_LE(top.likely(), 1.0 - none + 1e-12) << "seed " << seed;
    }
}

TEST(CutLaws, ProbabilityIsMonotoneInEachEvent) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        model::FaultTree tree = test::random_tree(seed, large_with_circles);
        const auto before = analyse_cuts(tree);
        RandomStream random(seed, 4);
        const auto raised = random.below(tree.events.size());
        tree.events[raised].probability = Estimate::exactly(1.0);
        const auto after = analyse_cuts(tree);
        ASSERT_TRUE(before && after);
        EXPECT_LE(before->probability.value->likely(), after->probability.value->likely() + 1e-12)
            << "seed " << seed;
    }
}

TEST(CutLaws, TheListIsSorted) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const model::FaultTree tree = test::random_tree(seed, large_with_circles);
        const auto analysis = analyse_cuts(tree, everything);
        ASSERT_TRUE(analysis);
        const auto& cuts = analysis->list.cuts;
        for (std::size_t i = 1; i < cuts.size(); ++i) {
            ASSERT_LE(cuts[i - 1].events.size(), cuts[i].events.size());
            if (cuts[i - 1].events.size() == cuts[i].events.size()) {
                EXPECT_GE(*cuts[i - 1].probability, *cuts[i].probability);
            }
        }
    }
}

}  // namespace
}  // namespace adic::supply
