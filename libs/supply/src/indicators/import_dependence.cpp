#include "adic/supply/indicators/import_dependence.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "reading_of.hpp"
#include "use_bounds.hpp"

namespace adic::supply {
namespace {

Reading evaluate_import_dependence(const ItemFacts& facts) {
    ReadingBuilder reading{import_dependence_indicator, facts};
    const TradeBalance& trade = facts.trade();
    reading.uses(trade.facts);
    if (!knows_use(trade)) {
        return reading.unknown(no_use, trade.covered);
    }
    add_use_factors(reading, trade);
    const UseShare share = import_share(trade);
    return share.figure ? reading.value(*share.figure, trade.covered)
                        : reading.undefined(no_positive_use, trade.covered);
}

}  // namespace

const Indicator import_dependence_indicator{
    .name = "import-dependence",
    .title = "Import dependence",
    .unit = "1",
    .equation = "IDR = M / (P + M - X)",
    .source = "FAO (2001), Food Balance Sheets: A Handbook",
    .threshold = &IndicatorParameters::import_dependence,
    .higher_is_worse = true,
    .evaluate = evaluate_import_dependence,
    .hangs_on = {.trade = true},
};

double apparent_use(const UseAmounts& amounts) {
    return amounts.production + amounts.imports - amounts.exports;
}

std::optional<double> import_dependence(const UseAmounts& amounts) {
    const double use = apparent_use(amounts);
    return use > 0.0 ? std::optional{amounts.imports / use} : std::nullopt;
}

}  // namespace adic::supply
