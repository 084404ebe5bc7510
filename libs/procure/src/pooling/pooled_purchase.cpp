#include "adic/procure/pooled_purchase.hpp"

#include "pooling/line_costs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace adic::procure {
namespace {

/// Fills in what each coalition pays. Errors: invalid_argument for a cost that is too large.
template <typename Made>
Result<CostGame> priced(
    CostGame game,
    const std::vector<double>& quantities,
    const PurchaseTerms& terms,
    const Made& made
) {
    constexpr double cents = 100.0;
    for (Coalition coalition = 1; coalition < game.costs.size(); ++coalition) {
        std::vector<double> wanted;
        for (std::size_t p = 0; p < quantities.size(); ++p) {
            if ((coalition >> p & 1U) != 0) {
                wanted.push_back(quantities[p]);
            }
        }
        const double cost = group_cost(wanted, terms, made) * cents;
        if (!(std::abs(cost) <= static_cast<double>(model::largest_amount))) {
            return Error{ErrorCode::invalid_argument, "a cost is at most a trillion", {}};
        }
        game.costs[coalition] = std::llround(cost);
    }
    return game;
}

}  // namespace

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
    CostGame game{states, std::vector<std::int64_t>(std::size_t{1} << states.size(), 0)};
    ADIC_TRY([[maybe_unused]] const auto checked, model::check_game(game));
    if (terms.prices) {
        return priced(std::move(game), quantities, terms, [&](double quantity) {
            return cost_of(*terms.prices, quantity);
        });
    }
    ADIC_TRY([[maybe_unused]] const auto pieces, check_pieces(quantities, made_before(terms)));
    const std::vector<double> costs = line_costs(
        *terms.curve,
        std::accumulate(quantities.begin(), quantities.end(), 0.0),
        terms.first_piece
    );
    return priced(std::move(game), quantities, terms, [&](double quantity) {
        return costs[static_cast<std::size_t>(quantity)];
    });
}

}  // namespace adic::procure
