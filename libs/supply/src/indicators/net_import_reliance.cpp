#include "adic/supply/indicators/import_dependence.hpp"

#include "list.hpp"
#include "reading_of.hpp"
#include "use_bounds.hpp"

#include <algorithm>

namespace adic::supply {
namespace {

Reading evaluate_reliance(const ItemFacts& facts) {
    ReadingBuilder reading{net_import_reliance_indicator, facts};
    const TradeBalance& trade = facts.trade();
    reading.uses(trade.facts);
    if (!knows_use(trade)) {
        return reading.unknown(no_use, trade.covered);
    }
    add_use_factors(reading, trade);
    reading.factor("stock release", to_estimate(trade.stock_release));
    const UseShare share = net_import_share(trade);
    return share.figure ? reading.value(*share.figure, trade.covered)
                        : reading.undefined(no_positive_use, trade.covered);
}

}  // namespace

const Indicator net_import_reliance_indicator{
    .name = "net-import-reliance",
    .title = "Net import reliance",
    .unit = "1",
    .equation = "NIR = max(0, M - X + dS) / (P + M - X + dS)",
    .source = "USGS, Mineral Commodity Summaries (definition)",
    .threshold = &IndicatorParameters::net_import_reliance,
    .higher_is_worse = true,
    .evaluate = evaluate_reliance,
    .hangs_on = {.trade = true},
};

std::optional<double> net_import_reliance(const UseAmounts& amounts) {
    const double net = amounts.imports - amounts.exports + amounts.stock_release;
    const double consumption = amounts.production + net;
    return consumption > 0.0 ? std::optional{std::max(0.0, net) / consumption} : std::nullopt;
}

}  // namespace adic::supply
