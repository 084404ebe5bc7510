#include "adic/supply/indicators/strategic_dependency.hpp"

#include "list.hpp"
#include "outside_bounds.hpp"

namespace adic::supply {
namespace {

Reading evaluate_outside_substitution(const ItemFacts& facts) {
    return reading_of_outside(
        outside_substitution_indicator,
        facts,
        &OutsideBounds::substitution,
        "imports by partner and exports of those inside are not recorded"
    );
}

}  // namespace

const Indicator outside_substitution_indicator{
    .name = "cdi3-outside-substitution",
    .title = "Purchases outside over exports (CDI3)",
    .unit = "1",
    .equation = "CDI3 = M_outside / X",
    .source = "European Commission SWD(2021) 352",
    .threshold = &IndicatorParameters::outside_substitution,
    .higher_is_worse = true,
    .evaluate = evaluate_outside_substitution,
    .hangs_on = {.market = true, .trade = true},
};

double outside_substitution(const DependencyAmounts& amounts, double no_exports) {
    double outside = 0.0;
    for (const double amount : amounts.outside_suppliers) {
        outside += amount;
    }
    return amounts.exports > 0.0 ? outside / amounts.exports : no_exports;
}

}  // namespace adic::supply
