#pragma once

#include "adic/procure/pooled_purchase.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adic::procure {

/// More than `model::most_exact_players` are sampled, up to so many.
inline constexpr std::size_t most_sampled_players = 60;

/// What one rule asks of each of many states.
struct ManyShared {
    std::string_view rule;
    std::vector<std::int64_t> cents;          ///< they add up to what all pay together
    std::vector<double> standard_error = {};  ///< in cents; empty: the rule is exact
};

struct ManyShares {
    std::vector<std::int64_t> alone;  ///< cents that each would pay by itself
    std::int64_t together = 0;
    std::vector<ManyShared> rules;
};

struct SamplingOptions {
    std::size_t draws = 200;  ///< for each state and each place in the order, at least 2
    std::uint64_t seed = 1;
};

/// Shares a purchase among more states than all sets of can be looked at: by the equal price, in
/// proportion to what each would pay alone, and by a sampled Shapley value, which is scaled so that
/// it adds up. The same seed gives the same cents.
///
/// Errors: invalid_argument for fewer than two or too many states, and as game_of.
/// Requires: as many quantities as states; draws of at least 2.
/// Cost: O(states^3 draws + pieces).
Result<ManyShares> share_among_many(
    const std::vector<double>& quantities,
    const PurchaseTerms& terms,
    const SamplingOptions& options = {}
);

}  // namespace adic::procure
