#include "scenario_over.hpp"

#include "adic/shock/montecarlo/hazards.hpp"

#include <fmt/format.h>

namespace adic::app {

Result<model::Scenario> scenario_over(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    const std::optional<model::Scenario>& given,
    std::uint32_t weeks
) {
    constexpr std::uint32_t days_of_week = 7;
    constexpr std::uint32_t weeks_of_hazards = 104;
    if (given) {
        model::Scenario scenario = *given;
        scenario.horizon_days = weeks > 0 ? weeks * days_of_week : scenario.horizon_days;
        return scenario;
    }
    const std::uint32_t length = weeks > 0 ? weeks : weeks_of_hazards;
    model::Scenario hazards = shock::hazard_scenario(index, viewpoint, length * days_of_week);
    if (hazards.events.empty()) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "the map records no hazard that comes from outside {}: give an episode or a "
                "scenario instead",
                viewpoint.label
            ),
            {}};
    }
    return hazards;
}

}  // namespace adic::app
