// Shares that add up to just what may be lost: every part of the program must read them alike.

#include "adic/base/random.hpp"
#include "adic/supply/cuts/analysis.hpp"
#include "adic/supply/cuts/cheapest_cut.hpp"
#include "adic/supply/failure.hpp"

#include <numeric>
#include <string>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::FaultNode;
using model::FaultTree;
using model::GateKind;

/// One weighted gate over events of `tenths` tenths each, of which `limit` may be lost.
FaultTree tree_of(const std::vector<int>& tenths, double limit) {
    FaultTree tree{"shares", {}, {{"top", GateKind::weighted, 0, limit}}};
    for (std::uint32_t i = 0; i < tenths.size(); ++i) {
        tree.events.push_back({"e" + std::to_string(i), Estimate::exactly(0.5)});
        tree.gates[0].children.push_back({FaultNode::Kind::event, i});
        tree.gates[0].weights.push_back(tenths[i] / 10.0);
    }
    return tree;
}

bool stops(const FaultTree& tree, std::uint32_t set) {
    std::vector<bool> failed;
    for (std::uint32_t event = 0; event < tree.events.size(); ++event) {
        failed.push_back(((set >> event) & 1U) != 0);
    }
    return failure_rounds(tree, failed)[tree.top].has_value();
}

/// Sets of events whose tenths add up to more than `limit_tenths`, counted in whole numbers.
std::size_t sets_above(const std::vector<int>& tenths, int limit_tenths, const FaultTree& tree) {
    std::size_t count = 0;
    for (std::uint32_t set = 0; set < (1U << tenths.size()); ++set) {
        int sum = 0;
        for (std::size_t i = 0; i < tenths.size(); ++i) {
            sum += ((set >> i) & 1U) != 0 ? tenths[i] : 0;
        }
        EXPECT_EQ(stops(tree, set), sum > limit_tenths) << set << " of " << limit_tenths;
        count += sum > limit_tenths ? 1 : 0;
    }
    return count;
}

// At 0.3 of {0.1, 0.2, 0.7}: the first two together are just what may be lost, so only the third
// stops it.
TEST(EqualShares, DoNotStopTheTop) {
    for (const double limit : {0.3, 1.0 - 0.7, 0.1 + 0.2, 0.3 - 5e-10, 0.3 + 5e-10}) {
        const FaultTree tree = tree_of({1, 2, 7}, limit);
        EXPECT_FALSE(stops(tree, 0b011)) << limit;
        EXPECT_TRUE(stops(tree, 0b100)) << limit;
        const auto analysis = analyse_cuts(tree);
        ASSERT_TRUE(analysis);
        ASSERT_EQ(analysis->list.cuts.size(), 1U) << limit;
        EXPECT_EQ(analysis->list.cuts[0].events, std::vector<std::uint32_t>{2});
        // The first two cost less, so a search that took them for a cut would name them.
        const auto cheapest = cheapest_cut(tree, std::vector<double>{1.0, 1.0, 5.0}, {});
        ASSERT_TRUE(cheapest);
        EXPECT_EQ(std::get<Cut>(*cheapest).events, std::vector<std::uint32_t>{2}) << limit;
    }
}

TEST(EqualShares, StopTheTopWhenTheLimitIsLess) {
    const FaultTree tree = tree_of({1, 2, 7}, 0.3 - 2e-9);
    EXPECT_TRUE(stops(tree, 0b011));
    EXPECT_EQ(analyse_cuts(tree)->list.cuts.size(), 2U);
    const auto cheapest = cheapest_cut(tree, std::vector<double>{1.0, 1.0, 5.0}, {});
    EXPECT_EQ(std::get<Cut>(*cheapest).events, (std::vector<std::uint32_t>{0, 1}));
}

// At even odds the probability of the top counts the sets that stop it.
TEST(EqualShares, AreReadAlikeByPropagationAndByCuts) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        RandomStream random(seed, 91);
        std::vector<int> tenths(2 + random.below(6));
        for (int& share : tenths) {
            share = static_cast<int>(random.below(4));
        }
        const int total = std::accumulate(tenths.begin(), tenths.end(), 0);
        const auto limit = static_cast<int>(random.below(static_cast<std::uint64_t>(total) + 1));
        const FaultTree tree = tree_of(tenths, limit / 10.0);
        const double expected = static_cast<double>(sets_above(tenths, limit, tree))
                                / static_cast<double>(1U << tenths.size());
        const auto analysis = analyse_cuts(tree);
        ASSERT_TRUE(analysis);
        EXPECT_NEAR(analysis->probability.value->likely(), expected, 1e-12) << seed;
    }
}

}  // namespace
}  // namespace adic::supply
