#pragma once

#include "adic/shock/montecarlo/montecarlo.hpp"
#include "adic/shock/scenario/paths.hpp"

#include "montecarlo/spreads.hpp"
#include "montecarlo/uniforms.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace adic::shock {

/// A network, a scenario, and how they are drawn from; shared by all blocks.
struct MonteCarloProblem {
    ItemNetwork network;
    ResolvedScenario scenario;
    MonteCarloOptions options;
    Spreads spreads;
    Uniforms uniforms;
    std::vector<std::uint32_t> node_of_supply;  ///< by row of the map, or none
    std::vector<std::uint32_t> slot_of_supply;  ///< its place among the node's supplies
    std::string digest;
};

/// Everything that is drawn for one run but what belongs to items.
struct DrawnScenario {
    std::vector<EventOutcome> outcomes;  ///< by event
    std::vector<std::int32_t> starts;    ///< by event
    double weight = 1;

    bool is_quiet() const;  ///< nothing happens
};

/// Source: docs/explanation/shock-montecarlo.md (M2-M4, M9).
void draw_scenario(const MonteCarloProblem& problem, std::uint64_t run, DrawnScenario& drawn);

/// The shares that the suppliers of a node have in a run; what they leave of 1 is unrecorded.
///
/// Source: docs/explanation/shock-montecarlo.md (M3).
void draw_shares(
    const MonteCarloProblem& problem,
    std::uint64_t run,
    std::uint32_t node,
    std::vector<double>& shares
);

}  // namespace adic::shock
