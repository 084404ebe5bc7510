#pragma once

#include "adic/supply/lookthrough.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <vector>

namespace adic::shock {

/// Part of the value of each item that is controlled goods of the controllers, over all tiers, not
/// counting that the item itself is one: sum_j A_ij c_j.
///
/// Source:   docs/explanation/shock-scenarios.md (E5).
/// Requires: `is_controlled` by ItemIndex, `is_controller` by StateIndex.
/// Cost:     O(items + needs + supplies); circles until nothing changes by more than 1e-13.
std::vector<double> controlled_inputs(
    const supply::ValueNetwork& network,
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    const std::vector<bool>& is_controlled,
    const std::vector<bool>& is_controller
);

}  // namespace adic::shock
