#include "adic/procure/pooled_purchase.hpp"

#include <cmath>

namespace adic::procure {

double cost_of(const PurchaseTerms& terms, double quantity, int buyers) {
    const double made = terms.prices
                            ? cost_of(*terms.prices, quantity)
                            : lot_cost(*terms.curve, 1, static_cast<std::uint64_t>(quantity));
    return (made + terms.non_recurring) * (buyers > 1 ? 1.0 + terms.coordination : 1.0);
}

Result<CostGame> game_of(
    const std::vector<std::string>& states,
    const std::vector<double>& quantities,
    const PurchaseTerms& terms
) {
    if (states.size() > model::most_exact_players) {
        return Error{
            ErrorCode::invalid_argument,
            "all sets of more than " + std::to_string(model::most_exact_players)
                + " states are too many to price",
            {}};
    }
    constexpr double cents = 100.0;
    CostGame game{states, std::vector<std::int64_t>(std::size_t{1} << states.size(), 0)};
    for (Coalition coalition = 1; coalition < game.costs.size(); ++coalition) {
        double quantity = 0.0;
        for (std::size_t p = 0; p < states.size(); ++p) {
            quantity += (coalition >> p & 1U) != 0 ? quantities[p] : 0.0;
        }
        const double cost = cost_of(terms, quantity, model::size_of(coalition)) * cents;
        if (!(std::abs(cost) <= static_cast<double>(model::largest_amount))) {
            return Error{ErrorCode::invalid_argument, "a cost is at most a trillion", {}};
        }
        game.costs[coalition] = std::llround(cost);
    }
    ADIC_TRY(const auto checked, model::check_game(game));
    static_cast<void>(checked);
    return game;
}

}  // namespace adic::procure
