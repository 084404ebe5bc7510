#include "adic/supply/indicators/strategic_dependency.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "outside_bounds.hpp"
#include "reading_of.hpp"

namespace adic::supply {
namespace {

/// How many criteria hold when each figure is at its low, likely and high end. One that is not
/// known may hold, and is not counted as likely.
struct Criteria {
    double low = 0.0;
    double likely = 0.0;
    double high = 0.0;

    void add(const std::optional<Estimate>& figure, double threshold) {
        low += figure && figure->low() > threshold ? 1.0 : 0.0;
        likely += figure && figure->likely() > threshold ? 1.0 : 0.0;
        high += !figure || figure->high() > threshold ? 1.0 : 0.0;
    }
};

Reading evaluate_strategic(const ItemFacts& facts) {
    ReadingBuilder reading{strategic_dependency_indicator, facts};
    const OutsideBounds& bounds = facts.outside();
    reading.uses(facts_used(facts));
    if (!bounds.concentration || !bounds.weight) {
        return reading.unknown(no_purchases);
    }
    if (bounds.from_shares && facts.sourcing().of_world) {
        reading.note(world_shares_used);
    }
    if (!bounds.substitution) {
        reading.note("exports are not recorded: the third criterion may hold or not");
    }
    const IndicatorParameters& parameters = facts.parameters();
    Criteria met;
    met.add(bounds.concentration, parameters.outside_concentration);
    met.add(bounds.weight, parameters.outside_weight);
    met.add(bounds.substitution, parameters.outside_substitution);
    reading.factor("CDI1 concentration outside", bounds.concentration);
    reading.factor("CDI2 weight of outside", bounds.weight);
    reading.factor("CDI3 purchases over exports", bounds.substitution);
    const double part = bounds.substitution ? 1.0 : 2.0 / 3.0;
    return reading.value(bracket(met.low, met.likely, met.high), bounds.covered * part);
}

}  // namespace

const Indicator strategic_dependency_indicator{
    .name = "strategic-dependency",
    .title = "Strategic dependency: criteria met",
    .unit = "criteria of 3",
    .equation = "[CDI1 > 0.4] + [CDI2 > 0.5] + [CDI3 > 1]",
    .source = "European Commission SWD(2021) 352",
    .threshold = &IndicatorParameters::strategic_dependency,
    .higher_is_worse = true,
    .evaluate = evaluate_strategic,
    .hangs_on = {.market = true, .inside = true, .trade = true},
    .reached_is_bad = true,
};

int criteria_met(const DependencyAmounts& amounts, const IndicatorParameters& parameters) {
    const double substitution = outside_substitution(amounts, parameters.no_exports);
    return (outside_concentration(amounts) > parameters.outside_concentration ? 1 : 0)
           + (outside_weight(amounts) > parameters.outside_weight ? 1 : 0)
           + (substitution > parameters.outside_substitution ? 1 : 0);
}

}  // namespace adic::supply
