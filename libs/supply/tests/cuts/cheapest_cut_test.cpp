#include "adic/supply/cuts/cheapest_cut.hpp"

#include "adic/base/random.hpp"

#include "cuts/cut_program.hpp"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::FaultGate;
using model::FaultNode;
using model::FaultTree;
using model::GateKind;
using testing::ElementsAre;

FaultNode event(std::uint32_t index) {
    return {FaultNode::Kind::event, index};
}

FaultNode gate(std::uint32_t index) {
    return {FaultNode::Kind::gate, index};
}

FaultTree tree_of(std::size_t events, std::vector<FaultGate> gates) {
    FaultTree tree{"drawn", {}, std::move(gates), 0};
    for (std::size_t e = 0; e < events; ++e) {
        tree.events.push_back({"x" + std::to_string(e + 1), {}});
    }
    return tree;
}

Cut cheapest(const FaultTree& tree, const std::vector<double>& costs) {
    const auto outcome = cheapest_cut(tree, costs, {});
    if (!outcome || !std::holds_alternative<Cut>(*outcome)) {
        ADD_FAILURE() << "no cut";
        return {};
    }
    return std::get<Cut>(*outcome);
}

/// The fire protection system of Barrere, Hankin (2020), arXiv:2012.03003, fig. 1.
FaultTree fire_protection() {
    FaultTree tree = tree_of(
        7,
        {{"fps", GateKind::any_of, 0, 0.0, {gate(1), gate(2)}, {}},
         {"detection", GateKind::all_of, 0, 0.0, {event(0), event(1)}, {}},
         {"suppression", GateKind::any_of, 0, 0.0, {event(2), event(3), gate(3)}, {}},
         {"trigger", GateKind::all_of, 0, 0.0, {event(4), gate(4)}, {}},
         {"remote", GateKind::any_of, 0, 0.0, {event(5), event(6)}, {}}}
    );
    const std::vector<double> p{0.2, 0.1, 0.001, 0.002, 0.05, 0.1, 0.05};
    for (std::size_t e = 0; e < p.size(); ++e) {
        tree.events[e].probability = Estimate::exactly(p[e]);
    }
    return tree;
}

TEST(LikeliestCut, MatchesThePublishedFireProtectionSystem) {
    const auto outcome = likeliest_cut(fire_protection(), {});
    ASSERT_TRUE(outcome && std::holds_alternative<Cut>(*outcome));
    const Cut cut = std::get<Cut>(*outcome);
    EXPECT_THAT(cut.events, ElementsAre(0U, 1U));
    EXPECT_NEAR(std::exp(-cut.cost), 0.02, 1e-12);
}

TEST(LikeliestCut, NamesTheEventsThatHaveNoProbability) {
    FaultTree tree = fire_protection();
    tree.events[4].probability.reset();
    tree.events.push_back({"aside", {}});  // not under the top
    const auto outcome = likeliest_cut(tree, {});
    ASSERT_TRUE(outcome && std::holds_alternative<ProbabilityMissing>(*outcome));
    EXPECT_THAT(std::get<ProbabilityMissing>(*outcome).events, ElementsAre(4U));
}

TEST(LikeliestCut, LeavesOutWhatCannotHappen) {
    FaultTree tree = fire_protection();
    tree.events[0].probability = Estimate::exactly(0.0);
    const auto outcome = likeliest_cut(tree, {});
    ASSERT_TRUE(outcome && std::holds_alternative<Cut>(*outcome));
    EXPECT_THAT(std::get<Cut>(*outcome).events, ElementsAre(4U, 5U));  // 0.005
}

TEST(CheapestCut, ReadsEveryKindOfGate) {
    struct Case {
        const char* name;
        FaultGate top;
        std::vector<std::uint32_t> expected;
    };

    const std::vector<FaultNode> four{event(0), event(1), event(2), event(3)};
    const std::vector<Case> cases{
        {"any", {"g", GateKind::any_of, 0, 0.0, four, {}}, {3}},
        {"all", {"g", GateKind::all_of, 0, 0.0, four, {}}, {0, 1, 2, 3}},
        {"2 of 4", {"g", GateKind::at_least, 2, 0.0, four, {}}, {2, 3}},
        {"above 0.5: 0.3 + 0.3",
         {"g", GateKind::weighted, 0, 0.5, four, {0.3, 0.3, 0.2, 0.2}},
         {1, 2, 3}},
        {"0.5 is not above 0.5",
         {"g", GateKind::weighted, 0, 0.5, four, {0.1, 0.3, 0.3, 0.2}},
         {1, 2}},
        {"above nothing", {"g", GateKind::weighted, 0, 0.0, four, {0.1, 0.1, 0.1, 0.0}}, {2}},
    };
    for (const Case& c : cases) {  // costs fall: 4, 3, 2, 1
        const Cut cut = cheapest(tree_of(4, {c.top}), {4, 3, 2, 1});
        EXPECT_THAT(cut.events, testing::UnorderedElementsAreArray(c.expected)) << c.name;
    }
}

