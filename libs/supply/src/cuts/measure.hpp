#pragma once

#include "cuts/solve.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace adic::supply::cuts {

/// Probability that the function of the diagram is failed, given one for each event.
/// P(x ? high : low) = P(low) + p (P(high) - P(low)); P(a or b) = 1 - (1 - P(a))(1 - P(b)).
/// Cost: O(nodes).
double probability_of(const OrderedDiagram& function, std::span<const double> events);

/// The derivative of that probability by the probability of each event: one pass up for the values,
/// one down for the weights.
/// Cost: O(nodes).
std::vector<double> derivatives_of(const OrderedDiagram& function, std::span<const double> events);

/// For each event, the probability that, once it has failed, some cut that contains it occurs. Empty
/// for a module with too many cuts, see `list_of` and `decompose`; an event in no cut has 0.
/// Cost: one decomposition of its cuts for each event, `step_budget` for all of them.
std::optional<std::vector<double>> shares_of_events(
    const OrderedDiagram& cuts,
    std::span<const double> events,
    std::size_t step_budget
);

}  // namespace adic::supply::cuts
