#pragma once

#include "adic/procure/game.hpp"
#include "adic/procure/price.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adic::procure {

/// What buying a quantity costs, by a price list or by a learning curve on one line.
struct PurchaseTerms {
    std::optional<PriceList> prices = {};
    std::optional<LearningCurve> curve = {};  ///< counts whole pieces; used without a price list
    std::uint64_t first_piece = 1;  ///< of the curve, at which every order begins: some were made
    double non_recurring = 0.0;     ///< of design and tooling, once for each order that is placed
    double coordination = 0.0;      ///< what buying with others adds, as a share of the cost
    double kept_by_supplier = 0.0;  ///< the part of what buying together saves that it never gives
};

/// What all states together may want of what is made on one line, with what was made before.
inline constexpr double most_pieces_of_a_line = 1e6;

/// What each set of states would pay if it bought by itself, to the cent.
/// Errors: invalid_argument as model::check_game; for parts of a piece, or more than
///         `most_pieces_of_a_line`, by a learning curve.
/// Requires: as many quantities as states; a price list or a curve. Unit: that of the prices.
/// Cost: O(2^n (n + breaks) + pieces).
Result<CostGame> game_of(
    const std::vector<std::string>& states,
    const std::vector<double>& quantities,
    const PurchaseTerms& terms
);

}  // namespace adic::procure
