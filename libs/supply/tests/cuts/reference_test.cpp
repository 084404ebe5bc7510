#include "adic/base/text.hpp"
#include "adic/supply/cuts/analysis.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::FaultGate;
using model::FaultNode;
using model::FaultTree;
using model::GateKind;

constexpr auto event = FaultNode::Kind::event;
constexpr auto gate = FaultNode::Kind::gate;

using Row = std::vector<std::string>;

std::vector<Row> rows_of(const std::string& file) {
    std::ifstream in(std::string(ADIC_TEST_DATA) + "/fault_tree/" + file);
    std::vector<Row> rows;
    std::string line;
    std::getline(in, line);  // the header
    while (std::getline(in, line)) {
        rows.emplace_back();
        for (const std::string_view cell : split(trimmed(line), ',')) {
            rows.back().emplace_back(cell);
        }
    }
    EXPECT_FALSE(rows.empty()) << file;
    return rows;
}

FaultTree ft_small() {
    FaultTree tree;
    tree.name = "ft_small";
    std::map<std::string, FaultNode, std::less<>> nodes;
    for (const Row& row : rows_of("ft_small_events.csv")) {
        nodes[row[0]] = {event, static_cast<std::uint32_t>(tree.events.size())};
        tree.events.push_back({row[0], Estimate::exactly(*parse_decimal(row[1]))});
    }
    const auto gates = rows_of("ft_small_gates.csv");
    for (std::uint32_t i = 0; i < gates.size(); ++i) {
        nodes[gates[i][0]] = {gate, i};
    }
    for (const Row& row : gates) {
        FaultGate now{row[0], GateKind::any_of, 0, 0.0, {}, {}};
        now.kind = row[1] == "or"    ? GateKind::any_of
                   : row[1] == "and" ? GateKind::all_of
                                     : GateKind::at_least;
        now.count = static_cast<std::uint32_t>(*parse_whole(row[2]));
        for (const std::string_view child : split(row[3], ' ')) {
            now.children.push_back(nodes.find(child)->second);
        }
        tree.gates.push_back(std::move(now));
    }
    return tree;
}

CutAnalysis analysed(const FaultTree& tree, const CutOptions& options = {}) {
    auto analysis = analyse_cuts(tree, options);
    EXPECT_TRUE(analysis) << (analysis ? "" : analysis.error().message);
    return analysis ? *std::move(analysis) : CutAnalysis{};
}

std::string names_of(const FaultTree& tree, const MinimalCut& cut) {
    std::string names;
    for (const std::uint32_t position : cut.events) {
        names += (names.empty() ? "" : " ") + tree.events[position].name;
    }
    return names;
}

std::vector<std::string> digits_of(const std::vector<WholeNumber>& numbers) {
    std::vector<std::string> digits;
    for (const WholeNumber& number : numbers) {
        digits.push_back(number.digits());
    }
    return digits;
}

/// Figures of SCRAM 0.16.2 (BDD, exact), printed to six digits.
TEST(FtSmall, CutSetsAreThoseOfScram) {
    const FaultTree tree = ft_small();
    const CutAnalysis analysis = analysed(tree, {.list_order = 30});
    EXPECT_EQ(analysis.counts.total->digits(), "74");
    EXPECT_THAT(
        digits_of(analysis.counts.by_order),
        testing::ElementsAre("0", "10", "0", "28", "0", "36")
    );
    const auto expected = rows_of("ft_small_minimal_cut_sets.csv");
    std::map<std::string, double> probabilities;
    for (const Row& row : expected) {
        probabilities[row[1]] = *parse_decimal(row[2]);
    }
    ASSERT_EQ(analysis.list.cuts.size(), expected.size());
    for (const MinimalCut& cut : analysis.list.cuts) {
        const auto found = probabilities.find(names_of(tree, cut));
        ASSERT_NE(found, probabilities.end()) << names_of(tree, cut);
        EXPECT_NEAR(*cut.probability / found->second, 1.0, 1e-5);
    }
    std::vector<std::string> single;
    for (const std::uint32_t position : analysis.single_points_of_failure) {
        single.push_back(tree.events[position].name);
    }
    EXPECT_THAT(
        single,
        testing::ElementsAre(
            "choke_02",
            "choke_03",
            "country_00",
            "country_02",
            "country_03",
            "country_05",
            "sup_0007",
            "sup_0009",
            "sup_0021",
            "sup_0029"
        )
    );
}

