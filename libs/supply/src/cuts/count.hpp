#pragma once

#include "cuts/modules.hpp"
#include "cuts/solve.hpp"

#include <optional>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

namespace adic::supply::cuts {

using BigInt = boost::multiprecision::cpp_int;

/// All cuts of a module, with `below` the totals of the modules that it takes as events. Empty if
/// there are more than 2^4096, which nobody can read, or if that holds for one below.
/// Cost: O(nodes) operations on big numbers.
std::optional<BigInt> count_all(
    const Module& module,
    const OrderedDiagram& cuts,
    const std::vector<std::optional<BigInt>>& below
);

/// Cuts of each number of events: entry k counts those of exactly k.
using OrderCounts = std::vector<BigInt>;

/// The most events that a cut of the module has, with `below` that of the modules below.
/// Cost: O(nodes).
std::uint64_t longest_cut(
    const Module& module,
    const OrderedDiagram& cuts,
    const std::vector<std::uint64_t>& below
);

/// Counts the cuts of a module by order, from 0 to `orders`, with `below` the counts of the modules
/// below, as far as those go.
/// Cost: O(nodes * orders) additions of big numbers, and as many products for each module below.
OrderCounts count_by_order(
    const Module& module,
    const OrderedDiagram& cuts,
    const std::vector<OrderCounts>& below,
    std::uint64_t orders
);

/// For each event of the module, the cuts that contain it; modules below count with `totals`, which
/// must be known.
std::vector<BigInt> count_with_event(
    const Module& module,
    const OrderedDiagram& cuts,
    const std::vector<std::optional<BigInt>>& totals
);

}  // namespace adic::supply::cuts
