#pragma once

#include "adic/procure/fraction.hpp"
#include "adic/procure/game.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace adic::procure {

/// What each player pays of what all of them pay together, in hundredths.
using Shares = std::vector<Fraction>;

/// In proportion to weights, such as quantities: with quantities it is the equal unit price.
/// Requires: as many weights as players, none below 0, their sum above 0.
Shares proportional_shares(const CostGame& game, const std::vector<std::int64_t>& weights);

/// In proportion to what each would pay alone. Empty: alone they would pay nothing together.
std::optional<Shares> stand_alone_shares(const CostGame& game);

/// Separable costs, remaining benefits: each pays what it adds to all the others, and the rest is
/// shared in proportion to what each still saves then: nothing, if it adds more than it would pay
/// alone. Where nobody still saves anything, in equal parts.
/// Source: Young, Okada and Hashimoto (1982), "Cost allocation in water resources development",
///         Water Resources Research 18(3), section 3.2.
/// Cost:   O(players).
Shares separable_cost_shares(const CostGame& game);

/// The Shapley value: each pays what it adds to those before it, on average over all orders.
///
///     phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! * (c(S + i) - c(S))
///
/// Source: Shapley (1953), "A value for n-person games", Annals of Mathematics Studies 28.
/// Cost:   O(n 2^n).
Shares shapley_shares(const CostGame& game);

/// A Shapley value that was sampled, in hundredths.
struct SampledShares {
    std::vector<double> shares;  ///< they need not add up to the cost of all: their errors do not
    std::vector<double> standard_error;  ///< of each: 95 in 100 lie within 1.96 of them
};

/// The Shapley value of many players, by sampling: for each player and each place in the order,
/// `draws` random sets of those before it.
///
/// Source: Castro, Gomez and Tejada (2009), "Polynomial calculation of the Shapley value based on
///         sampling", Computers & Operations Research 36(5); strata by place: the same authors
///         (2017), "Improving polynomial estimation of the Shapley value by stratified random
///         sampling with optimum allocation", ibid. 82.
/// Requires: `players` and `draws` at least 2. `cost` is asked for sets of players.
/// Cost:   O(players^2 draws) questions to `cost`.
SampledShares sample_shapley(
    std::size_t players,
    std::size_t draws,
    std::uint64_t seed,
    const std::function<double(const std::vector<bool>& coalition)>& cost
);

/// A set of players that would pay less by itself than the shares ask of it.
struct Objection {
    Coalition coalition = 0;
    Fraction saves = 0;  ///< by going alone; at most 0: nobody objects
};

/// For each player, of the sets of players that it is in, but for everybody, the one that saves
/// most by itself; of several the one with the smallest number. Cost: O(n 2^n).
std::vector<Objection> worst_objections(const CostGame& game, const Shares& shares);

/// Whether no set of players would pay less by itself: c(S) >= x(S) for all S, with x(N) = c(N).
/// Source: Gillies (1959), "Solutions to general non-zero-sum games". Cost: O(2^n).
bool is_in_core(const CostGame& game, const Shares& shares);

/// The share of the volume above which a buyer's own gain falls as it brings more, if all pay the
/// same unit price: (3 - sqrt(5)) / 2.
/// Source: Schotanus, Telgen and de Boer (2008), "Unfair allocation of gains under the equal price
///         allocation method in purchasing groups", European Journal of Operational Research
///         187(1), for a price that falls with the square root of the volume.
inline constexpr double equal_price_limit = 0.381966011250105;

}  // namespace adic::procure
