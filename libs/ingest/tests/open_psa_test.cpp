#include "adic/ingest/open_psa.hpp"

#include "adic/base/random.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using model::FaultGate;
using model::FaultNode;
using model::FaultTree;
using model::GateKind;

constexpr auto event = FaultNode::Kind::event;
constexpr auto gate = FaultNode::Kind::gate;

std::string model_of(const std::string& definitions, const std::string& data = {}) {
    return "<?xml version=\"1.0\"?>\n<opsa-mef>\n<define-fault-tree name=\"tree\">\n" + definitions
           + "\n</define-fault-tree>\n<model-data>\n" + data + "\n</model-data>\n</opsa-mef>\n";
}

FaultTree read(const std::string& text, const OpenPsaOptions& options = {}) {
    ImportReport report;
    auto tree = parse_open_psa(text, "test.xml", report, options);
    for (const Issue& issue : report.issues()) {
        ADD_FAILURE() << issue.row << ": " << issue.value << ": " << issue.message;
    }
    return tree ? *tree : FaultTree{};
}

std::vector<std::string_view> rules_broken(const std::string& text) {
    ImportReport report;
    const auto tree = parse_open_psa(text, "test.xml", report);
    EXPECT_EQ(bool{tree}, report.errors() == 0);
    std::vector<std::string_view> rules;
    for (const Issue& issue : report.issues()) {
        rules.push_back(issue.rule);
    }
    return rules;
}

bool is_failed(const FaultTree& tree, std::uint32_t events) {
    std::vector<bool> failed(tree.gates.size(), false);
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < failed.size(); ++i) {
            const FaultGate& now = tree.gates[i];
            std::size_t count = 0;
            double weight = 0.0;
            for (std::size_t k = 0; k < now.children.size(); ++k) {
                const FaultNode child = now.children[k];
                const bool is_on = child.kind == event ? ((events >> child.index) & 1U) != 0
                                                       : bool{failed[child.index]};
                count += is_on ? 1 : 0;
                weight += is_on && now.kind == GateKind::weighted ? now.weights[k] : 0.0;
            }
            const bool value = now.kind == GateKind::any_of     ? count > 0
                               : now.kind == GateKind::all_of   ? count == now.children.size()
                               : now.kind == GateKind::at_least ? count >= now.count
                                                                : weight > now.limit;
            changed = changed || (value && !failed[i]);
            failed[i] = failed[i] || value;
        }
    }
    return failed[tree.top];
}

TEST(OpenPsa, ReadsGatesEventsAndHouseEventsInAnyOrder) {
    const FaultTree tree = read(model_of(
        R"(
        <define-gate name="top"><label>It stops</label>
          <or> <gate name="both"/> <event name="two"/> <house-event name="off"/> </or>
        </define-gate>
        <define-component name="plant">
          <define-gate name="both"><and> <basic-event name="a"/> <event name="b"/> </and></define-gate>
          <define-house-event name="off"><constant value="false"/></define-house-event>
        </define-component>
        <define-gate name="two"><atleast min="2">
          <basic-event name="plant.a"/> <basic-event name="b"/> <basic-event name="c"/>
        </atleast></define-gate>
        )",
        R"(
        <define-parameter name="rate"><float value="0.5"/></define-parameter>
        <define-basic-event name="a"><float value="1e-1"/></define-basic-event>
        <define-basic-event name="b"><mul><parameter name="rate"/><float value=".5"/></mul></define-basic-event>
        <define-basic-event name="c"/>
        )"
    ));
    ASSERT_EQ(tree.gates.size(), 4);
    EXPECT_EQ(tree.name, "tree");
    EXPECT_EQ(tree.gates[tree.top].name, "top");
    EXPECT_EQ(tree.gates[tree.top].kind, GateKind::any_of);
    const auto of_name = [&](std::string_view name) {
        return *std::ranges::find(tree.gates, name, &FaultGate::name);
    };
    EXPECT_EQ(of_name("both").kind, GateKind::all_of);
    EXPECT_EQ(of_name("two").kind, GateKind::at_least);
    EXPECT_EQ(of_name("two").count, 2);
    EXPECT_EQ(of_name("two").children.size(), 3);
    EXPECT_EQ(of_name("off").kind, GateKind::any_of);
    EXPECT_TRUE(of_name("off").children.empty());
    ASSERT_EQ(tree.events.size(), 3);
    EXPECT_EQ(tree.events[0].probability->likely(), 0.1);
    EXPECT_EQ(tree.events[1].probability->likely(), 0.25);
    EXPECT_FALSE(tree.events[2].probability);
}

