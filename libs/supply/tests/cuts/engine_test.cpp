#include "adic/supply/cuts/analysis.hpp"

#include "brute_force.hpp"
#include "cuts/build.hpp"
#include "cuts/decompose.hpp"
#include "cuts/likely_cuts.hpp"
#include "cuts/measure.hpp"
#include "cuts/simulate.hpp"
#include "cuts/solve.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace adic::supply::cuts {
namespace {

constexpr test::RandomShape shape{.most_events = 14, .most_gates = 16, .cycles = true};
constexpr std::uint64_t structures = 300;
constexpr std::size_t enough = 1'000'000;

/// A random circuit whose top can fail, and the probabilities of its events.
struct Example {
    Circuit circuit;
    std::vector<double> events;
};

Example example_of(std::uint64_t seed) {
    const model::FaultTree tree = test::random_tree(seed, shape);
    Example example{*to_circuit(tree), {}};
    for (const model::FaultEvent& event : tree.events) {
        example.events.push_back(event.probability->likely());
    }
    return example;
}

/// Every event, so that an order also serves a circuit that lost some.
VariableOrder completed(VariableOrder order, const Circuit& circuit) {
    for (Ref event = 0; event < circuit.events; ++event) {
        if (std::ranges::find(order, event) == order.end()) {
            order.push_back(event);
        }
    }
    return order;
}

CutFamily sorted_cuts(const OrderedDiagram& cuts) {
    CutFamily family = *list_of(cuts, enough);
    std::ranges::sort(family);
    return family;
}

/// All of many groups must be hit, each by one of five events: a structure without parts, with many
/// cuts. The dual of a random set cover.
model::FaultTree groups_to_hit(std::uint32_t groups, std::uint32_t events) {
    model::FaultTree tree;
    tree.name = "groups to hit";
    RandomStream random(17, groups);
    tree.gates.push_back({"top", model::GateKind::all_of, 0, 0.0, {}, {}});
    for (std::uint32_t i = 0; i < events; ++i) {
        tree.events.push_back({"e" + std::to_string(i), *Estimate::create(0.3, 0.4, 0.5)});
    }
    for (std::uint32_t i = 0; i < groups; ++i) {
        model::FaultGate gate{"g" + std::to_string(i), model::GateKind::any_of, 0, 0.0, {}, {}};
        for (int k = 0; k < 5; ++k) {
            gate.children.push_back(
                {model::FaultNode::Kind::event, static_cast<std::uint32_t>(random.below(events))}
            );
        }
        tree.gates[0].children.push_back({model::FaultNode::Kind::gate, i + 1});
        tree.gates.push_back(std::move(gate));
    }
    return tree;
}

TEST(Orders, AllGiveTheSameFunctionAndTheSameCuts) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const auto [circuit, events] = example_of(seed);
        std::optional<double> probability;
        std::optional<CutFamily> family;
        for (const VariableOrder& candidate : candidate_orders(circuit)) {
            const VariableOrder order = completed(candidate, circuit);
            const auto bdd = build_bdd(circuit, order, enough);
            const auto cuts = build_cuts(circuit, order, {enough, Zbdd::no_limit});
            ASSERT_TRUE(bdd && cuts);
            const double now = probability_of({*bdd, order}, events);
            EXPECT_NEAR(now, probability.value_or(now), 1e-12) << "seed " << seed;
            probability = now;
            const CutFamily direct = sorted_cuts({*cuts, order});
            EXPECT_EQ(direct, sorted_cuts({*cuts_of(*bdd, enough), order})) << "seed " << seed;
            EXPECT_EQ(direct, family.value_or(direct)) << "seed " << seed;
            family = direct;
        }
    }
}

TEST(TruncatedCuts, AreTheShortOnesOfAll) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const Circuit circuit = example_of(seed).circuit;
        const VariableOrder order = completed(candidate_orders(circuit)[0], circuit);
        const auto all = build_cuts(circuit, order, {enough, Zbdd::no_limit});
        ASSERT_TRUE(all);
        for (std::uint32_t most = 0; most <= 4; ++most) {
            CutFamily expected = sorted_cuts({*all, order});
            std::erase_if(expected, [&](const auto& cut) { return cut.size() > most; });
            const auto cuts = build_cuts(circuit, order, {enough, most});
            ASSERT_TRUE(cuts);
            EXPECT_EQ(sorted_cuts({*cuts, order}), expected) << "seed " << seed << ", " << most;
        }
    }
}

