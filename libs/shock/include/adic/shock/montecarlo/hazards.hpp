#pragma once

#include "adic/base/estimate.hpp"
#include "adic/model/scenario.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>

namespace adic::shock {

/// The hazards of a map as a scenario: each state, bloc, organisation and item that may stop
/// supplying does so with the yearly probability that the map records, for as long as the map says
/// it takes to recover; where it says nothing, 26 weeks, from 13 to 52. What is inside the
/// viewpoint is spared.
///
/// The start day of every event is 0: draw them with Starts::anywhere.
/// Cost: O(hazards * recoveries).
model::Scenario hazard_scenario(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    std::uint32_t horizon_days
);

}  // namespace adic::shock
