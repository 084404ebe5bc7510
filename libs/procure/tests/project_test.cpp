#include "adic/procure/project.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::procure {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::chrono::sys_days today = 2026y / 11 / 25;

std::optional<Range> exactly(double number) {
    return Range{number, number};
}

Project craft() {
    Project project;
    project.id = "MYS.craft";
    project.name = "craft";
    project.item = "patrol craft";
    project.lead = "MYS";
    project.stage = "frame agreement";
    project.approved = {"MYS", "PHL", "THA"};
    project.parts = {
        {"PHL", Wish::joins, exactly(9)},
        {"MYS", Wish::joins, exactly(7)},
        {"BRN", Wish::joins, exactly(3)},
        {"SGP", Wish::interested},
        {"IDN", Wish::leaves}};
    return project;
}

std::vector<std::pair<std::string, Standing>> standings(const Project& project) {
    std::vector<std::pair<std::string, Standing>> found;
    for (const Participant& one : participants_of(project)) {
        found.emplace_back(one.state, one.standing);
    }
    return found;
}

TEST(Project, AMemberTakesItsOwnWordAndTheLeads) {
    EXPECT_THAT(
        standings(craft()),
        ElementsAre(
            std::pair{"BRN", Standing::asks},
            std::pair{"IDN", Standing::left},
            std::pair{"MYS", Standing::member},
            std::pair{"PHL", Standing::member},
            std::pair{"SGP", Standing::interested},
            std::pair{"THA", Standing::awaited}
        )
    );
    EXPECT_EQ(members_of(craft()).size(), 2U);
}

TEST(Project, WhoLeavesIsNoMemberHoweverApproved) {
    Project project = craft();
    project.parts[0].wish = Wish::leaves;
    EXPECT_EQ(standings(project)[3], (std::pair<std::string, Standing>{"PHL", Standing::left}));
    EXPECT_EQ(members_of(project).size(), 1U);
}

TEST(Project, TogetherTheMembersTakeTheSumOfWhatIsKnown) {
    Project project = craft();
    EXPECT_EQ(quantity_of(members_of(project)), exactly(16));
    project.parts[0].quantity = Range{5, 10};
    EXPECT_EQ(quantity_of(members_of(project)), (Range{12, 17}));
    project.parts[0].quantity.reset();
    EXPECT_EQ(quantity_of(members_of(project)), std::nullopt);
    EXPECT_EQ(quantity_of({}), std::nullopt);
}

TEST(Paper, IsInForceWhenEveryPartyHasSignedForItself) {
    Paper paper{"p", "frame", PaperKind::frame_agreement, {"MYS", "PHL"}};
    EXPECT_EQ(state_of(paper, today), PaperState::waits);
    paper.signatures = {{"MYS", 2026y / 10 / 1}, {"SGP", 2026y / 10 / 2}};
    EXPECT_THAT(missing_signatures(paper), ElementsAre("PHL"));
    EXPECT_EQ(state_of(paper, today), PaperState::waits);
    paper.signatures.push_back({"PHL", 2026y / 10 / 3});
    EXPECT_EQ(state_of(paper, today), PaperState::in_force);
    paper.until = today - std::chrono::days{1};
    EXPECT_EQ(state_of(paper, today), PaperState::expired);
    paper.until = today;
    EXPECT_EQ(state_of(paper, today), PaperState::in_force);
    paper.delivered = today;
    EXPECT_EQ(state_of(paper, today), PaperState::delivered);
}

TEST(Paper, WithoutPartiesBindsNobody) {
    EXPECT_EQ(state_of({"p", "frame"}, today), PaperState::waits);
}

Project with_call_offs() {
    Project project = craft();
    const std::vector<std::string> both{"MYS", "PHL"};
    const std::vector<Signature> signed_by_both{{"MYS", today}, {"PHL", today}};
    project.papers = {
        {.id = "frame",
         .name = "frame",
         .kind = PaperKind::frame_agreement,
         .parties = both,
         .signatures = signed_by_both,
         .quantity = exactly(20)},
        {.id = "c1",
         .name = "first",
         .kind = PaperKind::call_off,
         .parties = both,
         .signatures = signed_by_both,
         .under = "frame",
         .quantity = exactly(6)},
        {.id = "c2",
         .name = "second",
         .kind = PaperKind::call_off,
         .parties = both,
         .signatures = signed_by_both,
         .under = "frame",
         .quantity = Range{5, 10}},
        {.id = "c3",
         .name = "unsigned",
         .kind = PaperKind::call_off,
         .parties = both,
         .under = "frame",
         .quantity = exactly(100)},
        {.id = "c4",
         .name = "of another",
         .kind = PaperKind::call_off,
         .parties = both,
         .signatures = signed_by_both,
         .under = "other",
         .quantity = exactly(100)}};
    return project;
}

