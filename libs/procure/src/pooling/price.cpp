#include "adic/procure/price.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace adic::procure {
namespace {

constexpr double most_cost = 1e12;

/// "50:92"; empty: it is no break.
std::optional<PriceBreak> break_of(std::string_view text) {
    const auto parts = split(text, ':');
    if (parts.size() != 2) {
        return std::nullopt;
    }
    const double none = -1.0;
    const double from = parse_decimal(trimmed(parts[0])).value_or(none);
    const double price = parse_decimal(trimmed(parts[1])).value_or(none);
    if (from < 0.0 || price < 0.0 || price > most_cost) {
        return std::nullopt;
    }
    return PriceBreak{from, price};
}

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

/// The unit up to `most` whose cost is nearest. Requires: the cost is at least that of `most`.
std::uint64_t nearest_unit(const LearningCurve& curve, double cost, std::uint64_t most) {
    std::uint64_t first = 1;  // the first unit that costs no more
    std::uint64_t last = most;
    while (first < last) {
        const std::uint64_t middle = first + (last - first) / 2;
        if (lot_cost(curve, middle, middle) <= cost) {
            last = middle;
        } else {
            first = middle + 1;
        }
    }
    const bool is_one_before_nearer =
        first > 1
        && lot_cost(curve, first - 1, first - 1) - cost < cost - lot_cost(curve, first, first);
    return is_one_before_nearer ? first - 1 : first;
}

}  // namespace

Result<PriceList> parse_price_breaks(std::string_view text) {
    PriceList prices;
    for (const std::string_view written : split(text, ',')) {
        const std::string_view part = trimmed(written);
        if (part.empty()) {
            continue;
        }
        const auto step = break_of(part);
        if (!step || (!prices.breaks.empty() && step->from <= prices.breaks.back().from)) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format(
                    "'{}' is no break: write rising quantities and prices, as in 1:100,50:92",
                    part
                ),
                {}};
        }
        prices.breaks.push_back(*step);
    }
    if (prices.breaks.empty() || prices.breaks.front().from > 1.0) {
        return Error{
            ErrorCode::invalid_argument,
            "the first price counts from the first piece, as in 1:100,50:92",
            {}};
    }
    return prices;
}

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

std::uint64_t unit_after_break(const LearningCurve& curve, std::uint64_t made, double lost) {
    const double b = exponent_of(curve);
    const std::uint64_t next = made + 1;
    if (b == 0.0 || lost <= 0.0) {
        return next;
    }
    const LearningCurve one{1.0, curve.slope, curve.theory};
    const double learnt = lot_cost(one, next, next);
    const double after = learnt + lost * (1.0 - learnt);
    if (curve.theory == LearningTheory::wright) {
        return nearest_unit(one, after, next);
    }
    const auto unit = std::llround(std::pow(after, 1.0 / b));
    return std::clamp<std::uint64_t>(static_cast<std::uint64_t>(unit), 1, next);
}

}  // namespace adic::procure
