#pragma once

#include "adic/supply/indicators/shares.hpp"

#include <vector>

namespace adic::supply {

/// The largest share of one supplier outside, over all completions. Suppliers inside take part in
/// the sum to one: what they have at least, nobody outside can have, and what they may take, nobody
/// outside has to.
///
/// Requires: `inside` has one entry for each known supplier.
/// low exact (water filling of what inside and unknown cannot take); high exact. Cost: O(n log n).
Estimate largest_outside(const MarketShares& market, const std::vector<bool>& inside);

}  // namespace adic::supply
