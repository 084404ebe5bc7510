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

/// The cuts of a family without redundant ones that contain `event`, without it.
CutFamily partners_of(const CutFamily& cuts, std::uint32_t event);

/// For each event, the probability that, once it has failed, some cut that contains it occurs; an
/// event in no cut has 0. Empty if that takes more than the budget. By listing where the cuts are
/// few, else on diagrams.
std::optional<std::vector<double>> shares_of_events(
    const OrderedDiagram& cuts,
    std::span<const double> events,
    std::size_t node_budget
);

/// The same with the cuts of each event as a list, taken apart.
/// Cost: one decomposition for each event, `step_budget` for all of them; at most 2,000 cuts.
std::optional<std::vector<double>> shares_by_listing(
    const OrderedDiagram& cuts,
    std::span<const double> events,
    std::size_t step_budget
);

/// The same with one BDD of "some set of the family is failed" for each event, in one store.
std::optional<std::vector<double>> shares_on_diagrams(
    const OrderedDiagram& cuts,
    std::span<const double> events,
    std::size_t node_budget
);

}  // namespace adic::supply::cuts
