#pragma once

#include "adic/model/aggregate.hpp"
#include "adic/registry/release/seen_record.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::registry {

/// A consent of a state to one definition.
struct Consent {
    std::string id;     ///< of its record
    std::string state;  ///< its owner
    std::chrono::sys_days from;
    std::chrono::sys_days until;  ///< the first day on which it no longer holds

    friend bool operator==(const Consent&, const Consent&) = default;
};

/// What is published of an aggregate.
struct AggregateTotal {
    std::optional<double> total;  ///< empty: withheld, and why is not said

    friend bool operator==(const AggregateTotal&, const AggregateTotal&) = default;
};

/// A result that was published.
struct SeenResult {
    std::string id;
    std::vector<std::string> states;
    std::chrono::sys_days published;
    AggregateTotal total;
};

/// What of its own records a state would have counted.
struct OwnPart {
    double quantity = 0.0;
    std::size_t records = 0;  ///< that are counted
    std::size_t undated = 0;  ///< of the item, and not counted because they have no first day
};

/// The identifiers of what belongs to an aggregate. Each begins with its owner.
std::string consent_id(std::string_view state, std::string_view aggregate);
std::string result_id(std::string_view aggregate);

/// The digest that a consent is bound to: of all that the definition says, its identifier and its
/// owner.
std::string mark_of(const model::Aggregate& aggregate);

/// Whether some record could be counted in both: the same measure and item, and years in common.
bool overlap(const model::Aggregate& a, const model::Aggregate& b);

/// A definition; empty if the record is none, or less than all of it is seen.
std::optional<model::Aggregate> aggregate_in(const SeenRecord& record);

/// The consents to this definition, as it is worded now, that hold on a day: of each state one,
/// by state.
std::vector<Consent> consents_to(
    const model::Aggregate& aggregate,
    std::span<const SeenRecord> records,
    std::chrono::sys_days on
);

/// The result of an aggregate among records; empty: there is none that is seen in full.
std::optional<SeenResult>
find_result(const model::Aggregate& aggregate, std::span<const SeenRecord> records);

/// Whether a record is of the type and the item that the aggregate sums, whatever its day.
bool asks_for(const model::Aggregate& aggregate, const SeenRecord& record);

/// What a state would have counted, from what it sees of its own records.
OwnPart own_part(
    const model::Aggregate& aggregate,
    std::string_view state,
    std::span<const SeenRecord> records
);

/// The other aggregate by which plans of the state that this one asks for are counted already, or
/// may be: one that it has agreed to, or whose result has it. From what the state sees. Empty:
/// none.
std::optional<std::string> other_use(
    const model::Aggregate& aggregate,
    std::string_view state,
    std::span<const SeenRecord> records,
    std::chrono::sys_days on
);

}  // namespace adic::registry
