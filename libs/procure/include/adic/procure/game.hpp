#pragma once

#include "adic/model/cost_game.hpp"

namespace adic::procure {

using model::Coalition;
using model::CostGame;

/// The game of those players alone. Requires: a coalition of at least two of the game's players.
CostGame restricted(const CostGame& game, Coalition players);

}  // namespace adic::procure
