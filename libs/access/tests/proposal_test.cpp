#include "adic/access/proposal.hpp"

#include "book_fixture.hpp"

#include <algorithm>
#include <set>

namespace adic::access {
namespace {

using std::chrono::days;
using Kind = model::Audience::Kind;

class ProposalTest : public BookTest {
  protected:
    void SetUp() override {
        BookTest::SetUp();
        add("editor", "MYS", {Role::editor});
        add("first", "MYS", {Role::releaser});
        add("second", "MYS", {Role::releaser});
        add("reader", "MYS", {Role::reader});
        add("foreign", "SGP", {Role::releaser, Role::administrator});
    }

    static NewProposal widening(Kind widest = Kind::bloc) {
        return {"MYS.radio-7", "MYS", "capacity", "SGP", "ASEAN", widest, "for the exercise"};
    }

    Proposal propose(std::string_view by, Kind widest = Kind::bloc) {
        auto made = Proposals(book()).add(widening(widest), principal(by), morning);
        EXPECT_TRUE(made) << (made ? "" : made.error().message);
        return made ? *made : Proposal{};
    }

    std::optional<ErrorCode> approve(
        const Proposal& proposal,
        std::string_view by,
        std::string_view policy_now = "SGP",
        std::chrono::sys_seconds now = morning
    ) {
        const auto approved =
            Proposals(book()).approve(proposal.number, policy_now, principal(by), now);
        return approved ? std::nullopt : std::optional{approved.error().code};
    }
};

TEST_F(ProposalTest, TakesAnotherOfTheSameState) {
    const Proposal made = propose("first");
    EXPECT_EQ(made.expires, morning + days{14});
    EXPECT_EQ(**Proposals(book()).find(made.number), made);
    EXPECT_EQ(approve(made, "first"), ErrorCode::conflict) << "one's own";
    EXPECT_EQ(approve(made, "editor"), ErrorCode::not_found) << "no releaser";
    EXPECT_EQ(approve(made, "reader"), ErrorCode::not_found);
    EXPECT_EQ(approve(made, "foreign"), ErrorCode::not_found) << "another state's";
    EXPECT_EQ(approve(made, "second"), std::nullopt);
    const auto approved = Proposals(book()).find(made.number);
    EXPECT_EQ((*approved)->state, Proposal::State::approved);
    EXPECT_EQ((*approved)->decided_by, "second");
    EXPECT_EQ((*approved)->decided, morning);
    EXPECT_EQ(approve(made, "second"), ErrorCode::conflict) << "once";
    EXPECT_EQ(approve(propose("editor"), "first"), std::nullopt);
}

TEST_F(ProposalTest, TakesASecondFactor) {
    const Proposal made = propose("first");
    const auto half =
        Proposals(book())
            .approve(made.number, "SGP", principal_of(found("second"), false), morning);
    EXPECT_EQ(half.error().code, ErrorCode::not_found);
}

TEST_F(ProposalTest, IsApprovedWithinTheCapAlone) {
    const Proposal made = propose("first", Kind::everyone);
    EXPECT_EQ(approve(made, "second"), ErrorCode::not_released);
    ASSERT_TRUE(book().change("second", {.widest = Kind::everyone}, owner(), morning));
    EXPECT_EQ(approve(made, "second"), std::nullopt);
}

TEST_F(ProposalTest, IsJudgedByTheRightsOfNow) {
    const Proposal made = propose("first");
    const Principal before = principal("second");
    ASSERT_TRUE(book().change("second", {.roles = Roles{Role::reader}}, owner(), morning));
    EXPECT_FALSE(Proposals(book()).approve(made.number, "SGP", before, morning))
        << "the request began before the role was taken away";
    ASSERT_TRUE(book().change(
        "second",
        {.roles = Roles{Role::releaser}, .is_enabled = false},
        owner(),
        morning
    ));
    EXPECT_FALSE(Proposals(book()).approve(made.number, "SGP", before, morning)) << "locked";
}

TEST_F(ProposalTest, IsNotApprovedOnAnotherPolicyOrTooLate) {
    const Proposal made = propose("first");
    EXPECT_EQ(approve(made, "second", "SGP;IDN"), ErrorCode::conflict);
    EXPECT_EQ(approve(made, "second", "SGP", made.expires), ErrorCode::conflict);
    EXPECT_EQ(approve(made, "second", "SGP", made.expires - std::chrono::seconds{1}), std::nullopt);
    EXPECT_EQ(approve({}, "second"), ErrorCode::not_found);
}

TEST_F(ProposalTest, IsProposedByWhoMay) {
    Proposals proposals(book());
    EXPECT_EQ(
        proposals.add(widening(), principal("reader"), morning).error().code,
        ErrorCode::not_found
    );
    EXPECT_EQ(
        proposals.add(widening(), principal("foreign"), morning).error().code,
        ErrorCode::not_found
    );
    NewProposal bad = widening();
    bad.life = days{91};
    EXPECT_FALSE(proposals.add(bad, principal("first"), morning));
    bad = widening();
    bad.after = std::string(70000, 'x');
    EXPECT_FALSE(proposals.add(bad, principal("first"), morning));
    bad = widening();
    bad.record.clear();
    EXPECT_FALSE(proposals.add(bad, principal("first"), morning));
}

TEST_F(ProposalTest, IsWithdrawnByItsOwnAndRefusedByAnother) {
    Proposals proposals(book());
    const Proposal one = propose("editor");
    EXPECT_FALSE(proposals.refuse(one.number, principal("foreign"), morning));
    EXPECT_FALSE(proposals.refuse(one.number, principal("reader"), morning));
    EXPECT_EQ(
        proposals.refuse(one.number, principal("editor"), morning)->state,
        Proposal::State::withdrawn
    );
    const Proposal two = propose("editor");
    EXPECT_EQ(
        proposals.refuse(two.number, principal("first"), morning)->state,
        Proposal::State::refused
    );
    EXPECT_EQ(approve(two, "second"), ErrorCode::conflict);
}

TEST_F(ProposalTest, StaysOpenUntilItIsApplied) {
    Proposals proposals(book());
    const Proposal waiting = propose("first");
    const Proposal approved = propose("first");
    const Proposal applied = propose("first");
    EXPECT_EQ(approve(approved, "second"), std::nullopt);
    EXPECT_EQ(approve(applied, "second"), std::nullopt);
    EXPECT_EQ(proposals.mark_applied(waiting.number)->code, ErrorCode::conflict);
    EXPECT_EQ(proposals.mark_applied(999)->code, ErrorCode::not_found);
    EXPECT_FALSE(proposals.mark_applied(applied.number));
    EXPECT_EQ(proposals.mark_applied(applied.number)->code, ErrorCode::conflict);
    const auto open = proposals.list("MYS", true, morning);
    ASSERT_EQ(open->size(), 2U);
    // Of the same second: their order is that of numbers that were drawn.
    const std::set<std::uint64_t> numbers{(*open)[0].number, (*open)[1].number};
    EXPECT_EQ(numbers, (std::set<std::uint64_t>{approved.number, waiting.number}));
    const auto later = proposals.list("MYS", true, waiting.expires);
    ASSERT_EQ(later->size(), 1U) << "what is approved is still to be applied";
    EXPECT_EQ(proposals.list("MYS", false, morning)->size(), 3U);
    EXPECT_TRUE(proposals.list("SGP", false, morning)->empty());
}

}  // namespace
}  // namespace adic::access
