#pragma once

#include "adic/procure/game.hpp"
#include "adic/procure/price.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adic::procure {

/// What buying a quantity costs, by a price list or by a learning curve on one line.
struct PurchaseTerms {
    std::optional<PriceList> prices = {};
    std::optional<LearningCurve> curve = {};  ///< counts whole pieces; used without a price list
    double non_recurring = 0.0;  ///< of design and tooling, once for each order that is placed
    double coordination = 0.0;   ///< what buying with others adds, as a share of the cost
};

/// What `buyers` states pay for a quantity that they order as one.
/// Requires: a price list or a curve, and buyers > 0. Unit: that of the prices.
double cost_of(const PurchaseTerms& terms, double quantity, int buyers);

/// What each set of states would pay if it bought by itself, to the cent.
/// Errors: invalid_argument as model::check_game.
/// Requires: as many quantities as states. Cost: O(2^n * cost of a purchase).
Result<CostGame> game_of(
    const std::vector<std::string>& states,
    const std::vector<double>& quantities,
    const PurchaseTerms& terms
);

}  // namespace adic::procure
