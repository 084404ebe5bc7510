#include "brute_force.hpp"

#include "adic/supply/cuts/analysis.hpp"

#include <cmath>
#include <limits>
#include <set>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using test::EventSet;
using test::has;

EventSet set_of(const MinimalCut& cut) {
    EventSet set = 0;
    for (const std::uint32_t event : cut.events) {
        set |= EventSet{1} << event;
    }
    return set;
}

std::vector<double> probabilities(const model::FaultTree& tree, Bound bound) {
    std::vector<double> result;
    for (const model::FaultEvent& event : tree.events) {
        result.push_back(at(*event.probability, bound));
    }
    return result;
}

void expect_same_cuts(const CutAnalysis& analysis, const std::vector<EventSet>& cuts) {
    EXPECT_EQ(analysis.counts.total->digits(), std::to_string(cuts.size()));
    std::vector<std::size_t> by_order(33, 0);
    for (const EventSet cut : cuts) {
        ++by_order[static_cast<std::size_t>(std::popcount(cut))];
    }
    for (std::size_t k = 0; k < by_order.size(); ++k) {
        const std::string counted =
            k < analysis.counts.by_order.size() ? analysis.counts.by_order[k].digits() : "0";
        EXPECT_EQ(counted, std::to_string(by_order[k])) << "order " << k;
    }
    std::set<EventSet> listed;
    for (const MinimalCut& cut : analysis.list.cuts) {
        listed.insert(set_of(cut));
    }
    EXPECT_TRUE(analysis.list.complete);
    EXPECT_EQ(listed.size(), analysis.list.cuts.size());
    EXPECT_EQ(listed, std::set<EventSet>(cuts.begin(), cuts.end()));
}

void expect_same_importance(
    const EventImportance& importance,
    const std::vector<bool>& table,
    const std::vector<EventSet>& cuts,
    const std::vector<double>& p
) {
    const std::uint32_t event = importance.event;
    const EventSet bit = EventSet{1} << event;
    const auto failed = [&](EventSet set) { return bool{table[set]}; };
    const double top = test::probability_where(p, failed);
    const double with =
        test::probability_where(p, [&](EventSet set) { return bool{table[set | bit]}; });
    const double without =
        test::probability_where(p, [&](EventSet set) { return bool{table[set & ~bit]}; });
    const auto count = std::ranges::count_if(cuts, [&](EventSet cut) { return has(cut, event); });
    EXPECT_EQ(importance.cuts->digits(), std::to_string(count));
    EXPECT_GT(count, 0) << "an event that is in no cut does not matter";
    EXPECT_NEAR(*importance.birnbaum, with - without, 1e-12);
    EXPECT_NEAR(*importance.criticality, p[event] * (with - without) / top, 1e-11);
    EXPECT_NEAR(*importance.diagnostic, p[event] * with / top, 1e-11);
    EXPECT_NEAR(*importance.risk_achievement_worth, with / top, 1e-10);
    if (without > 0.0) {
        EXPECT_NEAR(*importance.risk_reduction_worth / (top / without), 1.0, 1e-9);
    } else {
        EXPECT_EQ(*importance.risk_reduction_worth, std::numeric_limits<double>::infinity());
    }
    const double some_cut = test::probability_where(p, [&](EventSet set) {
        return std::ranges::any_of(cuts, [&](EventSet cut) {
            return has(cut, event) && (cut & ~set) == 0;
        });
    });
    ASSERT_TRUE(importance.fussell_vesely);
    EXPECT_NEAR(*importance.fussell_vesely, some_cut / top, 1e-11);
}

class BruteForce : public testing::TestWithParam<test::RandomShape> {};

TEST_P(BruteForce, AgreesOnThousandsOfSmallStructures) {
    constexpr std::uint64_t structures = 1'500;
    for (std::uint64_t seed = 0; seed < structures && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const model::FaultTree tree = test::random_tree(seed, GetParam());
        const auto analysis = analyse_cuts(tree, {.list_order = 30, .list_limit = 100'000});
        ASSERT_TRUE(analysis) << analysis.error().message;
        const auto table = test::table_of(tree);
        const auto cuts = test::minimal_cuts(table);
        expect_same_cuts(*analysis, cuts);
        const auto failed = [&](EventSet set) { return bool{table[set]}; };
        const TopProbability& top = analysis->probability;
        ASSERT_EQ(top.method, ProbabilityMethod::exact);
        for (const Bound bound : {Bound::low, Bound::likely, Bound::high}) {
            const double expected = test::probability_where(probabilities(tree, bound), failed);
            EXPECT_NEAR(at(*top.value, bound), expected, 1e-12);
        }
        const auto likely = probabilities(tree, Bound::likely);
        for (const EventImportance& importance : analysis->importance) {
            expect_same_importance(importance, table, cuts, likely);
        }
        std::set<std::uint32_t> single;
        for (const EventSet cut : cuts) {
            if (std::popcount(cut) == 1) {
                single.insert(static_cast<std::uint32_t>(std::countr_zero(cut)));
            }
        }
        const auto& found = analysis->single_points_of_failure;
        EXPECT_EQ(std::set<std::uint32_t>(found.begin(), found.end()), single);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Shapes,
    BruteForce,
    testing::Values(
        test::RandomShape{},
        test::RandomShape{.most_events = 6, .most_gates = 14, .cycles = true},
        test::RandomShape{.most_events = 11, .most_gates = 12, .cycles = false}
    )
);

}  // namespace
}  // namespace adic::supply
