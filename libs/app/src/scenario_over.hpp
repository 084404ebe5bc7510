#pragma once

#include "adic/base/result.hpp"
#include "adic/model/scenario.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>
#include <optional>

namespace adic::app {

/// The scenario over so many weeks (0: as long as it is), or, where none is given, the hazards that
/// the map records from outside the viewpoint (0: over 104 weeks).
///
/// Errors: invalid_argument if the map records no such hazard.
Result<model::Scenario> scenario_over(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    const std::optional<model::Scenario>& given,
    std::uint32_t weeks
);

}  // namespace adic::app