TEST(FtSmall, ProbabilityIsThatOfScram) {
    const CutAnalysis analysis = analysed(ft_small());
    EXPECT_EQ(analysis.probability.method, ProbabilityMethod::exact);
    EXPECT_NEAR(analysis.probability.value->likely(), 0.483745, 1e-5);
    EXPECT_EQ(analysis.probability.value->low(), analysis.probability.value->high());
    EXPECT_EQ(analysis.probability.interval->low, analysis.probability.value->likely());
}

TEST(FtSmall, ImportanceIsThatOfScram) {
    const FaultTree tree = ft_small();
    const CutAnalysis analysis = analysed(tree);
    const auto expected = rows_of("ft_small_importance.csv");
    ASSERT_EQ(analysis.importance.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const EventImportance& importance = analysis.importance[i];
        const Row& row = expected[i];
        ASSERT_EQ(tree.events[importance.event].name, row[0]);
        EXPECT_EQ(importance.cuts->digits(), row[1]);
        const auto is_near = [&](double value, std::size_t column) {
            EXPECT_NEAR(value / *parse_decimal(row[column]), 1.0, 1e-5) << row[0] << " " << column;
        };
        is_near(*importance.birnbaum, 2);
        is_near(*importance.criticality, 3);
        is_near(*importance.diagnostic, 4);
        is_near(*importance.risk_achievement_worth, 5);
        is_near(*importance.risk_reduction_worth, 6);
        EXPECT_LE(*importance.criticality, *importance.fussell_vesely + 1e-12);
        EXPECT_LE(*importance.fussell_vesely, *importance.diagnostic + 1e-12);
    }
}

/// Fig. 1 of Barrere and Hankin (2020), "Fault Tree Analysis: Identifying Maximum Probability
/// Minimal Cut Sets with MaxSAT", DSN-S.
FaultTree fire_protection() {
    FaultTree tree;
    tree.name = "fire protection system fails";
    constexpr double p[] = {0.2, 0.1, 0.001, 0.002, 0.05, 0.1, 0.05};
    for (std::uint32_t i = 0; i < 7; ++i) {
        tree.events.push_back({"x" + std::to_string(i + 1), Estimate::exactly(p[i])});
    }
    tree.gates = {
        {"top", GateKind::any_of, 0, 0.0, {{gate, 1}, {gate, 2}}, {}},
        {"detection", GateKind::all_of, 0, 0.0, {{event, 0}, {event, 1}}, {}},
        {"suppression", GateKind::any_of, 0, 0.0, {{event, 2}, {event, 3}, {gate, 3}}, {}},
        {"triggering", GateKind::all_of, 0, 0.0, {{event, 4}, {gate, 4}}, {}},
        {"remote", GateKind::any_of, 0, 0.0, {{event, 5}, {event, 6}}, {}}};
    return tree;
}

TEST(FireProtection, MatchesThePublishedFigures) {
    const FaultTree tree = fire_protection();
    const CutAnalysis analysis = analysed(tree);
    std::vector<std::string> cuts;
    double rare_event = 0.0;
    for (const MinimalCut& cut : analysis.list.cuts) {
        cuts.push_back(names_of(tree, cut));
        rare_event += *cut.probability;
    }
    EXPECT_THAT(cuts, testing::ElementsAre("x4", "x3", "x1 x2", "x5 x6", "x5 x7"));
    EXPECT_NEAR(analysis.probability.value->likely(), 0.03002174, 5e-9);
    EXPECT_NEAR(rare_event, 0.0305, 1e-12);
    const auto most = std::ranges::max_element(analysis.list.cuts, {}, [](const MinimalCut& cut) {
        return *cut.probability;
    });
    EXPECT_EQ(names_of(tree, *most), "x1 x2");
    EXPECT_NEAR(*most->probability, 0.02, 1e-15);
}

FaultTree of_one_gate(GateKind kind, std::uint32_t children, std::uint32_t count = 0) {
    FaultTree tree;
    tree.name = "one gate";
    FaultGate top{"top", kind, count, 0.0, {}, {}};
    for (std::uint32_t i = 0; i < children; ++i) {
        tree.events.push_back({"e" + std::to_string(100 + i), Estimate::exactly(0.1)});
        top.children.push_back({event, i});
    }
    tree.gates.push_back(std::move(top));
    return tree;
}

