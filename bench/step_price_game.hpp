#pragma once

#include "adic/procure/game.hpp"

#include <cstdint>

namespace adic::bench {

/// Eleven states that buy four items, each at a price that falls in steps, with buying up to the
/// next step where that is cheaper; about half of the states want each item. Many sets of states
/// save the same, so that the nucleolus takes many linear programs, one after the other: of seed 27
/// ten, the most that there can be. In cents.
procure::CostGame step_price_game(std::uint64_t seed);

}  // namespace adic::bench
