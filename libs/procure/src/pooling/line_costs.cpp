#include "pooling/line_costs.hpp"

#include "adic/procure/pooled_purchase.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace adic::procure {

std::vector<double> line_costs(const LearningCurve& curve, double most, std::uint64_t first) {
    std::vector<double> costs{0.0};
    for (std::uint64_t made = 0; static_cast<double>(made) < most; ++made) {
        costs.push_back(costs.back() + lot_cost(curve, first + made, first + made));
    }
    return costs;
}

Result<std::monostate> check_pieces(const std::vector<double>& quantities, double made_before) {
    const auto wrong = [](const char* what) {
        return Error{ErrorCode::invalid_argument, what, {}};
    };
    const bool are_whole = std::ranges::all_of(quantities, [](double quantity) {
        return quantity >= 1.0 && quantity == std::floor(quantity);
    });
    if (!are_whole) {
        return wrong("a learning curve counts whole pieces: every quantity is a whole number");
    }
    if (std::accumulate(quantities.begin(), quantities.end(), made_before)
        > most_pieces_of_a_line) {
        return wrong("a learning curve takes at most a million pieces, with those made before");
    }
    return std::monostate{};
}

}  // namespace adic::procure
