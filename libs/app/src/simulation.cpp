#include "simulation.hpp"

#include "adic/ingest/scenario_file.hpp"
#include "adic/shock/montecarlo/hazards.hpp"

#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using shock::ItemMonteCarlo;
using supply::MapIndex;

constexpr std::uint32_t days_of_week = 7;
constexpr std::uint32_t weeks_of_hazards = 104;

Result<model::Scenario> scenario_of(const MapIndex& index, const SimulateMapRequest& request) {
    if (request.scenario) {
        model::Scenario scenario = *request.scenario;
        if (request.weeks > 0) {
            scenario.horizon_days = request.weeks * days_of_week;
        }
        return scenario;
    }
    const std::uint32_t weeks = request.weeks > 0 ? request.weeks : weeks_of_hazards;
    model::Scenario hazards =
        shock::hazard_scenario(index, request.viewpoint, weeks * days_of_week);
    if (hazards.events.empty()) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "the map records no hazard that comes from outside {}: give an episode or a "
                "scenario instead",
                request.viewpoint.label
            ),
            {}};
    }
    return hazards;
}

}  // namespace

Result<Simulation> prepare(
    const MapIndex& index,
    const SimulateMapRequest& request,
    const std::filesystem::path& folder
) {
    ingest::ImportReport report;
    ADIC_TRY(const model::SeaRoutes routes, ingest::read_sea_routes(folder, report));
    ADIC_TRY(const model::Scenario scenario, scenario_of(index, request));
    ADIC_TRY(
        shock::ResolvedScenario resolved,
        shock::resolve(scenario, index, routes, request.viewpoint)
    );
    ADIC_TRY(
        const shock::ItemNetwork network,
        shock::ItemNetwork::create(index, request.viewpoint, request.targets, request.items)
    );
    ADIC_TRY(ItemMonteCarlo futures, ItemMonteCarlo::create(network, resolved, request.draws));
    std::vector<std::string> notes = resolved.notes;
    notes.insert(notes.end(), network.notes().begin(), network.notes().end());
    return Simulation{std::move(resolved), std::move(futures), std::move(notes)};
}

}  // namespace adic::app
