#include "adic/supply/indicators/strategic_dependency.hpp"

#include "list.hpp"
#include "outside_bounds.hpp"
#include "reading_of.hpp"

namespace adic::supply {
namespace {

Reading evaluate_outside_weight(const ItemFacts& facts) {
    ReadingBuilder reading{outside_weight_indicator, facts};
    const OutsideBounds& bounds = facts.outside();
    reading.uses(facts_used(facts));
    if (!bounds.weight) {
        return reading.unknown(
            "neither purchases by partner nor shares are recorded",
            bounds.covered
        );
    }
    if (bounds.from_shares && facts.sourcing().of_world) {
        reading.note(world_shares_used);
    }
    return reading.value(*bounds.weight, bounds.covered);
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