TEST(OpenPsa, NestedFormulasBecomeGates) {
    const FaultTree tree = read(model_of(
        R"(<define-gate name="top"><or> <basic-event name="a"/>
             <and> <basic-event name="b"/> <atleast min="1"><basic-event name="c"/></atleast> </and>
           </or></define-gate>)",
        R"(<define-basic-event name="a"/><define-basic-event name="b"/><define-basic-event name="c"/>)"
    ));
    ASSERT_EQ(tree.gates.size(), 3);
    EXPECT_EQ(tree.gates[1].name, "top.1");
    EXPECT_TRUE(is_failed(tree, 0b001));
    EXPECT_FALSE(is_failed(tree, 0b010));
    EXPECT_TRUE(is_failed(tree, 0b110));
}

TEST(OpenPsa, ReadsConstantExpressions) {
    struct Case {
        std::string expression;
        double expected;
    };

    const std::vector<Case> cases{
        {"<int value='1'/>", 1.0},
        {"<bool value='true'/>", 1.0},
        {"<add><float value='.1'/><float value='.2'/></add>", 0.1 + 0.2},
        {"<sub><float value='.5'/><float value='.25'/></sub>", 0.25},
        {"<div><float value='1'/><float value='4'/><float value='2'/></div>", 0.125},
        {"<add><int value='1'/><neg><float value='.25'/></neg></add>", 0.75},
        // 1 - exp(-0.001 * 100)
        {"<exponential><float value='0.001'/><float value='100'/></exponential>",
         0.09516258196404048},
    };
    for (const Case& c : cases) {
        const FaultTree tree = read(model_of(
            "<define-gate name='g'><basic-event name='e'/></define-gate>",
            "<define-basic-event name='e'>" + c.expression + "</define-basic-event>"
        ));
        ASSERT_EQ(tree.events.size(), 1) << c.expression;
        EXPECT_DOUBLE_EQ(tree.events[0].probability->likely(), c.expected) << c.expression;
    }
}

TEST(OpenPsa, TopCanBeNamed) {
    const std::string two = model_of(
        "<define-gate name='x'><basic-event name='e'/></define-gate>"
        "<define-gate name='y'><basic-event name='e'/></define-gate>",
        "<define-basic-event name='e'/>"
    );
    EXPECT_THAT(rules_broken(two), testing::ElementsAre("OP-013"));
    const FaultTree tree = read(two, {.top = "y"});
    EXPECT_EQ(tree.gates[tree.top].name, "y");
}

