#pragma once

#include "adic/base/result.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace adic::model {

/// A set of players: bit i is player i.
using Coalition = std::uint32_t;

inline constexpr std::size_t most_exact_players = 16;

/// What a game may be about at most: a trillion, in hundredths.
inline constexpr std::int64_t largest_amount = 100'000'000'000'000;

inline int size_of(Coalition coalition) {
    return std::popcount(coalition);
}

/// What each set of states would pay if it bought by itself: a cooperative cost game with
/// transferable utility. The savings game that goes with it is v(S) = sum of c(i) in S - c(S).
///
/// Amounts are hundredths (cents), as whole numbers: what follows from them is exact.
struct CostGame {
    std::vector<std::string> players;
    std::vector<std::int64_t> costs;  ///< 2^n, by coalition; of nobody: 0

    std::size_t size() const { return players.size(); }

    Coalition everybody() const { return (Coalition{1} << players.size()) - 1; }

    std::int64_t alone(std::size_t player) const { return costs[std::size_t{1} << player]; }

    /// What the coalition saves against each of it buying alone. Cost: O(players).
    std::int64_t saving(Coalition coalition) const;
};

/// Errors: invalid_argument for fewer than two or more than 16 players, players without a name or
///         with the name of another one, a number of costs other than 2^n, a cost of nobody other
///         than 0, or one beyond `largest_amount`.
Result<std::monostate> check_game(const CostGame& game);

/// The players of a coalition, in their order, with `+` between them.
std::string name_of(const CostGame& game, Coalition coalition);

}  // namespace adic::model