TEST(Decomposition, IsTheFunctionOfTheDiagram) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const auto [circuit, events] = example_of(seed);
        VariableOrder order(circuit.events);
        std::iota(order.begin(), order.end(), 0U);
        const auto bdd = build_bdd(circuit, order, enough);
        const auto cuts = build_cuts(circuit, order, {enough, Zbdd::no_limit});
        ASSERT_TRUE(bdd && cuts);
        const auto parts = decompose(*list_of({*cuts, order}, enough), enough);
        ASSERT_TRUE(parts);
        const OrderedDiagram one_way{*bdd, order};
        const OrderedDiagram other_way{*parts, order};
        EXPECT_NEAR(probability_of(one_way, events), probability_of(other_way, events), 1e-12);
        const auto a = derivatives_of(one_way, events);
        const auto b = derivatives_of(other_way, events);
        for (std::size_t i = 0; i < events.size(); ++i) {
            EXPECT_NEAR(a[i], b[i], 1e-12) << "seed " << seed;
            // The probability is linear in each event, so the derivative is a difference.
            auto moved = events;
            moved[i] = 1.0;
            const double with = probability_of(one_way, moved);
            moved[i] = 0.0;
            EXPECT_NEAR(a[i], with - probability_of(one_way, moved), 1e-12) << "seed " << seed;
        }
    }
}

TEST(KnownCuts, ChangeNothingButTheWork) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const Circuit circuit = example_of(seed).circuit;
        const VariableOrder order = completed(candidate_orders(circuit)[0], circuit);
        const auto all = build_cuts(circuit, order, {enough, Zbdd::no_limit});
        ASSERT_TRUE(all);
        Diagram known;
        for (std::uint32_t most = 0; most <= 4; ++most) {
            const auto again = build_cuts(circuit, order, {enough, Zbdd::no_limit}, known);
            ASSERT_TRUE(again);
            EXPECT_EQ(sorted_cuts({*again, order}), sorted_cuts({*all, order}))
                << "seed " << seed << ", " << most;
            const auto longer = build_cuts(circuit, order, {enough, most}, known);
            ASSERT_TRUE(longer);
            EXPECT_EQ(
                sorted_cuts({*longer, order}),
                sorted_cuts({*build_cuts(circuit, order, {enough, most}), order})
            ) << "seed "
              << seed << ", " << most;
            known = *longer;
        }
    }
}

double product_of(const std::vector<Ref>& cut, const std::vector<double>& events) {
    double product = 1.0;
    for (const Ref event : cut) {
        product *= events[event];
    }
    return product;
}

TEST(MostProbableCuts, AreTheFirstOfAllSortedByProbability) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const auto [circuit, events] = example_of(seed);
        const VariableOrder order = completed(candidate_orders(circuit)[0], circuit);
        const OrderedDiagram cuts{*build_cuts(circuit, order, {enough, Zbdd::no_limit}), order};
        std::vector<double> expected;
        double sum = 0.0;
        const auto all = list_of(cuts, enough);
        ASSERT_TRUE(all);
        for (const auto& cut : *all) {
            expected.push_back(product_of(cut, events));
            sum += expected.back();
        }
        std::ranges::sort(expected, std::greater{});
        EXPECT_NEAR(expected_cuts(cuts, events), sum, 1e-12 * (1.0 + sum)) << seed;
        for (const std::size_t most : {std::size_t{3}, enough}) {
            const LikelyCuts found = most_probable(cuts, events, most);
            ASSERT_EQ(found.cuts.size(), std::min(most, expected.size())) << seed;
            EXPECT_EQ(found.is_all, found.cuts.size() == expected.size()) << seed;
            for (std::size_t i = 0; i < found.cuts.size(); ++i) {
                EXPECT_NEAR(product_of(found.cuts[i], events), expected[i], 1e-14) << seed;
            }
        }
    }
}

/// Every event with a low, a likely and a high probability.
std::vector<PassValues> spread_of(const std::vector<double>& events) {
    std::vector<PassValues> values;
    for (const double p : events) {
        values.push_back({p / 2.0, p, std::min(1.0, 1.5 * p), 0.8 * p, std::min(1.0, 1.2 * p)});
    }
    return values;
}

std::vector<double> in_pass(const std::vector<PassValues>& values, Pass pass) {
    std::vector<double> events;
    for (const PassValues& value : values) {
        events.push_back(value[pass]);
    }
    return events;
}

