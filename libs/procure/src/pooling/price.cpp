#include "adic/procure/price.hpp"

#include <algorithm>
#include <cmath>

namespace adic::procure {
namespace {

double exponent_of(const LearningCurve& curve) {
    return std::log2(curve.slope);
}

double all_units_cost(const PriceList& prices, double quantity) {
    double cost = 0.0;
    for (const PriceBreak& step : prices.breaks) {
        if (step.from <= quantity) {
            cost = quantity * step.price;
        } else if (prices.may_buy_more) {
            cost = std::min(cost, step.from * step.price);
        }
    }
    return cost;
}

double incremental_cost(const PriceList& prices, double quantity) {
    double cost = 0.0;
    for (std::size_t b = 0; b < prices.breaks.size(); ++b) {
        const PriceBreak& step = prices.breaks[b];
        // What lies in a bracket are the pieces from its first to the one before the next.
        const double begins = b == 0 ? 0.0 : step.from - 1.0;
        const double ends =
            b + 1 < prices.breaks.size() ? prices.breaks[b + 1].from - 1.0 : quantity;
        cost += std::max(0.0, std::min(ends, quantity) - begins) * step.price;
    }
    return cost;
}

}  // namespace

double cost_of(const PriceList& prices, double quantity) {
    if (quantity <= 0.0) {
        return 0.0;
    }
    return prices.rule == BreakRule::all_units ? all_units_cost(prices, quantity)
                                               : incremental_cost(prices, quantity);
}

double lot_cost(const LearningCurve& curve, std::uint64_t first, std::uint64_t last) {
    const double b = exponent_of(curve);
    if (curve.theory == LearningTheory::wright) {
        const double before = first > 1 ? std::pow(static_cast<double>(first - 1), b + 1.0) : 0.0;
        return curve.first_unit * (std::pow(static_cast<double>(last), b + 1.0) - before);
    }
    double sum = 0.0;
    for (std::uint64_t unit = first; unit <= last; ++unit) {
        sum += std::pow(static_cast<double>(unit), b);
    }
    return curve.first_unit * sum;
}

double lot_midpoint(const LearningCurve& curve, std::uint64_t first, std::uint64_t last) {
    const LearningCurve one{1.0, curve.slope, LearningTheory::crawford};
    const auto units = static_cast<double>(last - first + 1);
    return std::pow(lot_cost(one, first, last) / units, 1.0 / exponent_of(curve));
}

double asher_midpoint(const LearningCurve& curve, std::uint64_t first, std::uint64_t last) {
    constexpr double half = 0.5;
    const double b = exponent_of(curve);
    const double area = std::pow(static_cast<double>(last) + half, b + 1.0)
                        - std::pow(static_cast<double>(first) - half, b + 1.0);
    const auto units = static_cast<double>(last - first + 1);
    return std::pow(area / ((b + 1.0) * units), 1.0 / b);
}

double lines_cost(const LearningCurve& curve, const std::vector<std::uint64_t>& made) {
    double sum = 0.0;
    for (const std::uint64_t units : made) {
        sum += units == 0 ? 0.0 : lot_cost(curve, 1, units);
    }
    return sum;
}

std::uint64_t unit_after_break(const LearningCurve& curve, std::uint64_t made, double forgotten) {
    const double b = exponent_of(curve);
    const auto next = static_cast<double>(made + 1);
    if (b == 0.0) {
        return made + 1;  // nothing was learnt
    }
    const double learnt = std::pow(next, b);
    const double after = learnt + forgotten * (1.0 - learnt);
    return static_cast<std::uint64_t>(std::llround(std::pow(after, 1.0 / b)));
}

}  // namespace adic::procure