TEST(Votes, MatchBinomialCounts) {
    struct Case {
        std::uint32_t children;
        std::uint32_t count;
        std::string cuts;
        double probability;
    };

    // P = sum over j >= k of C(n, j) 0.1^j 0.9^(n-j)
    const std::vector<Case> cases{
        {3, 2, "3", 0.028},
        {5, 3, "10", 0.00856},
        {4, 1, "4", 0.3439},
        {4, 4, "1", 0.0001},
        {60, 30, "118264581564861424", 5.612335869789738e-15},  // C(60, 30)
    };
    for (const Case& c : cases) {
        const auto analysis = analysed(of_one_gate(GateKind::at_least, c.children, c.count));
        EXPECT_EQ(analysis.counts.total->digits(), c.cuts);
        EXPECT_EQ(analysis.counts.by_order.size(), c.count + 1U);
        EXPECT_NEAR(analysis.probability.value->likely() / c.probability, 1.0, 1e-6) << c.cuts;
    }
}

TEST(Weights, FailAboveTheLimitOnly) {
    // Shares 0.5, 0.3, 0.2: short when more than 0.5 is gone. 0.3 + 0.2 is not more than 0.5.
    FaultTree tree = of_one_gate(GateKind::weighted, 3);
    tree.gates[0].weights = {0.5, 0.3, 0.2};
    tree.gates[0].limit = 0.5;
    const CutAnalysis analysis = analysed(tree);
    std::vector<std::string> cuts;
    for (const MinimalCut& cut : analysis.list.cuts) {
        cuts.push_back(names_of(tree, cut));
    }
    EXPECT_THAT(cuts, testing::ElementsAre("e100 e101", "e100 e102"));
}

TEST(Circles, DoNotDeclareThemselvesFailed) {
    // a needs b or x, b needs a or y: each fails only with its own event and the other.
    FaultTree tree;
    tree.events = {{"x", Estimate::exactly(0.5)}, {"y", Estimate::exactly(0.25)}};
    tree.gates = {
        {"a", GateKind::all_of, 0, 0.0, {{gate, 1}, {event, 0}}, {}},
        {"b", GateKind::all_of, 0, 0.0, {{gate, 0}, {event, 1}}, {}}};
    EXPECT_EQ(analysed(tree).counts.total->digits(), "0");
    EXPECT_EQ(analysed(tree).probability.value->likely(), 0.0);
    // a needs b and x: either event stops both.
    tree.gates[0].kind = tree.gates[1].kind = GateKind::any_of;
    const CutAnalysis analysis = analysed(tree);
    EXPECT_THAT(digits_of(analysis.counts.by_order), testing::ElementsAre("0", "2"));
    EXPECT_NEAR(analysis.probability.value->likely(), 0.625, 1e-15);
}

TEST(Constants, AreAnswers) {
    FaultTree tree;
    tree.gates = {{"always", GateKind::all_of, 0, 0.0, {}, {}}};
    const CutAnalysis always = analysed(tree);
    EXPECT_EQ(always.counts.total->digits(), "1");
    EXPECT_EQ(always.probability.value->likely(), 1.0);
    EXPECT_TRUE(always.list.cuts.at(0).events.empty());
    tree.gates[0].kind = GateKind::any_of;
    const CutAnalysis never = analysed(tree);
    EXPECT_EQ(never.counts.total->digits(), "0");
    EXPECT_EQ(never.probability.value->likely(), 0.0);
    EXPECT_TRUE(never.list.cuts.empty());
}

TEST(UnknownProbabilities, AreCarriedAndNeverGuessed) {
    FaultTree tree = fire_protection();
    tree.events[1].probability.reset();  // x2
    tree.events.push_back({"does not matter", {}});
    const CutAnalysis analysis = analysed(tree);
    EXPECT_EQ(analysis.probability.method, ProbabilityMethod::unknown);
    EXPECT_FALSE(analysis.probability.value);
    EXPECT_THAT(analysis.probability.events_without, testing::ElementsAre(1U));
    // Without x1 x2: 1 - (1 - .001)(1 - .002)(1 - .05 (1 - .9 .95)); with x2: x1 stops it too.
    const double without = 1.0 - 0.999 * 0.998 * (1.0 - 0.05 * 0.145);
    EXPECT_NEAR(analysis.probability.range->low, without, 1e-15);
    EXPECT_NEAR(analysis.probability.range->high, 1.0 - (1.0 - without) * 0.8, 1e-15);
    EXPECT_EQ(analysis.counts.total->digits(), "5");
    EXPECT_EQ(names_of(tree, analysis.list.cuts.back()), "x1 x2");
    EXPECT_FALSE(analysis.list.cuts.back().probability);
    for (const EventImportance& importance : analysis.importance) {
        EXPECT_TRUE(importance.cuts);
        EXPECT_FALSE(importance.birnbaum);
    }
    // An event that is in no cut is not missed.
    tree.events[1].probability = Estimate::exactly(0.1);
    EXPECT_EQ(analysed(tree).probability.method, ProbabilityMethod::exact);
}