TEST(CheapestCut, DoesNotLetACircleStopItself) {
    // Steel takes tools, tools take steel; either also stops with its own event.
    const FaultTree tree = tree_of(
        2,
        {{"steel", GateKind::any_of, 0, 0.0, {gate(1), event(0)}, {}},
         {"tools", GateKind::any_of, 0, 0.0, {gate(0), event(1)}, {}}}
    );
    const Cut cut = cheapest(tree, {5, 3});
    EXPECT_THAT(cut.events, ElementsAre(1U));
    const FaultTree closed = tree_of(
        0,
        {{"steel", GateKind::any_of, 0, 0.0, {gate(1), gate(0)}, {}},
         {"tools", GateKind::any_of, 0, 0.0, {gate(0)}, {}}}
    );
    const auto outcome = cheapest_cut(closed, {}, {});
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(std::holds_alternative<NoCut>(*outcome));
}

TEST(CheapestCut, RefusesWhatIsNotATree) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const FaultTree fine = tree_of(1, {{"g", GateKind::any_of, 0, 0.0, {event(0)}, {}}});
    EXPECT_FALSE(cheapest_cut(fine, std::vector<double>{}, {}));
    EXPECT_FALSE(cheapest_cut(fine, std::vector<double>{nan}, {}));
    EXPECT_FALSE(cheapest_cut(fine, std::vector<double>{-1.0}, {}));
    const std::vector<FaultGate> wrong{
        {"g", GateKind::any_of, 0, 0.0, {event(1)}, {}},
        {"g", GateKind::any_of, 0, 0.0, {gate(1)}, {}},
        {"g", GateKind::at_least, 2, 0.0, {event(0)}, {}},
        {"g", GateKind::weighted, 0, 0.0, {event(0)}, {}},
        {"g", GateKind::weighted, 0, nan, {event(0)}, {1.0}},
    };
    for (const FaultGate& g : wrong) {
        EXPECT_FALSE(cheapest_cut(tree_of(1, {g}), std::vector<double>{1.0}, {}));
    }
    EXPECT_FALSE(cheapest_cut(tree_of(1, {}), std::vector<double>{1.0}, {}));
}

TEST(LeastSumAbove, StepsOverTheLimitOnTheGridOfTheWeights) {
    EXPECT_NEAR(*cuts::least_sum_above(std::vector<double>{0.05, 0.35}, 0.65), 0.66, 1e-12);
    EXPECT_NEAR(*cuts::least_sum_above(std::vector<double>{0.1, 0.3}, 0.65), 0.7, 1e-12);
    EXPECT_NEAR(*cuts::least_sum_above(std::vector<double>{1, 2}, 0.0), 1.0, 1e-12);
    EXPECT_FALSE(cuts::least_sum_above(std::vector<double>{1.0 / 3.0}, 0.5));
}

FaultTree random_tree(RandomStream& random, std::uint32_t events, std::uint32_t gates) {
    FaultTree tree = tree_of(events, {});
    for (std::uint32_t g = 0; g < gates; ++g) {
        FaultGate made{"g" + std::to_string(g), static_cast<GateKind>(random.below(4))};
        const std::uint64_t children = 1 + random.below(4);
        double total = 0.0;
        for (std::uint64_t c = 0; c < children; ++c) {
            const bool is_event = random.below(2) == 0;
            made.children.push_back(
                is_event ? event(static_cast<std::uint32_t>(random.below(events)))
                         : gate(static_cast<std::uint32_t>(random.below(gates)))
            );
            // Half of the weights lie on a grid, where sums meet the limit exactly.
            made.weights.push_back(
                random.below(2) == 0 ? static_cast<double>(random.below(4)) / 4.0 : random.uniform()
            );
            total += made.weights.back();
        }
        made.count = 1 + static_cast<std::uint32_t>(random.below(children));
        made.limit = random.below(2) == 0 ? 0.5 : total * random.uniform();
        tree.gates.push_back(std::move(made));
    }
    return tree;
}

