#include "adic/app/project_shares.hpp"

#include <numeric>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

using procure::Cents;
using procure::Project;
using testing::ElementsAre;
using testing::IsEmpty;

/// Breaks 1: 100, 50: 92, 100: 85, 200: 80; three states want 30, 60 and 120.
/// Source of the shares: docs/explanation/sharing.md, and libs/procure/tests/sharing_test.cpp.
Project radios() {
    Project project;
    project.id = "MYS.radios";
    project.lead = "MYS";
    project.approved = {"MYS", "PHL", "VNM"};
    project.parts = {
        {"MYS", procure::Wish::joins, procure::Range{30, 30}},
        {"PHL", procure::Wish::joins, procure::Range{60, 60}},
        {"VNM", procure::Wish::joins, procure::Range{120, 120}}};
    procure::PurchaseTerms terms;
    terms.prices = procure::PriceList{{{1, 100}, {50, 92}, {100, 85}, {200, 80}}};
    project.terms = terms;
    project.sharing_rule = "Shapley";
    return project;
}

TEST(ProjectShares, AreThoseOfThePrintedExample) {
    const ProjectShares shares = shares_of(radios());
    EXPECT_THAT(shares.why_not, IsEmpty());
    EXPECT_EQ(shares.together, 1'680'000);
    EXPECT_THAT(shares.alone, ElementsAre(300'000, 552'000, 1'020'000));
    ASSERT_EQ(shares.rules.size(), 5U);
    EXPECT_EQ(shares.rules[0].rule, "equal price");
    EXPECT_THAT(shares.rules[0].pays, ElementsAre(240'000, 480'000, 960'000));
    EXPECT_EQ(shares.rules[3].rule, "Shapley");
    EXPECT_TRUE(shares.rules[3].is_chosen);
    EXPECT_THAT(shares.rules[3].pays, ElementsAre(238'500, 492'000, 949'500));
    EXPECT_THAT(shares.rules[4].pays, ElementsAre(236'000, 488'000, 956'000));
}

TEST(ProjectShares, GiveTheExitPriceOfEachMember) {
    const ProjectShares shares = shares_of(radios());
    ASSERT_EQ(shares.changes.size(), 3U);
    const ProjectChange& change = shares.changes[2];
    EXPECT_EQ(change.state, "VNM");
    EXPECT_FALSE(change.joins);
    EXPECT_EQ(change.together, 828'000) << "90 pieces break 92 only";
    EXPECT_EQ(change.alone, 1'020'000);
    EXPECT_THAT(change.states, ElementsAre("MYS", "PHL"));
    EXPECT_THAT(change.pays, ElementsAre(288'000, 540'000)) << "each saves half of 240";
}

TEST(ProjectShares, PriceAStateThatAsksToJoin) {
    Project project = radios();
    project.approved = {"MYS", "PHL"};
    const ProjectShares shares = shares_of(project);
    EXPECT_THAT(shares.states, ElementsAre("MYS", "PHL"));
    // Either of two members would leave the other alone: no group; and one joins.
    ASSERT_EQ(shares.changes.size(), 1U);
    EXPECT_TRUE(shares.changes[0].joins);
    EXPECT_EQ(shares.changes[0].state, "VNM");
    EXPECT_THAT(shares.changes[0].pays, ElementsAre(238'500, 492'000, 949'500));
}

TEST(ProjectShares, EveryRuleAddsUpToTheCent) {
    Project project = radios();
    project.terms->non_recurring = 12'345.67;
    project.terms->coordination = 0.031;
    const ProjectShares shares = shares_of(project);
    for (const MembersPay& rule : shares.rules) {
        EXPECT_EQ(std::accumulate(rule.pays.begin(), rule.pays.end(), Cents{0}), shares.together)
            << rule.rule;
    }
    for (const ProjectChange& change : shares.changes) {
        EXPECT_EQ(
            std::accumulate(change.pays.begin(), change.pays.end(), Cents{0}),
            change.together
        );
    }
}

TEST(ProjectShares, SayWhatIsNotKnown) {
    Project project = radios();
    project.parts[1].quantity = procure::Range{50, 70};
    EXPECT_THAT(shares_of(project).why_not, testing::HasSubstr("PHL"));
    EXPECT_THAT(shares_of(project).rules, IsEmpty());
    project = radios();
    project.terms.reset();
    EXPECT_EQ(shares_of(project).why_not, "No prices are known.");
    project = radios();
    project.approved = {"MYS"};
    EXPECT_EQ(shares_of(project).why_not, "Fewer than two members are known.");
    project = radios();
    project.terms->prices->breaks.front().from = 40;
    EXPECT_THAT(shares_of(project).why_not, testing::HasSubstr("MYS"));
}

}  // namespace
}  // namespace adic::app