TEST(Lists, AreCutOffAtTheirLimit) {
    FaultTree tree = of_one_gate(GateKind::at_least, 30, 2);
    for (std::uint32_t i = 0; i < 30; ++i) {
        tree.events[i].probability = Estimate::exactly(0.001 * (i + 1));
    }
    const CutAnalysis analysis = analysed(tree, {.list_limit = 5});
    EXPECT_FALSE(analysis.list.complete);
    ASSERT_EQ(analysis.list.cuts.size(), 5);
    // 30 29, 30 28, 29 28, 30 27, 29 27: products 870, 840, 812, 810, 783.
    EXPECT_NEAR(*analysis.list.cuts[0].probability, 870e-6, 1e-15);
    EXPECT_NEAR(*analysis.list.cuts[2].probability, 812e-6, 1e-15);
    EXPECT_NEAR(*analysis.list.cuts[4].probability, 783e-6, 1e-15);
}

TEST(Lists, StayShortAmongAnAstronomicalNumber) {
    // C(60, 30) equal cuts: what is kept is not said, but it takes no time.
    const CutAnalysis analysis =
        analysed(of_one_gate(GateKind::at_least, 60, 30), {.list_order = 30, .list_limit = 10});
    EXPECT_EQ(analysis.list.cuts.size(), 10);
    EXPECT_FALSE(analysis.list.complete);
}

TEST(InvalidTrees, AreRefusedWithAReason) {
    struct Case {
        std::string name;
        FaultTree tree;
        std::string reason;
    };

    FaultTree no_top;
    FaultTree lost_child = fire_protection();
    lost_child.gates[1].children[0].index = 77;
    FaultTree vote = of_one_gate(GateKind::at_least, 3, 4);
    FaultTree weights = of_one_gate(GateKind::weighted, 3);
    weights.gates[0].weights = {1.0, 2.0};
    FaultTree negative = of_one_gate(GateKind::weighted, 2);
    negative.gates[0].weights = {1.0, -2.0};
    FaultTree not_finite = of_one_gate(GateKind::weighted, 2);
    not_finite.gates[0].weights = {1e308, 1e308};
    FaultTree percent = fire_protection();
    percent.events[0].probability = Estimate::exactly(20.0);
    const std::vector<Case> cases{
        {"no top", no_top, "no top gate"},
        {"lost child", lost_child, "'detection' names a child that does not exist"},
        {"vote", vote, "asks for 4 of 3 children"},
        {"weights", weights, "2 weights for 3 children"},
        {"negative", negative, "negative or not finite"},
        {"not finite", not_finite, "negative or not finite"},
        {"percent", percent, "'x1' has a probability outside [0, 1]"},
        {"huge vote",
         of_one_gate(GateKind::at_least, 20'000, 10'000),
         "too large to be written out"},
    };
    for (const Case& c : cases) {
        const auto analysis = analyse_cuts(c.tree);
        ASSERT_FALSE(analysis) << c.name;
        EXPECT_EQ(analysis.error().code, ErrorCode::invalid_argument);
        EXPECT_THAT(analysis.error().message, testing::HasSubstr(c.reason)) << c.name;
    }
}

TEST(HostileTrees, TakeNoDeepRecursion) {
    // A chain of 30,000 gates that alternate, each with an event of its own.
    FaultTree tree;
    constexpr std::uint32_t length = 30'000;
    for (std::uint32_t i = 0; i < length; ++i) {
        tree.events.push_back({"e" + std::to_string(i), Estimate::exactly(0.5)});
        tree.gates.push_back(
            {"g" + std::to_string(i),
             i % 2 == 0 ? GateKind::any_of : GateKind::all_of,
             0,
             0.0,
             {{event, i}, {gate, std::min(i + 1, length - 1)}},
             {}}
        );
    }
    tree.gates.back().children.pop_back();
    const CutAnalysis analysis = analysed(tree);
    EXPECT_EQ(analysis.counts.total->digits(), std::to_string(length / 2 + 1));
    EXPECT_EQ(analysis.list.cuts.size(), 3);
    EXPECT_NEAR(analysis.probability.value->likely(), 2.0 / 3.0, 1e-12);
}

}  // namespace
}  // namespace adic::supply
