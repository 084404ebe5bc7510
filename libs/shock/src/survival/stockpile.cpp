#include "adic/shock/survival/stockpile.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include <boost/math/distributions/normal.hpp>

namespace adic::shock {
namespace {

Error wrong(const char* why) {
    return {ErrorCode::invalid_argument, why, {}};
}

bool is_amount(double value) {
    return value >= 0.0 && std::isfinite(value);
}

bool are_costs(const UnitCosts& costs) {
    return costs.holding > 0.0 && costs.shortage > 0.0 && std::isfinite(costs.holding)
           && std::isfinite(costs.shortage);
}

}  // namespace

Result<StockpileSize> size_stockpile(const NamedDisruption& disruption) {
    const bool good = is_amount(disruption.use) && disruption.use > 0.0
                      && is_amount(disruption.use_sd) && is_amount(disruption.surge)
                      && is_amount(disruption.alternatives) && disruption.alternatives <= 1.0
                      && is_amount(disruption.periods_to_recover) && is_amount(disruption.safety);
    if (!good) {
        return wrong(
            "a stockpile is sized by figures of 0 or more, a use above 0 and a part of "
            "alternatives up to 1"
        );
    }
    StockpileSize size;
    const double use = disruption.use * disruption.surge;
    size.base = use * (1.0 - disruption.alternatives) * disruption.periods_to_recover;
    size.safety = disruption.safety * disruption.use_sd * disruption.surge
                  * std::sqrt(disruption.periods_to_recover);
    size.periods_of_use = size.total() / disruption.use;
    return size;
}

Result<NewsvendorStock> newsvendor_stock(double mean, double sd, const UnitCosts& costs) {
    if (!are_costs(costs) || !is_amount(sd) || !std::isfinite(mean)) {
        return wrong("costs must be above 0, and the standard deviation 0 or more");
    }
    const boost::math::normal standard;
    const double ratio = costs.shortage / (costs.shortage + costs.holding);
    if (!(ratio > 0.0 && ratio < 1.0)) {
        return wrong("the two costs are too far apart");
    }
    const double z = boost::math::quantile(standard, ratio);
    const double cost = (costs.shortage + costs.holding) * sd * boost::math::pdf(standard, z);
    return NewsvendorStock{mean + z * sd, cost};
}

Result<std::uint32_t> periods_to_hold(const UpDownSupplier& supplier, const UnitCosts& costs) {
    const bool good = supplier.failure > 0.0 && supplier.failure < 1.0 && supplier.recovery > 0.0
                      && supplier.recovery <= 1.0 && are_costs(costs);
    if (!good) {
        return wrong("chances must be between 0 and 1, and costs above 0");
    }
    // P(down for at most k periods) = 1 - down (1 - recovery)^k with down the part of time down.
    const double down = supplier.failure / (supplier.failure + supplier.recovery);
    const double allowed = costs.holding / (costs.shortage + costs.holding);
    constexpr std::uint32_t most = 1'000'000;
    std::uint32_t periods = 1;
    for (double longer = down; longer > allowed && periods < most; ++periods) {
        longer *= 1.0 - supplier.recovery;
    }
    return periods;
}

double pooled_sd(std::span<const double> sds, double correlation) {
    double squares = 0.0;
    double sum = 0.0;
    for (const double sd : sds) {
        assert(sd >= 0.0);
        squares += sd * sd;
        sum += sd;
    }
    // Twice the sum over pairs is the square of the sum less the squares.
    return std::sqrt(std::max(0.0, squares + correlation * (sum * sum - squares)));
}

}  // namespace adic::shock
