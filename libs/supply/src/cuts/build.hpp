#pragma once

#include "cuts/diagram.hpp"
#include "cuts/modules.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace adic::supply::cuts {

/// Events of a module in the order in which a diagram decides them.
using VariableOrder = std::vector<Ref>;

/// Orders worth a try, the most promising first.
///
/// Source: depth first from the top (Fujita, Fujisawa, Kawato 1988), with the lighter or the
///         heavier child first, and FORCE (Aloul, Markov, Sakallah 2003, GLSVLSI).
std::vector<VariableOrder> candidate_orders(const Circuit& circuit);

/// The circuit's top as a diagram over levels of `order`; empty if more than `node_budget` nodes.
std::optional<Diagram>
build_bdd(const Circuit& circuit, const VariableOrder& order, std::size_t node_budget);

struct CutBudget {
    std::size_t nodes;
    std::uint32_t most_events;  ///< Zbdd::no_limit: cuts of all orders
};

/// The minimal cuts of the circuit's top, as a ZBDD over levels of `order`, without a BDD.
///
/// `known` are minimal cuts of the top. What contains one of them is dropped at every gate on the
/// way: it can only become a superset of a known cut. Knowing the short cuts makes the long ones
/// cheap, often a hundred times.
std::optional<Diagram> build_cuts(
    const Circuit& circuit,
    const VariableOrder& order,
    const CutBudget& budget,
    const Diagram& known = {}
);

/// The minimal cuts of all orders, from the finished BDD.
std::optional<Diagram> cuts_of(const Diagram& bdd, std::size_t node_budget);

}  // namespace adic::supply::cuts
