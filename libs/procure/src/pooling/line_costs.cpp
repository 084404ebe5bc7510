#include "pooling/line_costs.hpp"

#include "adic/procure/pooled_purchase.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace adic::procure {

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

}  // namespace adic::procure