TEST(Bracket, HoldsTheProbabilityInEveryPass) {
    std::size_t narrow = 0;
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const auto [circuit, events] = example_of(seed);
        const VariableOrder order = completed(candidate_orders(circuit)[0], circuit);
        const OrderedDiagram cuts{*build_cuts(circuit, order, {enough, Zbdd::no_limit}), order};
        const OrderedDiagram function{*build_bdd(circuit, order, enough), order};
        const std::vector<PassValues> values = spread_of(events);
        for (const std::size_t steps :
             {std::size_t{1}, std::size_t{60}, std::size_t{300}, enough}) {
            const Bracket found = bracket(cuts, values, steps);
            for (const Pass pass : {low, likely, high, likely_least, likely_most}) {
                const double exact = probability_of(function, in_pass(values, pass));
                const Bracket::Bounds bounds = found.bounds(values, pass);
                EXPECT_LE(bounds.low, exact + 1e-12) << seed << ", " << steps << ", " << pass;
                EXPECT_GE(bounds.high, exact - 1e-12) << seed << ", " << steps << ", " << pass;
                narrow += steps == enough && bounds.high - bounds.low < 1e-8 ? 1 : 0;
            }
        }
    }
    EXPECT_EQ(narrow, passes * structures);  // with enough steps
}

TEST(NearDecomposition, KeepsTheGapThatItWasAskedFor) {
    std::size_t left_out = 0;
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const auto [circuit, events] = example_of(seed);
        const VariableOrder order = completed(candidate_orders(circuit)[0], circuit);
        const OrderedDiagram cuts{*build_cuts(circuit, order, {enough, Zbdd::no_limit}), order};
        const OrderedDiagram function{*build_bdd(circuit, order, enough), order};
        const std::vector<PassValues> values = spread_of(events);
        for (const double gap : {0.3, 0.05, 1e-3, 1e-6}) {
            const auto near = decompose_nearly(*list_of(cuts, enough), {values, gap}, enough);
            ASSERT_TRUE(near);
            std::vector<double> of_high = in_pass(values, high);
            of_high.resize(values.size() + near->rests.size(), 0.0);
            VariableOrder names(of_high.size());
            std::iota(names.begin(), names.end(), 0U);
            const double least = probability_of({near->diagram, names}, of_high);
            const double exact = probability_of(function, in_pass(values, high));
            EXPECT_LE(least, exact + 1e-12) << seed << ", " << gap;
            EXPECT_GE(least, exact - gap - 1e-12) << seed << ", " << gap;
            left_out += near->rests.size();
        }
    }
    EXPECT_GT(left_out, 50U);  // else nothing was tested
}

TEST(Shares, OfLikelyCutsAreThoseOfAllToAMillionth) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const auto [circuit, events] = example_of(seed);
        const VariableOrder order = completed(candidate_orders(circuit)[0], circuit);
        const OrderedDiagram cuts{*build_cuts(circuit, order, {enough, Zbdd::no_limit}), order};
        const auto exact = shares_by_listing(cuts, events, enough);
        const auto near = shares_of_likely_cuts(cuts, spread_of(events), enough);
        ASSERT_TRUE(exact && near);
        for (std::size_t i = 0; i < events.size(); ++i) {
            EXPECT_LE((*near)[i], (*exact)[i] + 1e-12) << seed;
            EXPECT_GE((*near)[i], (*exact)[i] - 1e-6) << seed;
        }
    }
}

TEST(Shares, AreTheSameByListingAndOnDiagrams) {
    for (std::uint64_t seed = 0; seed < structures && !testing::Test::HasFailure(); ++seed) {
        const auto [circuit, events] = example_of(seed);
        const VariableOrder order = completed(candidate_orders(circuit)[0], circuit);
        const OrderedDiagram cuts{*build_cuts(circuit, order, {enough, Zbdd::no_limit}), order};
        const auto listed = shares_by_listing(cuts, events, enough);
        const auto drawn = shares_on_diagrams(cuts, events, enough);
        ASSERT_TRUE(listed && drawn);
        for (std::size_t i = 0; i < events.size(); ++i) {
            EXPECT_NEAR((*listed)[i], (*drawn)[i], 1e-12) << "seed " << seed;
        }
    }
}

TEST(Simulation, AgreesWithTheDiagram) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const auto [circuit, events] = example_of(seed);
        std::vector<PassValues> values;
        for (const double p : events) {
            values.push_back({p / 2.0, p, std::min(1.0, 1.5 * p), 0.0, 1.0});
        }
        const Simulation simulation = simulate(circuit, values, {200'000, 7, seed, 1});
        const VariableOrder order = completed(candidate_orders(circuit)[0], circuit);
        const OrderedDiagram function{*build_bdd(circuit, order, enough), order};
        const auto trials = static_cast<double>(simulation.trials);
        for (std::size_t pass = 0; pass < passes; ++pass) {
            std::vector<double> of_pass;
            for (const PassValues& value : values) {
                of_pass.push_back(value[pass]);
            }
            const double exact = probability_of(function, of_pass);
            const double deviation = std::sqrt(exact * (1.0 - exact) / trials);
            const double found = static_cast<double>(simulation.failed[pass]) / trials;
            EXPECT_NEAR(found, exact, 5.0 * deviation + 1e-12) << seed << ", pass " << pass;
        }
        EXPECT_LE(simulation.failed[0], simulation.failed[1]);
        EXPECT_LE(simulation.failed[1], simulation.failed[2]);
    }
}

