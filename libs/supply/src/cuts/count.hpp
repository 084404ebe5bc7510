#pragma once

#include "cuts/modules.hpp"
#include "cuts/solve.hpp"

#include <optional>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

namespace adic::supply::cuts {

using BigInt = boost::multiprecision::cpp_int;

/// Cuts of each number of events: entry k counts those of exactly k.
using OrderCounts = std::vector<BigInt>;

/// Counts the cuts of a module, with `below` the counts of the modules that it takes as events.
/// Entries beyond `most` are left out.
///
/// Cost: O(nodes * orders) additions of big numbers, and as many products for each module below.
OrderCounts count_by_order(
    const Module& module,
    const OrderedDiagram& cuts,
    const std::vector<OrderCounts>& below,
    std::uint32_t most
);

/// For each event of the module, the cuts that contain it; modules below count with `totals`.
std::vector<BigInt> count_with_event(
    const Module& module,
    const OrderedDiagram& cuts,
    const std::vector<BigInt>& totals
);

}  // namespace adic::supply::cuts
