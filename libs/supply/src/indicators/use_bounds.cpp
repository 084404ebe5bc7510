#include "use_bounds.hpp"

#include "estimates.hpp"

#include <cmath>

namespace adic::supply {
namespace {

/// part / (part + rest) where either may be endless. Requires: not both; part + rest > 0.
double part_of(double part, double rest) {
    if (std::isinf(part)) {
        return 1.0;
    }
    return std::isinf(rest) ? 0.0 : part / (part + rest);
}

}  // namespace

std::optional<Estimate> to_estimate(const Amount& amount) {
    if (!std::isfinite(amount.low) || !std::isfinite(amount.high)) {
        return std::nullopt;
    }
    return bracket(amount.low, amount.likely, amount.high);
}

bool knows_use(const TradeBalance& trade) {
    return trade.has_production && trade.has_imports;
}

void add_use_factors(ReadingBuilder& reading, const TradeBalance& trade) {
    reading.factor("production", to_estimate(trade.production));
    reading.factor("imports from outside", to_estimate(trade.imports));
    reading.factor("exports to outside", to_estimate(trade.exports));
}

UseShare import_share(const TradeBalance& trade) {
    const Amount& m = trade.imports;
    const Amount& d = trade.home_surplus;
    if (!(m.low + d.low > 0.0)) {
        // With no imports and no surplus for certain use may be nothing; with less, negative. Only
        // where all that is open points up can use still be positive whatever the truth.
        const bool may_vanish = d.low < 0.0 || m.likely + d.likely <= 0.0;
        if (may_vanish) {
            return {std::nullopt};
        }
        const double likely = part_of(m.likely, d.likely);
        return {bracket(0.0, likely, 1.0)};
    }
    // A surplus below zero (more sold than made) turns the effect of imports round.
    const double low = d.high >= 0.0 ? part_of(m.low, d.high) : part_of(m.high, d.high);
    const double high = d.low >= 0.0 ? part_of(m.high, d.low) : part_of(m.low, d.low);
    return {bracket(low, part_of(m.likely, d.likely), high)};
}

UseShare net_import_share(const TradeBalance& trade) {
    const Amount net{
        trade.imports.low - trade.exports.high + trade.stock_release.low,
        trade.imports.likely - trade.exports.likely + trade.stock_release.likely,
        trade.imports.high - trade.exports.low + trade.stock_release.high,
    };
    const Amount& p = trade.production;
    if (!(p.likely + net.likely > 0.0)) {
        return {std::nullopt};
    }
    const auto reliance = [](double net_imports, double production) {
        return net_imports > 0.0 ? part_of(net_imports, production) : 0.0;
    };
    return {bracket(
        reliance(net.low, p.high),
        reliance(net.likely, p.likely),
        reliance(net.high, p.low)
    )};
}

}  // namespace adic::supply
