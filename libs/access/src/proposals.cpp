#include "adic/access/proposal.hpp"

#include "book_file.hpp"

#include <algorithm>
#include <array>

namespace adic::access {
namespace {

using sqlite::Database;
using sqlite::Statement;
using std::chrono::days;
using std::chrono::sys_seconds;
using State = Proposal::State;

constexpr std::size_t longest_text = std::size_t{64} << 10U;
constexpr days longest_life{90};

constexpr std::string_view columns =
    "number, record, owner, field, before, after, widest, why, by, at, expires, state, "
    "decided_by, decided";

Proposal proposal_in(const Statement& row) {
    Proposal proposal;
    proposal.number = static_cast<std::uint64_t>(row.number(0));
    proposal.record = row.text(1);
    proposal.owner = row.text(2);
    proposal.field = row.text(3);
    proposal.before = row.text(4);
    proposal.after = row.text(5);
    proposal.widest = static_cast<model::Audience::Kind>(row.number(6));
    proposal.why = row.text(7);
    proposal.by = row.text(8);
    proposal.at = to_time(row.number(9));
    proposal.expires = to_time(row.number(10));
    proposal.state = static_cast<State>(row.number(11));
    proposal.decided_by = row.text(12);
    if (!proposal.decided_by.empty()) {
        proposal.decided = to_time(row.number(13));
    }
    return proposal;
}

Error no_such_proposal() {
    return {ErrorCode::not_found, "there is no such proposal", {}};
}

Error conflict(std::string message) {
    return {ErrorCode::conflict, std::move(message), {}};
}

Result<std::optional<Proposal>> find_in(const Database& database, std::uint64_t number) {
    ADIC_TRY(
        Statement row,
        prepared(
            database,
            "SELECT " + std::string(columns) + " FROM proposal WHERE number = ?",
            static_cast<std::int64_t>(number)
        )
    );
    ADIC_TRY(const bool is_there, row.step());
    return is_there ? std::optional{proposal_in(row)} : std::nullopt;
}

Result<Proposal> proposal_in_book(const Database& database, std::uint64_t number) {
    ADIC_TRY(auto found, find_in(database, number));
    if (!found) {
        return no_such_proposal();
    }
    return *std::move(found);
}

Result<Proposal>
decide(const Database& database, Proposal proposal, const Principal& by, sys_seconds now) {
    ADIC_TRY(
        const std::int64_t decided,
        execute(
            database,
            "UPDATE proposal SET state = ?, decided_by = ?, decided = ? "
            "WHERE number = ? AND state = 0",
            static_cast<std::int64_t>(proposal.state),
            by.account,
            to_number(now),
            static_cast<std::int64_t>(proposal.number)
        )
    );
    if (decided == 0) {
        return conflict("the proposal has been decided already");
    }
    proposal.decided_by = by.account;
    proposal.decided = now;
    return proposal;
}

/// The rights of the principal as they are now, not as they were when the request began.
Result<Principal> as_of_now(const Database& database, const Principal& by) {
    ADIC_TRY(const Account account, account_in_book(database, by.account));
    if (!account.is_enabled) {
        return no_such_proposal();
    }
    Principal now = by;
    now.roles = account.roles;
    now.permissions = by.permissions & permissions_of(account.roles);
    now.widest = account.widest;
    return now;
}

/// A proposal that the principal may know of.
Result<Proposal> visible(const Database& database, std::uint64_t number, const Principal& by) {
    ADIC_TRY(Proposal proposal, proposal_in_book(database, number));
    const Target target{.owner = proposal.owner, .organisation = {}, .widest = {}};
    if (!may(by, Permission::propose_release, target)) {
        return no_such_proposal();
    }
    return proposal;
}

std::optional<Error> problem_of_approval(
    const Proposal& proposal,
    std::string_view policy_now,
    const Principal& by,
    sys_seconds now
) {
    if (proposal.by == by.account) {
        return conflict("a second pair of eyes is another's");
    }
    if (proposal.state != State::waiting) {
        return conflict("the proposal has been decided already");
    }
    if (now >= proposal.expires) {
        return conflict("the proposal has expired");
    }
    if (policy_now != proposal.before) {
        return conflict("the record or its release has been changed since: propose anew");
    }
    const Target target{.owner = proposal.owner, .organisation = {}, .widest = proposal.widest};
    if (!may(by, Permission::approve_release, target)) {
        return Error{
            ErrorCode::not_released,
            "this audience is wider than your account may release to",
            {}};
    }
    return std::nullopt;
}

std::optional<Error> problem_of(const NewProposal& proposal) {
    const std::array texts{
        &proposal.record,
        &proposal.field,
        &proposal.before,
        &proposal.after,
        &proposal.why};
    if (proposal.record.empty()
        || std::ranges::any_of(texts, [](const auto* t) { return t->size() > longest_text; })) {
        return Error{
            ErrorCode::invalid_argument,
            "a proposal names a record, in texts of at most 64 KiB",
            {}};
    }
    if (proposal.life < days{1} || proposal.life > longest_life) {
        return Error{ErrorCode::invalid_argument, "a proposal waits for 1 to 90 days", {}};
    }
    return std::nullopt;
}

/// Drawn, not counted: a count would tell a state how much others propose. Any JSON reader takes it
/// exactly.
std::int64_t drawn_number() {
    constexpr std::int64_t bits = 48;
    std::int64_t number = 0;
    for (const char byte : random_bytes(system_random(), bits / 8)) {
        number = number << 8 | static_cast<unsigned char>(byte);
    }
    return number + 1;
}

Result<Proposal> insert(const Database& database, Proposal proposal) {
    ADIC_TRY(
        Statement row,
        prepared(
            database,
            "INSERT INTO proposal (number, record, owner, field, before, after, widest, why, by, "
            "at, "
            "expires, state, decided_by, decided) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', "
            "0) "
            "RETURNING number",
            drawn_number(),
            proposal.record,
            proposal.owner,
            proposal.field,
            proposal.before,
            proposal.after,
            static_cast<std::int64_t>(proposal.widest),
            proposal.why,
            proposal.by,
            to_number(proposal.at),
            to_number(proposal.expires)
        )
    );
    ADIC_TRY(const bool is_there, row.step());
    if (!is_there) {
        return Error{ErrorCode::internal, "a proposal got no number", {}};
    }
    proposal.number = static_cast<std::uint64_t>(row.number(0));
    return proposal;
}

}  // namespace

std::string_view name_of(State state) {
    constexpr std::array<std::string_view, 5> names{
        "waiting",
        "approved",
        "applied",
        "refused",
        "withdrawn"};
    return names[static_cast<std::size_t>(state)];
}

Result<Proposal> Proposals::add(const NewProposal& wanted, const Principal& by, sys_seconds now) {
    if (auto problem = problem_of(wanted)) {
        return *std::move(problem);
    }
    return book_->file().change([&](const Database& database) -> Result<Proposal> {
        ADIC_TRY(const Principal who, as_of_now(database, by));
        if (!may(who, Permission::propose_release, {.owner = wanted.owner})) {
            return Error{ErrorCode::not_found, "there is no such record", {}};
        }
        Proposal proposal;
        proposal.record = wanted.record;
        proposal.owner = wanted.owner;
        proposal.field = wanted.field;
        proposal.before = wanted.before;
        proposal.after = wanted.after;
        proposal.widest = wanted.widest;
        proposal.why = wanted.why;
        proposal.by = who.account;
        proposal.at = now;
        proposal.expires = now + wanted.life;
        return insert(database, std::move(proposal));
    });
}

Result<Proposal> Proposals::approve(
    std::uint64_t number,
    std::string_view policy_now,
    const Principal& by,
    sys_seconds now
) {
    return book_->file().change([&](const Database& database) -> Result<Proposal> {
        ADIC_TRY(const Principal who, as_of_now(database, by));
        ADIC_TRY(Proposal proposal, visible(database, number, who));
        if (!may(who, Permission::approve_release, {.owner = proposal.owner})) {
            return no_such_proposal();
        }
        if (auto problem = problem_of_approval(proposal, policy_now, who, now)) {
            return *std::move(problem);
        }
        proposal.state = State::approved;
        return decide(database, std::move(proposal), who, now);
    });
}

Result<Proposal> Proposals::refuse(std::uint64_t number, const Principal& by, sys_seconds now) {
    return book_->file().change([&](const Database& database) -> Result<Proposal> {
        ADIC_TRY(const Principal who, as_of_now(database, by));
        ADIC_TRY(Proposal proposal, visible(database, number, who));
        const bool is_own = proposal.by == who.account;
        if (!is_own && !may(who, Permission::approve_release, {.owner = proposal.owner})) {
            return no_such_proposal();
        }
        proposal.state = is_own ? State::withdrawn : State::refused;
        return decide(database, std::move(proposal), who, now);
    });
}

std::optional<Error> Proposals::mark_applied(std::uint64_t number) {
    return problem_in(book_->file().change([&](const Database& database) -> Result<Done> {
        ADIC_TRY(const Proposal proposal, proposal_in_book(database, number));
        ADIC_TRY(
            const std::int64_t applied,
            execute(
                database,
                "UPDATE proposal SET state = ? WHERE number = ? AND state = ?",
                static_cast<std::int64_t>(State::applied),
                static_cast<std::int64_t>(proposal.number),
                static_cast<std::int64_t>(State::approved)
            )
        );
        if (applied == 0) {
            return conflict("the proposal is not approved");
        }
        return Done{};
    }));
}

Result<std::vector<Proposal>>
Proposals::list(std::string_view owner, bool only_open, sys_seconds now) const {
    return book_->file().read([&](const Database& database) {
        return collected(
            prepared(
                database,
                "SELECT " + std::string(columns)
                    + " FROM proposal WHERE owner = ?1 AND (?2 = 0 OR state = 1 OR (state = 0 AND "
                      "expires > ?3)) ORDER BY at DESC, number DESC",
                owner,
                std::int64_t{only_open ? 1 : 0},
                to_number(now)
            ),
            proposal_in
        );
    });
}

Result<std::optional<Proposal>> Proposals::find(std::uint64_t number) const {
    return book_->file().read([&](const Database& database) { return find_in(database, number); });
}

}  // namespace adic::access
