#pragma once

#include "adic/app/simulate_map.hpp"
#include "adic/base/result.hpp"
#include "adic/shock/montecarlo/montecarlo.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace adic::app {

/// A scenario resolved against a map, and the futures that are drawn from it.
struct Simulation {
    shock::ResolvedScenario resolved;
    shock::ItemMonteCarlo futures;
    std::vector<std::string> notes;
};

/// Errors: those of `simulate_map`. `folder` holds the sea routes.
Result<Simulation> prepare(
    const supply::MapIndex& index,
    const SimulateMapRequest& request,
    const std::filesystem::path& folder
);

}  // namespace adic::app
