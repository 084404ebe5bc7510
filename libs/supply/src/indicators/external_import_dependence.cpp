#include "adic/supply/indicators/import_dependence.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "reading_of.hpp"
#include "use_bounds.hpp"

#include <algorithm>
#include <cmath>

namespace adic::supply {
namespace {

/// far / use. That the far part and all imports move together is used only through the import
/// dependence, which it never passes: exact for exact amounts, else an outer bound.
UseShare far_share(const TradeBalance& trade) {
    const UseShare all = import_share(trade);
    if (!all.figure) {
        return all;
    }
    const double use_low = trade.imports.low + trade.home_surplus.low;
    const double use_likely = trade.imports.likely + trade.home_surplus.likely;
    const double use_high = trade.imports.high + trade.home_surplus.high;
    const double low = std::isinf(use_high) ? 0.0 : trade.imports_far.low / use_high;
    const double high = use_low > 0.0 && std::isfinite(trade.imports_far.high)
                            ? trade.imports_far.high / use_low
                            : all.figure->high();
    const double likely = trade.imports_far.likely / use_likely;
    return {bracket(low, likely, std::min(high, all.figure->high()))};
}

Reading evaluate_external(const ItemFacts& facts) {
    ReadingBuilder reading{external_import_dependence_indicator, facts};
    const TradeBalance& trade = facts.trade();
    reading.uses(trade.facts);
    if (!facts.context().knows_region()) {
        return reading.unknown("the region is not a bloc of this map");
    }
    if (!knows_use(trade)) {
        return reading.unknown(no_use, trade.covered);
    }
    reading.factor("imports from beyond the region", to_estimate(trade.imports_far));
    add_use_factors(reading, trade);
    const UseShare share = far_share(trade);
    return share.figure ? reading.value(*share.figure, trade.covered)
                        : reading.undefined(no_positive_use, trade.covered);
}

}  // namespace

const Indicator external_import_dependence_indicator{
    .name = "external-import-dependence",
    .title = "Import dependence on outside the region",
    .unit = "1",
    .equation = "IDR_ext = (M - M_region) / (P + M - X)",
    .source = "FAO (2001), Food Balance Sheets: A Handbook",
    .threshold = &IndicatorParameters::import_dependence,
    .higher_is_worse = true,
    .evaluate = evaluate_external,
    .hangs_on = {.trade = true},
};

std::optional<double> external_import_dependence(const UseAmounts& amounts) {
    const double use = apparent_use(amounts);
    if (!(use > 0.0)) {
        return std::nullopt;
    }
    return (amounts.imports - amounts.imports_from_region) / use;
}

}  // namespace adic::supply
