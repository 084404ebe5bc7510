#pragma once

#include "adic/base/result.hpp"
#include "adic/procure/pooled_purchase.hpp"
#include "adic/procure/price.hpp"

#include <cstdint>
#include <numeric>
#include <variant>
#include <vector>

namespace adic::procure {

/// What so many pieces of a line cost from `first` on, by their number.
std::vector<double> line_costs(const LearningCurve& curve, double most, std::uint64_t first = 1);

/// Errors: invalid_argument for parts of pieces, or more than a line takes with those made before.
Result<std::monostate> check_pieces(const std::vector<double>& quantities, double made_before);

/// What the curve counts as made before the orders.
inline double made_before(const PurchaseTerms& terms) {
    return static_cast<double>(terms.first_piece - 1);
}

/// What a group pays that buys together, or one that buys alone.
template <typename Made>
double group_cost(const std::vector<double>& wanted, const PurchaseTerms& terms, const Made& made) {
    const double together = made(std::accumulate(wanted.begin(), wanted.end(), 0.0));
    if (wanted.size() == 1) {
        return together + terms.non_recurring;
    }
    const double cost = (together + terms.non_recurring) * (1.0 + terms.coordination);
    if (terms.kept_by_supplier == 0.0) {
        return cost;
    }
    double apart = 0.0;
    for (const double quantity : wanted) {
        apart += made(quantity) + terms.non_recurring;
    }
    return cost < apart ? apart - (apart - cost) * (1.0 - terms.kept_by_supplier) : cost;
}

}  // namespace adic::procure
