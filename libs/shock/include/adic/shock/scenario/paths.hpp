#pragma once

#include "adic/shock/scenario/resolve.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace adic::shock {

/// Which end of every estimate is taken, named by what it means to the buyer.
enum class Harshness { mild, likely, harsh };

/// One event as it turned out: figures drawn from its estimates, or taken at an end of them.
struct EventOutcome {
    bool happens = true;
    double severity = 0;       ///< in [0, 1]
    double rate = 0;           ///< of a tariff, >= 0
    double duration_days = 0;  ///< > 0; infinite if the event outlasts the horizon
    double recovery_days = 0;  ///< 0: all is back at once
    double processing_days = 0;
    double approved_share = 1;  ///< in [0, 1]
    double quota = 1;           ///< >= 0
    double backlog_share = 0;   ///< in [0, 1]
    double backlog_days = 0;    ///< 0: all within a day
    double reach = 0.5;         ///< where in SupplyEffect::part: 0 low, 0.5 likely, 1 high
};

/// The event at one end of its estimates; it happens.
EventOutcome outcome_of(const ResolvedEvent& resolved, Harshness harshness);

/// All events of a scenario, in order: the case in which everything happens.
std::vector<EventOutcome> list_outcomes(const ResolvedScenario& scenario, Harshness harshness);

/// A supply, week by week, as part of what it gives without the scenario.
///
/// What arrives in week t is availability[t] + late[t] times the usual; what arrives late is
/// nowhere else in the path.
struct SupplyPath {
    std::uint32_t supply;
    std::vector<double> availability;  ///< in [0, 1]
    std::vector<double> late;          ///< >= 0: detours and licences that came at last
    std::vector<double> price;         ///< factor, >= 1
    std::vector<double> delay_days;    ///< mean extra days at sea of what is sent off, >= 0
};

/// The part of an item's supply that no row of the map records.
struct ItemPath {
    model::ItemIndex item;
    std::vector<double> availability;
    std::vector<double> price;
};

/// What is left of a stock after a day of destruction.
struct StockLoss {
    std::uint32_t stock;
    std::int32_t day;  ///< after the scenario's start; negative: before it
    double kept;       ///< factor, in [0, 1]
};

struct ScenarioPaths {
    std::uint32_t weeks = 0;
    std::vector<SupplyPath> supplies;     ///< by supply; those that nothing reaches are not listed
    std::vector<ItemPath> items;          ///< by item; likewise
    std::vector<StockLoss> stock_losses;  ///< by stock, then day

    /// Null if the scenario does not reach the supply. Cost: O(log supplies).
    const SupplyPath* find(std::uint32_t supply) const;
};

/// The intensity of an event, from 0 to 1, averaged over each day of the horizon.
///
/// Source:   docs/explanation/shock-scenarios.md (E1, E2).
/// Cost:     O(horizon).
std::vector<double> daily_intensity(
    const model::ShockEvent& event,
    const EventOutcome& outcome,
    std::uint32_t horizon_days
);

/// The paths of all supplies that the scenario reaches, if its events turn out as stated.
///
/// Source:   docs/explanation/shock-scenarios.md (E3, E6-E10).
/// Requires: one outcome for each event.
/// Cost:     O(horizon * (events + effects)).
ScenarioPaths trace_paths(const ResolvedScenario& scenario, std::span<const EventOutcome> outcomes);

/// The same into memory that is there already: for many runs of one scenario.
void trace_paths_into(
    const ResolvedScenario& scenario,
    std::span<const EventOutcome> outcomes,
    ScenarioPaths& paths
);

}  // namespace adic::shock
