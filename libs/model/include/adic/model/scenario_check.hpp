#pragma once

#include "adic/model/scenario.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adic::model {

/// Why a scenario cannot be.
enum class ScenarioFault {
    range,       ///< a number is outside what it can be
    identifier,  ///< an id is no identifier, or taken
    reference,   ///< a name stands for nothing in the scenario
    figure,      ///< a figure is missing, or does not belong to the kind of event
    time,        ///< it ends before it starts, or is never felt
    target,      ///< it names nothing, or contradicts itself
    control,     ///< the terms of an export control contradict each other
    group        ///< events cannot happen together as it says
};

/// One fault, and where: a JSON pointer (RFC 6901) into the scenario as a file
/// (docs/reference/scenarios.md).
struct ScenarioProblem {
    ScenarioFault fault;
    std::string place;    ///< "/events/3/severity"
    std::string value;    ///< as it is; empty if it is missing
    std::string message;  ///< what is wrong and what would be right
};

/// The longest horizon, and the largest number of days before or after the start: 100 years.
inline constexpr std::int32_t longest_days = 36'525;

/// Every reason for which the scenario cannot be, whatever map it is read against.
/// Cost: O(size of the scenario, with a logarithm for names).
std::vector<ScenarioProblem> list_problems(const Scenario& scenario);

/// 1 to 64 of `A-Z a-z 0-9 . _ -`.
bool is_scenario_id(std::string_view text);

/// A probability for `horizon_days`: itself, or 1 - (1 - p)^(horizon / 365.25) if it is for a year.
///
/// Source:   docs/explanation/shock-scenarios.md (E11).
/// Requires: the probability is in [0, 1].
Estimate probability_over(Estimate probability, ProbabilitySpan span, std::uint32_t horizon_days);

}  // namespace adic::model
