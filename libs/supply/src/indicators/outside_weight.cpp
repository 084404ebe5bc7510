#include "adic/supply/indicators/strategic_dependency.hpp"

#include "list.hpp"
#include "outside_bounds.hpp"

namespace adic::supply {
namespace {

Reading evaluate_outside_weight(const ItemFacts& facts) {
    return reading_of_outside(
        outside_weight_indicator,
        facts,
        &OutsideBounds::weight,
        no_purchases
    );
}

}  // namespace

const Indicator outside_weight_indicator{
    .name = "cdi2-outside-weight",
    .title = "Weight of outside suppliers (CDI2)",
    .unit = "1",
    .equation = "CDI2 = M_outside / (M_outside + M_inside)",
    .source = "European Commission SWD(2021) 352",
    .threshold = &IndicatorParameters::outside_weight,
    .higher_is_worse = true,
    .evaluate = evaluate_outside_weight,
    .hangs_on = {.market = true, .inside = true, .trade = true},
};

double outside_weight(const DependencyAmounts& amounts) {
    double outside = 0.0;
    for (const double amount : amounts.outside_suppliers) {
        outside += amount;
    }
    const double all = outside + amounts.inside;
    return all > 0.0 ? outside / all : 0.0;
}

}  // namespace adic::supply