TEST(Simulation, RepeatsItself) {
    const model::FaultTree tree = groups_to_hit(8, 10);
    const Circuit circuit = *to_circuit(tree);
    const std::vector<double> events(10, 0.3);
    std::vector<PassValues> values;
    for (const double p : events) {
        values.push_back({p, p, p, p, p});
    }
    const SimulationOptions options{100'000, 3, 9, 1};
    const Simulation first = simulate(circuit, values, options);
    const Simulation second = simulate(circuit, values, options);
    EXPECT_EQ(first.failed, second.failed);
    EXPECT_EQ(first.with_event, second.with_event);
    EXPECT_EQ(first.failed[0], first.failed[4]);
    EXPECT_NE(simulate(circuit, values, {100'000, 4, 9, 1}).failed, first.failed);
}

TEST(Wilson, MatchesTheWorkedExamples) {
    EXPECT_NEAR(wilson_interval(8, 100).low, 0.0411, 5e-5);
    EXPECT_NEAR(wilson_interval(8, 100).high, 0.1500, 5e-5);
    EXPECT_EQ(wilson_interval(0, 50).low, 0.0);
    EXPECT_NEAR(wilson_interval(0, 50).high, 0.0713, 5e-5);
}

TEST(SmallBudget, StillGivesExactShortCutsAndAnIntervalForTheProbability) {
    model::FaultTree tree = groups_to_hit(20, 30);
    // Short cuts among the same events: three pairs and a triple.
    model::FaultGate any{"any", model::GateKind::any_of, 0, 0.0, {}, {}};
    any.children.push_back({model::FaultNode::Kind::gate, 0});
    for (const auto& short_cut : {std::vector{0U, 1U}, {2U, 3U}, {1U, 4U}, {5U, 6U, 7U}}) {
        model::FaultGate all{"all", model::GateKind::all_of, 0, 0.0, {}, {}};
        for (const std::uint32_t event : short_cut) {
            all.children.push_back({model::FaultNode::Kind::event, event});
        }
        any.children.push_back(
            {model::FaultNode::Kind::gate, static_cast<std::uint32_t>(tree.gates.size())}
        );
        tree.gates.push_back(std::move(all));
    }
    tree.top = static_cast<std::uint32_t>(tree.gates.size());
    tree.gates.push_back(std::move(any));
    const CutOptions full{.list_order = 6, .list_limit = 100'000};
    CutOptions small = full;
    small.node_budget = 1'000;
    const auto exact = analyse_cuts(tree, full);
    const auto limited = analyse_cuts(tree, small);
    ASSERT_TRUE(exact && limited);
    ASSERT_TRUE(exact->counts.total);
    ASSERT_EQ(exact->probability.method, ProbabilityMethod::exact);
    ASSERT_FALSE(limited->counts.total);
    EXPECT_FALSE(limited->counts.all_orders);
    ASSERT_GE(limited->counts.by_order.size(), 4U);
    EXPECT_EQ(limited->counts.by_order[2].digits(), "3");
    EXPECT_EQ(limited->counts.by_order[3].digits(), "1");
    for (std::size_t k = 0; k < limited->counts.by_order.size(); ++k) {
        EXPECT_EQ(limited->counts.by_order[k], exact->counts.by_order[k]) << "order " << k;
    }
    ASSERT_EQ(limited->probability.method, ProbabilityMethod::monte_carlo);
    const Estimate found = *limited->probability.value;
    const Estimate right = *exact->probability.value;
    constexpr double five_deviations = 5.0 * 0.5 / 1448.0;  // sqrt of 2^21 trials
    EXPECT_NEAR(found.low(), right.low(), five_deviations);
    EXPECT_NEAR(found.likely(), right.likely(), five_deviations);
    EXPECT_NEAR(found.high(), right.high(), five_deviations);
    EXPECT_LT(limited->probability.interval->low, found.likely());
    EXPECT_GT(limited->probability.interval->high, found.likely());
    EXPECT_EQ(limited->remarks.size(), 2U);
    ASSERT_EQ(limited->importance.size(), exact->importance.size());
    for (std::size_t i = 0; i < exact->importance.size(); ++i) {
        EXPECT_NEAR(*limited->importance[i].birnbaum, *exact->importance[i].birnbaum, 0.01);
    }
}

}  // namespace
}  // namespace adic::supply::cuts
