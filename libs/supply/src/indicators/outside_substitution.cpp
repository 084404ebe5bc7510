#include "adic/supply/indicators/strategic_dependency.hpp"

#include "list.hpp"
#include "outside_bounds.hpp"
#include "reading_of.hpp"

namespace adic::supply {
namespace {

Reading evaluate_outside_substitution(const ItemFacts& facts) {
    ReadingBuilder reading{outside_substitution_indicator, facts};
    const OutsideBounds& bounds = facts.outside();
    reading.uses(facts_used(facts));
    if (!bounds.substitution) {
        return reading.unknown(
            "imports by partner and exports of those inside are not recorded",
            bounds.covered
        );
    }
    if (bounds.from_shares && facts.sourcing().of_world) {
        reading.note(world_shares_used);
    }
    return reading.value(*bounds.substitution, bounds.covered);
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
};

double outside_substitution(const DependencyAmounts& amounts, double no_exports) {
    double outside = 0.0;
    for (const double amount : amounts.outside_suppliers) {
        outside += amount;
    }
    return amounts.exports > 0.0 ? outside / amounts.exports : no_exports;
}

}  // namespace adic::supply
