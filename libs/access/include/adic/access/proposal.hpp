#pragma once

#include "adic/access/account_book.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::access {

/// A wider audience for a record, which waits for a second pair of eyes.
struct Proposal {
    enum class State { waiting, approved, applied, refused, withdrawn };

    std::uint64_t number = 0;
    std::string record;
    std::string owner;   ///< state
    std::string field;   ///< empty: the record as a whole
    std::string before;  ///< version and policy when it was proposed, as text
    std::string after;
    model::Audience::Kind widest = model::Audience::Kind::everyone;  ///< of `after`
    std::string why;
    std::string by;  ///< account
    std::chrono::sys_seconds at;
    std::chrono::sys_seconds expires;
    State state = State::waiting;
    std::string decided_by = {};
    std::optional<std::chrono::sys_seconds> decided = {};

    friend bool operator==(const Proposal&, const Proposal&) = default;
};

std::string_view name_of(Proposal::State state);

/// What is proposed. Policies are texts that the caller can read back.
struct NewProposal {
    std::string record;
    std::string owner;
    std::string field = {};
    std::string before;
    std::string after;
    model::Audience::Kind widest = model::Audience::Kind::everyone;
    std::string why = {};
    std::chrono::days life{14};  ///< 1 to 90
};

/// Four eyes on widening an audience. Whether a release widens is for the caller to find out, who
/// knows the records; see `release_step`.
class Proposals {
  public:
    /// Requires: the book lives as long.
    explicit Proposals(AccountBook& book) : book_(&book) {}

    /// Errors: not_found if the record is not the principal's to release.
    Result<Proposal>
    add(const NewProposal& wanted, const Principal& by, std::chrono::sys_seconds now);

    /// By another account of the same state that may approve it and whose cap covers it.
    /// `policy_now`: the policy in force: what was proposed on another is not approved unseen.
    /// Errors: not_found, also for whoever may not know of it; conflict if it is one's own, has
    ///         been decided, has expired, or the policy is another by now; not_released if the cap
    ///         does not cover it.
    Result<Proposal> approve(
        std::uint64_t number,
        std::string_view policy_now,
        const Principal& by,
        std::chrono::sys_seconds now
    );

    /// By anyone who may approve it, or by whoever proposed it.
    /// Errors: not_found; conflict if it has been decided.
    Result<Proposal>
    refuse(std::uint64_t number, const Principal& by, std::chrono::sys_seconds now);

    /// The record has been written. A proposal that is approved and not applied is one that a stop
    /// came between: the caller writes the record again.
    /// Errors: not_found; conflict if it is not approved.
    std::optional<Error> mark_applied(std::uint64_t number);

    /// Of a state; only those that may still be decided or applied, or all. The newest first.
    Result<std::vector<Proposal>>
    list(std::string_view owner, bool only_open, std::chrono::sys_seconds now) const;

    Result<std::optional<Proposal>> find(std::uint64_t number) const;

  private:
    AccountBook* book_;
};

}  // namespace adic::access
