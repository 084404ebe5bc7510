#include "adic/procure/pooled_purchase.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace adic::procure {
namespace {

/// What the first so many pieces of a line cost, by their number.
std::vector<double> line_costs(const LearningCurve& curve, double most) {
    std::vector<double> costs{0.0};
    for (std::uint64_t unit = 1; static_cast<double>(unit) <= most; ++unit) {
        costs.push_back(costs.back() + lot_cost(curve, unit, unit));
    }
    return costs;
}

Result<std::monostate> check_pieces(const std::vector<double>& quantities) {
    const auto wrong = [](const char* what) {
        return Error{ErrorCode::invalid_argument, what, {}};
    };
    const bool are_whole = std::ranges::all_of(quantities, [](double quantity) {
        return quantity >= 1.0 && quantity == std::floor(quantity);
    });
    if (!are_whole) {
        return wrong("a learning curve counts whole pieces: every quantity is a whole number");
    }
    if (std::accumulate(quantities.begin(), quantities.end(), 0.0) > most_pieces_of_a_line) {
        return wrong("a learning curve takes at most a million pieces");
    }
    return std::monostate{};
}

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
        double quantity = 0.0;
        for (std::size_t p = 0; p < quantities.size(); ++p) {
            quantity += (coalition >> p & 1U) != 0 ? quantities[p] : 0.0;
        }
        const double with_others = model::size_of(coalition) > 1 ? 1.0 + terms.coordination : 1.0;
        const double cost = (made(quantity) + terms.non_recurring) * with_others * cents;
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
    ADIC_TRY([[maybe_unused]] const auto pieces, check_pieces(quantities));
    const std::vector<double> costs =
        line_costs(*terms.curve, std::accumulate(quantities.begin(), quantities.end(), 0.0));
    return priced(std::move(game), quantities, terms, [&](double quantity) {
        return costs[static_cast<std::size_t>(quantity)];
    });
}

}  // namespace adic::procure