TEST(OpenPsa, NamesEveryProblem) {
    struct Case {
        std::string name;
        std::string text;
        std::vector<std::string_view> rules;
    };

    const std::string event_e = "<define-basic-event name='e'/>";
    std::string deep;
    for (int i = 0; i < 1'000; ++i) {
        deep.insert(0, "<or>");
        deep += i == 0 ? "<basic-event name='e'/></or>" : "</or>";
    }
    std::string far;
    std::string far_back;
    for (int i = 0; i < 100'000; ++i) {
        far += "<define-component>";
        far_back += "</define-component>";
    }
    const std::vector<Case> cases{
        {"no XML", "gate: a, b", {"OP-001"}},
        {"cut off", "<opsa-mef><define-fault-tree name='t'>", {"OP-001"}},
        {"not UTF-8", "<opsa-mef name='\xff'/>", {"OP-001"}},
        {"entities",
         "<!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]><opsa-mef>&b;</opsa-mef>",
         {"OP-002"}},
        {"another file", "<!DOCTYPE opsa-mef SYSTEM \"/etc/passwd\"><opsa-mef/>", {"OP-002"}},
        {"another format", "<html/>", {"OP-003"}},
        {"no gate", model_of("", event_e), {"OP-003"}},
        {"unknown element",
         model_of(
             "<define-gate name='g'><orr><basic-event name='e'/></orr></define-gate>",
             event_e
         ),
         {"OP-004"}},
        {"twice the same name",
         model_of("<define-gate name='e'><basic-event name='e'/></define-gate>", event_e),
         {"OP-005", "OP-006"}},
        {"no name",
         model_of("<define-gate><basic-event name='e'/></define-gate>", event_e),
         {"OP-005", "OP-003"}},
        {"two unknown events at once",
         model_of("<define-gate name='g'><or><event name='x'/><event name='y'/></or></define-gate>"
         ),
         {"OP-006", "OP-006"}},
        {"another kind",
         model_of("<define-gate name='g'><gate name='e'/></define-gate>", event_e),
         {"OP-006"}},
        {"not",
         model_of("<define-gate name='g'><not><event name='e'/></not></define-gate>", event_e),
         {"OP-007"}},
        {"inner xor",
         model_of(
             "<define-gate name='g'><or><xor><event name='e'/></xor></or></define-gate>",
             event_e
         ),
         {"OP-007"}},
        {"huge vote",
         model_of(
             "<define-gate name='g'><atleast min='99999999999999999999'><event "
             "name='e'/></atleast></define-gate>",
             event_e
         ),
         {"OP-008"}},
        {"vote of none",
         model_of(
             "<define-gate name='g'><atleast min='0'><event name='e'/></atleast></define-gate>",
             event_e
         ),
         {"OP-008"}},
        {"empty or", model_of("<define-gate name='g'><or/></define-gate>", event_e), {"OP-009"}},
        {"empty gate", model_of("<define-gate name='g'/>", event_e), {"OP-009"}},
        {"two formulas",
         model_of(
             "<define-gate name='g'><event name='e'/><event name='e'/></define-gate>",
             event_e
         ),
         {"OP-009"}},
        {"decimal comma",
         model_of(
             "<define-gate name='g'><event name='e'/></define-gate>",
             "<define-basic-event name='e'><float value='0,1'/></define-basic-event>"
         ),
         {"OP-010"}},
        {"a deviate",
         model_of(
             "<define-gate name='g'><event name='e'/></define-gate>",
             "<define-basic-event name='e'><beta-deviate><float "
             "value='1'/></beta-deviate></define-basic-event>"
         ),
         {"OP-010"}},
        {"percent",
         model_of(
             "<define-gate name='g'><event name='e'/></define-gate>",
             "<define-basic-event name='e'><float value='5'/></define-basic-event>"
         ),
         {"OP-011"}},
        {"parameters in a circle",
         model_of(
             "<define-gate name='g'><event name='e'/></define-gate>",
             "<define-parameter name='p'><parameter name='q'/></define-parameter>"
             "<define-parameter name='q'><parameter name='p'/></define-parameter>"
             "<define-basic-event name='e'><parameter name='p'/></define-basic-event>"
         ),
         {"OP-012"}},
        {"deep formula",
         model_of("<define-gate name='g'>" + deep + "</define-gate>", event_e),
         {"OP-012"}},
        {"deep components", "<opsa-mef>" + far + far_back + "</opsa-mef>", {"OP-012", "OP-003"}},
        {"gates in a circle, no top",
         model_of("<define-gate name='g'><gate name='h'/></define-gate>"
                  "<define-gate name='h'><gate name='g'/></define-gate>"),
         {"OP-013"}},
    };
    for (const Case& c : cases) {
        EXPECT_THAT(rules_broken(c.text), testing::UnorderedElementsAreArray(c.rules)) << c.name;
    }
}