TEST(FrameAgreement, HasLeftWhatSignedCallOffsUnderItDoNotTake) {
    Project project = with_call_offs();
    EXPECT_EQ(left_under(project, project.papers[0], today), (Range{4, 9}));
    project.papers[2].quantity.reset();
    EXPECT_EQ(left_under(project, project.papers[0], today), std::nullopt);
}

TEST(FrameAgreement, SaysWhenMoreIsCalledOffThanItHas) {
    Project project = with_call_offs();
    project.papers[1].quantity = exactly(16);
    EXPECT_EQ(left_under(project, project.papers[0], today), (Range{-6, -1}));
    EXPECT_THAT(
        texts_of(next_steps(project, today)),
        testing::Contains("more is called off under 'frame' than it has")
    );
}

SpecificationLine range_line() {
    return {
        "r",
        "range",
        true,
        "40 km",
        "",
        {{"MYS", Acceptance::accepts}, {"SGP", Acceptance::refuses}}};
}

TEST(Specification, ShowsTheWidestGapThatMembersLeave) {
    const auto members = members_of(craft());
    SpecificationLine line = range_line();
    EXPECT_EQ(gap_of(line, members), Gap::silent);
    line.positions.push_back({"PHL", Acceptance::accepts});
    EXPECT_EQ(gap_of(line, members), Gap::none);
    line.positions.back().answer = Acceptance::variant;
    EXPECT_EQ(gap_of(line, members), Gap::variant);
    line.positions.back().answer = Acceptance::refuses;
    EXPECT_EQ(gap_of(line, members), Gap::refused);
    EXPECT_EQ(gap_of(line, {}), Gap::none);
}

TEST(NextSteps, NameWhoHasToDoWhat) {
    Project project = craft();
    project.specification = {range_line()};
    project.papers = {
        {.id = "i", .name = "intent", .parties = {"MYS", "PHL"}, .signatures = {{"MYS", today}}}};
    EXPECT_THAT(
        texts_of(next_steps(project, today)),
        ElementsAre(
            "BRN joins: the lead approves it or says why not",
            "THA is approved and has not said that it joins",
            "letter of intent 'intent' waits for the signature of PHL",
            "'range' has no answer of PHL"
        )
    );
}

TEST(NextSteps, OfAProjectThatWaitsForNobodyAreItsNextPaper) {
    Project project = craft();
    project.approved = {"MYS", "PHL"};
    project.parts.resize(2);
    EXPECT_THAT(
        texts_of(next_steps(project, today)),
        ElementsAre("the next paper is a letter of intent")
    );
    project.papers = {
        {.id = "i",
         .name = "intent",
         .parties = {"MYS", "PHL"},
         .signatures = {{"MYS", today}, {"PHL", today}}}};
    EXPECT_THAT(
        texts_of(next_steps(project, today)),
        ElementsAre("the next paper is a technical arrangement")
    );
}

TEST(NextSteps, SayThatAMustIsRefused) {
    Project project = craft();
    project.specification = {range_line()};
    project.specification[0].positions = {
        {"MYS", Acceptance::refuses},
        {"PHL", Acceptance::accepts}};
    EXPECT_THAT(
        texts_of(next_steps(project, today)),
        testing::Contains(HasSubstr("a must that a member cannot accept"))
    );
    project.specification[0].is_must = false;
    EXPECT_THAT(
        texts_of(next_steps(project, today)),
        testing::Not(testing::Contains(HasSubstr("cannot accept")))
    );
}

TEST(StateRules, AreThoseOfMembersFromThisStageOn) {
    const std::vector<StateRule> rules{
        {"PHL", "late", "delivered"},
        {"PHL", "past", "interest"},
        {"MYS", "now", "frame agreement"},
        {"SGP", "of no member", "frame agreement"},
        {"MYS", "always"}};
    std::vector<std::string> names;
    for (const StateRule& rule : rules_for(craft(), rules)) {
        names.push_back(rule.name);
    }
    EXPECT_THAT(names, ElementsAre("always", "now", "late"));
    Project nobody = craft();
    nobody.parts.clear();
    EXPECT_THAT(rules_for(nobody, rules), IsEmpty());
}

TEST(Project, SaysWhoseActItWaitsFor) {
    Project project = craft();
    project.papers = {{"MYS.loi", "intent", PaperKind::letter_of_intent, {"MYS", "PHL"}}};
    project.papers[0].signatures = {{"PHL", 2026y / 10 / 1}};
    project.specification = {{"MYS.range", "range", true}};
    project.specification[0].positions = {{"MYS", Acceptance::accepts}};
    std::vector<std::string> said;
    for (const Act& act : acts_of(project)) {
        said.push_back(fmt::format(
            "{} {} {} {}",
            act.state,
            name_of(act.kind),
            act.record,
            act.about.empty() ? "-" : act.about
        ));
    }
    EXPECT_THAT(
        said,
        ElementsAre(
            "MYS approve MYS.craft BRN",
            "THA join MYS.craft -",
            "MYS sign MYS.loi -",
            "PHL answer MYS.range -"
        )
    );
}

}  // namespace
}  // namespace adic::procure
