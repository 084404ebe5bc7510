#include "adic/model/scenario_check.hpp"

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::model {
namespace {

ScenarioFigure figure(double value) {
    return {Estimate::exactly(value)};
}

ShockEvent event(const std::string& id, ShockKind kind) {
    ShockEvent event{.id = id, .kind = kind, .target = {.origins = {"AAA"}}};
    event.duration_days = figure(30);
    return event;
}

/// A halt, a loss, a control and a destroyed stock, of which nothing is wrong.
Scenario sound() {
    using namespace std::chrono;
    Scenario scenario{
        .id = "sound",
        .title = "Sound",
        .sources = {{"paper", "A paper", "A publisher", 2020, ""}},
        .start = sys_days{year{2024} / 1 / 1},
        .horizon_days = 365,
        .events =
            {event("halt", ShockKind::halt),
             event("loss", ShockKind::capacity_loss),
             event("control", ShockKind::export_control),
             event("fire", ShockKind::stock_loss)},
        .causes = {}};
    scenario.events[0].probability = figure(0.1);
    scenario.events[1].severity = figure(0.5);
    scenario.events[1].probability = figure(0.2);
    scenario.events[2].control = ExportControl{};
    scenario.events[3].severity = figure(1);
    scenario.events[3].duration_days.reset();
    return scenario;
}

CommonCause cause(double probability, std::vector<CauseMember> members) {
    return {
        .id = "cause",
        .probability = figure(probability),
        .correlation = {},
        .members = std::move(members)};
}

CommonCause correlation(double value, std::vector<CauseMember> members) {
    return {
        .id = "correlated",
        .probability = {},
        .correlation = figure(value),
        .members = std::move(members)};
}

struct Case {
    const char* name;
    std::function<void(Scenario&)> spoil;
    ScenarioFault fault;
    std::string place;
};

TEST(ScenarioCheck, FindsNothingWrongWithASoundScenario) {
    Scenario scenario = sound();
    EXPECT_TRUE(list_problems(scenario).empty());
    scenario.causes = {cause(0.3, {{"halt", {}}, {"loss", {}}})};
    EXPECT_TRUE(list_problems(scenario).empty());
    scenario.causes = {correlation(0.4, {{"halt", {}}, {"loss", {}}})};
    EXPECT_TRUE(list_problems(scenario).empty());
}

std::vector<Case> impossible_events() {
    return {
        {"no title", [](Scenario& s) { s.title.clear(); }, ScenarioFault::figure, "/title"},
        {"a title that no record takes",
         [](Scenario& s) { s.title.assign(10'001, 'x'); },
         ScenarioFault::figure,
         "/title"},
        {"a description with U+0000",
         [](Scenario& s) { s.description = std::string("a\0b", 3); },
         ScenarioFault::figure,
         "/description"},
        {"severity above 1",
         [](Scenario& s) { s.events[1].severity = figure(1.5); },
         ScenarioFault::range,
         "/events/1/severity"},
        {"severity below 0",
         [](Scenario& s) { s.events[0].severity = figure(-0.1); },
         ScenarioFault::range,
         "/events/0/severity"},
        {"probability above 1",
         [](Scenario& s) { s.events[0].probability = figure(30); },
         ScenarioFault::range,
         "/events/0/probability"},
        {"ends before it starts",
         [](Scenario& s) { s.events[0].duration_days = figure(-3); },
         ScenarioFault::time,
         "/events/0/duration_days"},
        {"lasts no time",
         [](Scenario& s) { s.events[0].duration_days = figure(0); },
         ScenarioFault::time,
         "/events/0/duration_days"},
        {"starts after the horizon",
         [](Scenario& s) { s.events[0].start_day = 365; },
         ScenarioFault::time,
         "/events/0/start_day"},
        {"is over before the scenario",
         [](Scenario& s) { s.events[0].start_day = -30; },
         ScenarioFault::time,
         "/events/0/duration_days"},
        {"recovers in no days",
         [](Scenario& s) {
             s.events[0].recovery = {RecoveryShape::linear, {}};
         },
         ScenarioFault::time,
         "/events/0/recovery/days"},
        {"a step with days",
         [](Scenario& s) {
             s.events[0].recovery = {RecoveryShape::step, figure(4)};
         },
         ScenarioFault::time,
         "/events/0/recovery/days"},
        {"recovers from what never ends",
         [](Scenario& s) {
             s.events[0].recovery = {RecoveryShape::linear, figure(4)};
             s.events[0].duration_days.reset();
         },
         ScenarioFault::time,
         "/events/0/recovery"},
        {"a fire that lasts",
         [](Scenario& s) { s.events[3].duration_days = figure(4); },
         ScenarioFault::time,
         "/events/3/duration_days"},
        {"a loss of no size",
         [](Scenario& s) { s.events[1].severity.reset(); },
         ScenarioFault::figure,
         "/events/1/severity"},
        {"a halt with a rate",
         [](Scenario& s) { s.events[0].rate = figure(0.1); },
         ScenarioFault::figure,
         "/events/0/rate"},
        {"a halt with terms",
         [](Scenario& s) { s.events[0].control = ExportControl{}; },
         ScenarioFault::figure,
         "/events/0/control"},
        {"a target of nothing",
         [](Scenario& s) { s.events[0].target = {}; },
         ScenarioFault::target,
         "/events/0/target"},
        {"a route to itself",
         [](Scenario& s) {
             s.events[0].target.routes = {{"AAA", "AAA"}};
         },
         ScenarioFault::target,
         "/events/0/target/routes/0"},
        {"goods in store at sea",
         [](Scenario& s) { s.events[3].target.chokepoints = {"strait"}; },
         ScenarioFault::target,
         "/events/3/target/chokepoints"},
        {"an id twice",
         [](Scenario& s) { s.events[1].id = "halt"; },
         ScenarioFault::identifier,
         "/events/1/id"},
        {"an id with a blank", [](Scenario& s) { s.id = "a b"; }, ScenarioFault::identifier, "/id"},
        {"no such source",
         [](Scenario& s) { s.events[0].sources = {"book"}; },
         ScenarioFault::reference,
         "/events/0/sources/0"},
        {"a figure of no source",
         [](Scenario& s) { s.events[1].severity->source = "book"; },
         ScenarioFault::reference,
         "/events/1/severity/source"},
        {"no events", [](Scenario& s) { s.events.clear(); }, ScenarioFault::target, "/events"},
        {"no horizon",
         [](Scenario& s) { s.horizon_days = 0; },
         ScenarioFault::range,
         "/horizon_days"},
    };
}

std::vector<Case> impossible_controls() {
    return {
        {"no controllers",
         [](Scenario& s) { s.events[2].target = {.items = {.ids = {"ore"}}}; },
         ScenarioFault::control,
         "/events/2/target/origins"},
        {"announced too late",
         [](Scenario& s) { s.events[2].control->announced = s.start + std::chrono::days{1}; },
         ScenarioFault::control,
         "/events/2/control/announced"},
        {"all are exempt",
         [](Scenario& s) {
             s.events[2].control->destinations = {"BBB"};
             s.events[2].control->exempt = {"BBB", "CCC"};
         },
         ScenarioFault::control,
         "/events/2/control/exempt"},
        {"a backlog of unknown size",
         [](Scenario& s) { s.events[2].control->backlog_days = figure(30); },
         ScenarioFault::control,
         "/events/2/control/backlog_days"},
        {"content of what goods",
         [](Scenario& s) { s.events[2].control->de_minimis = 0.1; },
         ScenarioFault::control,
         "/events/2/control/de_minimis"},
        {"approves more than all",
         [](Scenario& s) { s.events[2].control->approved_share = figure(2); },
         ScenarioFault::range,
         "/events/2/control/approved_share"},
    };
}

std::vector<Case> impossible_groups() {
    return {
        {"more likely than its cause",
         [](Scenario& s) {
             s.causes = {cause(0.15, {{"halt", {}}, {"loss", {}}})};
         },
         ScenarioFault::group,
         "/causes/0/members/1/event"},
        {"its own cause",
         [](Scenario& s) {
             s.causes = {cause(0.5, {{"cause", {}}})};
         },
         ScenarioFault::group,
         "/causes/0/members/0/event"},
        {"a cause of a cause",
         [](Scenario& s) {
             s.causes = {cause(0.5, {{"halt", {}}}), cause(0.5, {{"cause", {}}})};
             s.causes[1].id = "second";
         },
         ScenarioFault::group,
         "/causes/1/members/0/event"},
        {"in two groups",
         [](Scenario& s) {
             s.causes = {cause(0.5, {{"halt", {}}}), cause(0.5, {{"halt", {}}})};
             s.causes[1].id = "second";
         },
         ScenarioFault::group,
         "/causes/1/members/0/event"},
        {"happens without its cause",
         [](Scenario& s) {
             s.causes = {cause(0.5, {{"control", {}}})};
         },
         ScenarioFault::group,
         "/causes/0/members/0/event"},
        {"two probabilities of one event",
         [](Scenario& s) {
             s.causes = {cause(0.5, {{"halt", figure(0.5)}})};
         },
         ScenarioFault::group,
         "/causes/0/members/0/conditional"},
        {"correlated with itself alone",
         [](Scenario& s) {
             s.causes = {correlation(0.5, {{"halt", {}}})};
         },
         ScenarioFault::group,
         "/causes/0/members"},
        {"sure and correlated",
         [](Scenario& s) {
             s.causes = {correlation(0.5, {{"halt", {}}, {"control", {}}})};
         },
         ScenarioFault::group,
         "/causes/0/members/1/event"},
        {"correlated by 1",
         [](Scenario& s) {
             s.causes = {correlation(1, {{"halt", {}}, {"loss", {}}})};
         },
         ScenarioFault::group,
         "/causes/0/correlation"},
        {"cause and correlation",
         [](Scenario& s) {
             s.causes = {cause(0.5, {{"halt", {}}, {"loss", {}}})};
             s.causes[0].correlation = figure(0.5);
         },
         ScenarioFault::group,
         "/causes/0"},
        {"no such event",
         [](Scenario& s) {
             s.causes = {cause(0.5, {{"flood", {}}})};
         },
         ScenarioFault::reference,
         "/causes/0/members/0/event"},
    };
}

void expect_refused(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
        Scenario scenario = sound();
        c.spoil(scenario);
        const std::vector<ScenarioProblem> problems = list_problems(scenario);
        ASSERT_EQ(problems.size(), 1U) << c.name;
        EXPECT_EQ(problems.front().fault, c.fault) << c.name;
        EXPECT_EQ(problems.front().place, c.place) << c.name;
        EXPECT_FALSE(problems.front().message.empty()) << c.name;
    }
}

TEST(ScenarioCheck, RefusesEventsThatCannotBe) {
    expect_refused(impossible_events());
}

TEST(ScenarioCheck, RefusesControlsThatContradictThemselves) {
    expect_refused(impossible_controls());
}

TEST(ScenarioCheck, RefusesGroupsThatCannotHold) {
    expect_refused(impossible_groups());
}

TEST(ScenarioCheck, ReportsEverythingAtOnce) {
    Scenario scenario = sound();
    scenario.events[0].severity = figure(2);
    scenario.events[1].duration_days = figure(-1);
    scenario.horizon_days = 0;
    EXPECT_GE(list_problems(scenario).size(), 3U);
}

// 0.1 a year over half a year: 1 - 0.9^0.5 = 0.0513; over two: 1 - 0.81 = 0.19.
TEST(ProbabilityOver, CompoundsYears) {
    const auto likely = [](double p, std::uint32_t days) {
        return probability_over(Estimate::exactly(p), ProbabilitySpan::year, days).likely();
    };
    EXPECT_NEAR(likely(0.1, 730), 1 - std::pow(0.9, 730 / 365.25), 1e-15);
    EXPECT_NEAR(likely(0.1, 183), 0.05142, 1e-5);
    EXPECT_EQ(likely(0, 730), 0);
    EXPECT_EQ(likely(1, 1), 1);
    EXPECT_NEAR(likely(1e-12, 730), 730 / 365.25 * 1e-12, 1e-20) << "small ones keep their digits";
    const Estimate whole = Estimate::exactly(0.3);
    EXPECT_EQ(probability_over(whole, ProbabilitySpan::horizon, 730), whole);
}

}  // namespace
}  // namespace adic::model