bool fails(const FaultGate& made, const std::vector<bool>& child) {
    double failed = 0.0;
    double weight = 0.0;
    for (std::size_t c = 0; c < child.size(); ++c) {
        failed += child[c] ? 1.0 : 0.0;
        weight += child[c] ? made.weights[c] : 0.0;
    }
    switch (made.kind) {
    case GateKind::any_of: return failed > 0.0;
    case GateKind::all_of: return failed == static_cast<double>(child.size());
    case GateKind::at_least: return failed >= made.count;
    case GateKind::weighted: return weight > made.limit;
    }
    return false;
}

/// Sweeps over all gates until nothing changes.
bool top_fails(const FaultTree& tree, std::uint32_t events) {
    std::vector<bool> failed(tree.gates.size(), false);
    for (std::size_t sweep = 0; sweep <= tree.gates.size(); ++sweep) {
        for (std::size_t g = 0; g < tree.gates.size(); ++g) {
            std::vector<bool> child;
            for (const FaultNode node : tree.gates[g].children) {
                child.push_back(
                    node.kind == FaultNode::Kind::event ? (events >> node.index & 1U) != 0
                                                        : failed[node.index]
                );
            }
            failed[g] = failed[g] || fails(tree.gates[g], child);
        }
    }
    return failed[tree.top];
}

double cost_of(std::uint32_t events, const std::vector<double>& costs) {
    double sum = 0.0;
    for (std::size_t e = 0; e < costs.size(); ++e) {
        sum += (events >> e & 1U) != 0 ? costs[e] : 0.0;
    }
    return sum;
}

std::uint32_t bits_of(const std::vector<std::uint32_t>& events) {
    std::uint32_t bits = 0;
    for (const std::uint32_t e : events) {
        bits |= 1U << e;
    }
    return bits;
}

TEST(CheapestCut, AgreesWithBruteForceOnRandomTreesWithCirclesVotesAndWeights) {
    int cuts = 0;
    for (std::uint64_t trial = 0; trial < 500; ++trial) {
        RandomStream random{41, trial};
        const std::uint32_t events = 3 + static_cast<std::uint32_t>(random.below(5));
        const FaultTree tree =
            random_tree(random, events, 2 + static_cast<std::uint32_t>(random.below(8)));
        std::vector<double> costs;
        for (std::uint32_t e = 0; e < events; ++e) {
            costs.push_back(random.below(6) == 0 ? 0.0 : 0.5 + random.uniform());
        }
        double expected = std::numeric_limits<double>::infinity();
        for (std::uint32_t set = 0; set < 1U << events; ++set) {
            expected = top_fails(tree, set) ? std::min(expected, cost_of(set, costs)) : expected;
        }
        const auto outcome = cheapest_cut(tree, costs, {});
        ASSERT_TRUE(outcome) << trial << outcome.error().message << outcome.error().detail;
        if (std::isinf(expected)) {
            EXPECT_TRUE(std::holds_alternative<NoCut>(*outcome)) << trial;
            continue;
        }
        ++cuts;
        ASSERT_TRUE(std::holds_alternative<Cut>(*outcome)) << trial;
        const Cut cut = std::get<Cut>(*outcome);
        EXPECT_NEAR(cut.cost, expected, 1e-9) << trial;
        EXPECT_TRUE(top_fails(tree, bits_of(cut.events))) << trial;
        for (const std::uint32_t e : cut.events) {
            EXPECT_FALSE(top_fails(tree, bits_of(cut.events) & ~(1U << e))) << trial;
        }
    }
    EXPECT_GT(cuts, 250);
}

TEST(CheapestCut, TellsTheBestAndTheBoundWhenTimeIsUp) {
    RandomStream random{42, 0};
    FaultTree tree = tree_of(300, {{"top", GateKind::all_of}});
    for (std::uint32_t g = 1; g <= 400; ++g) {
        tree.gates[0].children.push_back(gate(g));
        FaultGate made{"vote", GateKind::at_least, 3};
        for (int c = 0; c < 8; ++c) {
            made.children.push_back(event(static_cast<std::uint32_t>(random.below(300))));
        }
        tree.gates.push_back(std::move(made));
    }
    const std::vector<double> costs(300, 1.0);
    const auto outcome = cheapest_cut(tree, costs, {.time_limit_s = 0.3});
    ASSERT_TRUE(outcome);
    ASSERT_TRUE(std::holds_alternative<CutOutOfTime>(*outcome));
    const CutOutOfTime& stopped = std::get<CutOutOfTime>(*outcome);
    EXPECT_FALSE(stopped.best.events.empty());
    EXPECT_LE(stopped.bound, stopped.best.cost);
    EXPECT_GE(stopped.bound, 0.0);
}

}  // namespace
}  // namespace adic::supply
