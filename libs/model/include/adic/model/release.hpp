#pragma once

#include "adic/base/result.hpp"

#include <chrono>
#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::model {

/// How much of something a reader is shown. In order: less comes before more.
enum class Disclosure {
    none,         ///< nothing: as if it were not there
    exists,       ///< that there is something, and not what
    generalised,  ///< less than the value, by the rule that its field states: a band, a year
    full
};

std::string_view name_of(Disclosure disclosure);
std::optional<Disclosure> parse_disclosure(std::string_view text);

/// To whom something is shown. A state or bloc stands for its officials; firms and institutes are
/// named themselves.
struct Audience {
    /// In order: narrower comes before wider.
    enum class Kind { organisation, state, bloc, everyone };

    Kind kind = Kind::everyone;
    std::string id = {};  ///< of the organisation, state or bloc; empty for everyone

    friend auto operator<=>(const Audience&, const Audience&) = default;
};

/// That an audience is shown something, from a day on and until another.
struct Grant {
    Audience audience;
    Disclosure disclosure = Disclosure::full;
    std::optional<std::chrono::sys_days> from = {};   ///< embargo: the first day; empty: at once
    std::optional<std::chrono::sys_days> until = {};  ///< the first day on which it no longer is

    friend auto operator<=>(const Grant&, const Grant&) = default;
};

/// Grants for one field. A field that has none of its own goes with its record.
struct FieldRelease {
    std::string field;
    std::vector<Grant> grants;  ///< empty: nobody but the owner

    friend bool operator==(const FieldRelease&, const FieldRelease&) = default;
};

/// What the owner of a record lets others see of it. Nothing, unless something is granted.
///
/// The most restrictive wins: of a field a reader sees no more than its own grants and than those
/// of the record allow.
struct ReleasePolicy {
    std::vector<Grant> record = {};
    std::vector<FieldRelease> fields = {};  ///< sorted by field, each once

    friend bool operator==(const ReleasePolicy&, const ReleasePolicy&) = default;
};

/// Who reads, and when.
struct Reader {
    std::string state = {};               ///< that it or its organisation is of; empty: none
    std::vector<std::string> blocs = {};  ///< that the state belongs to
    std::string organisation = {};        ///< empty: none
    bool is_official = false;             ///< acts for the state itself
    std::chrono::sys_days on = {};        ///< today, for embargo and expiry

    friend bool operator==(const Reader&, const Reader&) = default;
};

/// Whether the reader is one of the audience.
bool belongs_to(const Reader& reader, const Audience& audience);

/// The most that any grant in force gives the reader. None, if no grant does.
/// Cost: O(grants * blocs).
Disclosure disclosed_to(const Reader& reader, const std::vector<Grant>& grants);

/// Reads what people write into a cell: "" (nobody), "public", "IDN;MYS", "ASEAN:generalised",
/// "org:PTX:exists", "SGP@2026-01-01/2027-01-01", several separated by ';'. A name in `blocs` is a
/// bloc, any other a state. A day that is missing beside the '/' is open.
///
/// Errors: invalid_argument with the part that is wrong, and what would be right.
Result<std::vector<Grant>>
parse_grants(std::string_view text, const std::vector<std::string>& blocs);

/// The first state of the grants that nobody knows; empty: all are known. A slip of the pen would
/// release to nobody, or one day to somebody else.
std::optional<std::string> unknown_state(
    const std::vector<Grant>& grants,
    const std::function<bool(std::string_view id)>& is_state
);

/// The text that `parse_grants` reads as the same grants.
std::string to_text(const std::vector<Grant>& grants);

/// Sorted, with what says nothing more than another grant left out: two policies that look the
/// same to every reader on every day may still differ, but what is written twice is there once.
ReleasePolicy normalised(ReleasePolicy policy);

/// The days on which what somebody sees may change, sorted: embargoes that end, grants that lapse.
std::vector<std::chrono::sys_days> days_of_change(const ReleasePolicy& policy);

/// The words of the Traffic Light Protocol (FIRST, "Traffic Light Protocol 2.0", 2022) for the
/// widest audience that is shown anything: "TLP:RED" (the owner alone), "TLP:AMBER+STRICT" (named
/// organisations), "TLP:AMBER" (named states), "TLP:GREEN" (a bloc), "TLP:CLEAR" (everyone).
std::string_view traffic_light_of(const ReleasePolicy& policy);

}  // namespace adic::model
