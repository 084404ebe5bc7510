#include "adic/supply/indicators/strategic_dependency.hpp"

#include "list.hpp"
#include "outside_bounds.hpp"

namespace adic::supply {
namespace {

Reading evaluate_outside_concentration(const ItemFacts& facts) {
    return reading_of_outside(
        outside_concentration_indicator,
        facts,
        &OutsideBounds::concentration,
        no_purchases
    );
}

}  // namespace

const Indicator outside_concentration_indicator{
    .name = "cdi1-outside-concentration",
    .title = "Concentration of outside suppliers (CDI1)",
    .unit = "1",
    .equation = "CDI1 = sum_c (M_c / M_outside)^2, c outside",
    .source = "European Commission SWD(2021) 352",
    .threshold = &IndicatorParameters::outside_concentration,
    .higher_is_worse = true,
    .evaluate = evaluate_outside_concentration,
    .hangs_on = {.market = true, .inside = true, .trade = true},
};

double outside_concentration(const DependencyAmounts& amounts) {
    double total = 0.0;
    for (const double amount : amounts.outside_suppliers) {
        total += amount;
    }
    double sum = 0.0;
    for (const double amount : amounts.outside_suppliers) {
        sum += total > 0.0 ? (amount / total) * (amount / total) : 0.0;
    }
    return sum;
}

}  // namespace adic::supply
