#pragma once

#include "adic/app/blocks/computing.hpp"
#include "adic/base/blocks.hpp"
#include "adic/base/result.hpp"
#include "adic/base/sentence.hpp"
#include "adic/model/scenario.hpp"
#include "adic/shock/montecarlo/montecarlo.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace adic::app {

/// Many futures of items of a map.
struct SimulateMapRequest {
    std::optional<model::Scenario> scenario = {};  ///< empty: the hazards that the map records
    std::vector<model::ItemIndex> targets = {};    ///< the items that are asked about
    supply::Viewpoint viewpoint = {};
    std::filesystem::path data = {};  ///< the folder with the sea routes
    std::uint32_t weeks = 0;          ///< of a run; 0: as long as the scenario, 104 for hazards
    /// Only `usual.cover_days`, `enough` and `equipment` may differ from the standard.
    shock::ItemDynamicsOptions items = {};
    shock::MonteCarloOptions draws = {};
    shock::StoppingRule rule = {};
};

struct SimulateMapAnswer {
    shock::ResolvedScenario resolved;
    std::uint32_t weeks = 0;
    std::vector<model::ItemIndex> items;  ///< of each node of the summary
    shock::MonteCarloSummary summary;     ///< its targets in the order asked
    /// By target, by week: the probability that it has stopped by the end of the week.
    std::vector<std::vector<double>> stopped_by;
    std::vector<Sentence> notes;
};

/// Follows items of a map through as many futures as the rule wants, on threads or hosts.
///
/// Errors: those of `shock::resolve`, `ItemNetwork::create`, `ItemMonteCarlo::create` and
///         `compute`; invalid_argument if the map records no hazard from outside, if bands
///         of so many runs do not fit into memory, or if the
///         weights of raised events leave fewer than 100 runs, or than one in a hundred.
/// Cost:   that of the runs: O(runs * weeks * (items + needs)).
Result<SimulateMapAnswer> simulate_map(
    const supply::MapIndex& index,
    const SimulateMapRequest& request,
    const Computing& computing = {}
);

inline constexpr std::string_view map_simulation_kind = "map-simulation";

/// The work of a job of that kind.
Result<BlockWork> open_map_simulation(const Job& job);

}  // namespace adic::app
