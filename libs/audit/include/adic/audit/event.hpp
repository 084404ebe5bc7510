#pragma once

#include "adic/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adic::audit {

/// What happened.
enum class EventKind {
    account,       ///< somebody logged in, got a role, lost one
    acknowledged,  ///< a reader says that what was taken back is gone from its files
    counted,       ///< what a state has is counted in the result of an aggregate, by its consent
    exported,      ///< a record left in a bundle or file for a reader
    imported,      ///< a record came in from outside
    recalled,      ///< a release was taken back
    released,      ///< a record, or some of its fields, may be seen by more than before
    shown,         ///< a reader saw fields of a record
    told,          ///< a reader was told that what it had seen is taken back
    written        ///< a new version of a record
};

/// One entry of the log. It says who did what with which record, and names of fields: never a
/// value of a field, so that the log itself can be handed to auditors.
struct Event {
    EventKind kind = EventKind::written;
    std::chrono::sys_seconds at{};  ///< the caller's clock, UTC
    std::string actor;              ///< the account that did it
    std::string owner;              ///< the state whose record it is: three capital letters
    std::uint64_t number = 0;       ///< counts the entries of this owner from 1, without a gap
    std::string record;             ///< the record, or the account that it is about
    std::string reader = {};        ///< of `acknowledged`, `exported`, `shown` and `told` alone
    /// Names of fields, in order and none twice: of `exported`, `released` and `shown` alone.
    std::vector<std::string> fields = {};
    std::string detail = {};  ///< one word more: a version, a digest, the role that was given

    friend bool operator==(const Event&, const Event&) = default;
};

/// "shown"
std::string_view name_of(EventKind kind);

/// Errors: invalid_argument for a name that is no kind.
Result<EventKind> parse_event_kind(std::string_view name);

/// No entry of the log is longer.
inline constexpr std::size_t longest_entry = std::size_t{1} << 16U;

/// The one way to write an event: a JSON object as RFC 8785 has it (no spaces, keys in order),
/// docs/reference/audit-log.md.
///
/// Errors: invalid_argument if the event has what its kind has not or lacks what it has, if a text
///         is empty, too long, or has characters that it may not have.
Result<std::string> write_event(const Event& event);

/// Errors: invalid_argument unless `text` is what `write_event` writes, to the byte.
/// Cost:   linear.
Result<Event> parse_event(std::string_view text);

/// "2026-11-25T09:30:00Z"
std::string to_rfc3339(std::chrono::sys_seconds time);

/// Errors: invalid_argument unless it is a time of the years 1970 to 9999 in the form of
///         `to_rfc3339`.
Result<std::chrono::sys_seconds> parse_rfc3339(std::string_view text);

}  // namespace adic::audit
