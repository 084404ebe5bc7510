#pragma once

#include "cuts/build.hpp"
#include "cuts/decompose.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace adic::supply::cuts {

/// A diagram, with the event that each of its levels decides.
struct OrderedDiagram {
    Diagram diagram;
    VariableOrder order;
};

/// What could be found out about one module within the budget.
struct Solution {
    /// The function of the module: a BDD, or a diagram with independent parts. Empty: too large.
    std::optional<OrderedDiagram> function;
    OrderedDiagram cuts;                       ///< ZBDD of the minimal cuts
    std::uint32_t cut_limit = Zbdd::no_limit;  ///< cuts of more events than this are missing
};

struct SolveBudget {
    std::size_t nodes;
    std::uint32_t cut_order;     ///< up to which cuts are looked for where not all of them fit
    bool wants_function = true;  ///< false: only the cuts count, there are no probabilities
};

/// Tries several orders under a growing budget: functions and families of cuts fail on different
/// structures, so both are tried, and each is made from the other where that works. Short cuts are
/// found first: they make the others cheap, and tell which order is the best.
Solution solve(const Circuit& circuit, const SolveBudget& budget);

/// The cuts of a ZBDD as lists of events; empty if there are more than `most`.
std::optional<CutFamily> list_of(const OrderedDiagram& cuts, std::size_t most);

}  // namespace adic::supply::cuts
