#include "adic/supply/indicators/import_dependence.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "reading_of.hpp"
#include "use_bounds.hpp"

#include <cmath>

namespace adic::supply {
namespace {

/// production / (production + net imports). More production, or fewer net imports, raise it while
/// use is positive, so each end takes a corner. Empty where use may not be positive.
std::optional<Estimate> home_share(const TradeBalance& trade) {
    const Amount& p = trade.production;
    const double net_low = trade.imports.low - trade.exports.high;
    const double net_likely = trade.imports.likely - trade.exports.likely;
    const double net_high = trade.imports.high - trade.exports.low;
    if (!(p.low + net_low > 0.0)) {
        return std::nullopt;
    }
    const double low = std::isinf(net_high) ? 0.0 : p.low / (p.low + net_high);
    // With net exports the share falls as production grows; it is largest with the least made.
    const double made = net_low >= 0.0 ? p.high : p.low;
    const double high = std::isinf(made) ? 1.0 : made / (made + net_low);
    const double low_turned = net_high < 0.0 ? p.high / (p.high + net_high) : low;
    return bracket(
        std::isinf(p.high) && net_high < 0.0 ? 1.0 : low_turned,
        p.likely / (p.likely + net_likely),
        high
    );
}

Reading evaluate_self_sufficiency(const ItemFacts& facts) {
    ReadingBuilder reading{self_sufficiency_indicator, facts};
    const TradeBalance& trade = facts.trade();
    reading.uses(trade.facts);
    if (!knows_use(trade)) {
        return reading.unknown(no_use, trade.covered);
    }
    if (!trade.all_exports) {
        return reading.unknown(
            "exports of some state inside are not recorded, so there is no upper bound",
            trade.covered
        );
    }
    add_use_factors(reading, trade);
    const std::optional<Estimate> share = home_share(trade);
    return share ? reading.value(*share, trade.covered)
                 : reading.undefined(no_positive_use, trade.covered);
}

}  // namespace

const Indicator self_sufficiency_indicator{
    .name = "self-sufficiency",
    .title = "Self-sufficiency",
    .unit = "1",
    .equation = "SSR = P / (P + M - X)",
    .source = "FAO (2001), Food Balance Sheets: A Handbook",
    .threshold = &IndicatorParameters::self_sufficiency,
    .higher_is_worse = false,
    .evaluate = evaluate_self_sufficiency,
    .hangs_on = {.trade = true},
};

std::optional<double> self_sufficiency(const UseAmounts& amounts) {
    const double use = apparent_use(amounts);
    return use > 0.0 ? std::optional{amounts.production / use} : std::nullopt;
}

}  // namespace adic::supply