TEST(OpenPsa, PassesOverOtherStudiesWithAWarning) {
    const std::string text =
        "<opsa-mef><define-event-tree name='x'/><define-fault-tree name='t'>"
        "<define-gate name='g'><event name='e'/></define-gate>"
        "</define-fault-tree><model-data><define-basic-event name='e'/></model-data></opsa-mef>";
    ImportReport report;
    EXPECT_TRUE(parse_open_psa(text, "test.xml", report));
    EXPECT_EQ(report.warnings(), 1);
    EXPECT_EQ(report.issues()[0].rule, "OP-014");
}

TEST(OpenPsa, SaysWhereAndWhatWouldBeRight) {
    ImportReport report;
    const auto tree = parse_open_psa(
        model_of(
            "<define-gate name='g'>\n<event name='countryy'/></define-gate>",
            "<define-basic-event name='country'/>"
        ),
        "test.xml",
        report
    );
    ASSERT_FALSE(tree);
    ASSERT_EQ(report.issues().size(), 1);
    const Issue& issue = report.issues()[0];
    EXPECT_EQ(issue.file, "test.xml");
    EXPECT_EQ(issue.row, 5);
    EXPECT_EQ(issue.column, "event");
    EXPECT_EQ(issue.value, "countryy");
    EXPECT_THAT(issue.message, testing::HasSubstr("'country'"));
}

TEST(OpenPsa, EachUnknownNameIsReportedOnce) {
    std::string formula;
    for (int i = 0; i < 1'000; ++i) {
        formula += "<event name='missing'/>";
    }
    EXPECT_EQ(
        rules_broken(model_of("<define-gate name='g'><or>" + formula + "</or></define-gate>"))
            .size(),
        1
    );
}

TEST(OpenPsa, MissingFileIsNotFound) {
    ImportReport report;
    const auto tree = read_open_psa("no/such/file.xml", report);
    ASSERT_FALSE(tree);
    EXPECT_EQ(tree.error().code, ErrorCode::not_found);
}

// --- writing ------------------------------------------------------------------------------------

FaultTree of_every_kind() {
    FaultTree tree;
    tree.name = "of every kind";
    tree.events = {
        {"plain", Estimate::exactly(0.25)},
        {"a name, with <marks> & \"quotes\"", *Estimate::create(0.1, 0.2, 0.4)},
        {"unknown", {}},
        {"plain_2", Estimate::exactly(1e-9)}};
    tree.gates = {
        {"top", GateKind::any_of, 0, 0.0, {{gate, 1}, {gate, 2}, {gate, 4}}, {}},
        {"all", GateKind::all_of, 0, 0.0, {{event, 0}, {event, 1}}, {}},
        {"vote", GateKind::at_least, 2, 0.0, {{event, 0}, {event, 2}, {gate, 3}}, {}},
        {"plain", GateKind::any_of, 0, 0.0, {{event, 1}, {event, 3}}, {}},
        {"always", GateKind::all_of, 0, 0.0, {}, {}}};
    tree.gates[4].kind = GateKind::any_of;
    return tree;
}

TEST(OpenPsaWriter, ReadsBackAsTheSameTree) {
    const FaultTree tree = of_every_kind();
    const auto text = write_open_psa(tree);
    ASSERT_TRUE(text);
    const FaultTree again = read(*text);
    ASSERT_EQ(again.events.size(), tree.events.size());
    for (std::size_t i = 0; i < tree.events.size(); ++i) {
        EXPECT_EQ(again.events[i].name, tree.events[i].name);
        EXPECT_EQ(again.events[i].probability, tree.events[i].probability);
    }
    ASSERT_EQ(again.gates.size(), tree.gates.size());
    for (std::size_t i = 0; i < tree.gates.size(); ++i) {
        EXPECT_EQ(again.gates[i].name, tree.gates[i].name);
        EXPECT_EQ(again.gates[i].kind, tree.gates[i].kind);
        EXPECT_EQ(again.gates[i].count, tree.gates[i].count);
        EXPECT_EQ(again.gates[i].children, tree.gates[i].children);
    }
    EXPECT_EQ(again.top, tree.top);
}

TEST(OpenPsaWriter, WritesIdentifiersThatOtherProgramsTake) {
    const auto text = write_open_psa(of_every_kind());
    ASSERT_TRUE(text);
    for (std::size_t at = text->find(" name=\""); at != std::string::npos;
         at = text->find(" name=\"", at + 1)) {
        const std::size_t begin = at + 7;
        const std::string name = text->substr(begin, text->find('"', begin) - begin);
        EXPECT_EQ(
            name.find_first_not_of(
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
            ),
            std::string::npos
        ) << name;
    }
}

FaultTree random_tree(std::uint64_t seed) {
    RandomStream random(seed, 5);
    FaultTree tree;
    const std::uint32_t events = 6;
    const std::uint32_t gates = 1 + static_cast<std::uint32_t>(random.below(6));
    for (std::uint32_t i = 0; i < events; ++i) {
        tree.events.push_back({"e" + std::to_string(i), Estimate::exactly(0.1)});
    }
    for (std::uint32_t i = 0; i < gates; ++i) {
        FaultGate now{"g" + std::to_string(i), GateKind::any_of, 0, 0.0, {}, {}};
        const auto children = random.below(6);
        for (std::uint64_t k = 0; k < children; ++k) {
            const bool is_gate = i + 1 < gates && random.below(2) == 0;
            const auto index = is_gate ? i + 1 + random.below(gates - i - 1) : random.below(events);
            now.children.push_back({is_gate ? gate : event, static_cast<std::uint32_t>(index)});
            now.weights.push_back(static_cast<double>(random.below(5)));
        }
        now.kind = static_cast<GateKind>(random.below(children == 0 ? 2 : 4));
        now.count = children == 0 ? 0 : 1 + static_cast<std::uint32_t>(random.below(children));
        now.limit = static_cast<double>(random.below(8));
        tree.gates.push_back(std::move(now));
    }
    return tree;
}

TEST(OpenPsaWriter, MeansTheSameForEverySetOfEvents) {
    for (std::uint64_t seed = 0; seed < 1'000 && !testing::Test::HasFailure(); ++seed) {
        const FaultTree tree = random_tree(seed);
        const auto text = write_open_psa(tree);
        ASSERT_TRUE(text);
        const FaultTree again = read(*text, {.top = "g0"});
        ASSERT_EQ(again.events.size(), tree.events.size());
        for (std::uint32_t set = 0; set < (1U << tree.events.size()); ++set) {
            ASSERT_EQ(is_failed(again, set), is_failed(tree, set)) << seed << "\n" << *text;
        }
        const auto twice = write_open_psa(again);
        ASSERT_TRUE(twice);
        EXPECT_EQ(read(*twice, {.top = "g0"}).gates.size(), again.gates.size());
    }
}

TEST(OpenPsaWriter, RefusesWhatIsNoTree) {
    FaultTree tree = of_every_kind();
    tree.top = 17;
    EXPECT_FALSE(write_open_psa(tree));
    tree = of_every_kind();
    tree.gates[1].children[0].index = 99;
    EXPECT_FALSE(write_open_psa(tree));
}

TEST(OpenPsaWriter, RefusesAWeightedGateWithTooManyDifferentSums) {
    FaultTree tree;
    FaultGate heavy{"heavy", GateKind::weighted, 0, 0.0, {}, {}};
    for (std::uint32_t i = 0; i < 60; ++i) {
        tree.events.push_back({"e" + std::to_string(i), {}});
        heavy.children.push_back({event, i});
        heavy.weights.push_back(std::sqrt(static_cast<double>(i) + 2.0));
        heavy.limit += heavy.weights.back() / 2.0;
    }
    tree.gates.push_back(heavy);
    const auto text = write_open_psa(tree);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace adic::ingest
