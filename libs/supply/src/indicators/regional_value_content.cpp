#include "adic/supply/indicators/regional_value_content.hpp"

#include "estimates.hpp"
#include "input_values.hpp"
#include "list.hpp"
#include "outside_bounds.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>

namespace adic::supply {
namespace {

/// Part of an input that comes from beyond the region. What has no origin counts as such, as the
/// rules of origin count it, but may turn out to be regional.
ShareRange far_part(const IndicatorContext& context, const Origins& origins) {
    if (!origins.recorded) {
        return {0.0, 1.0, 1.0};
    }
    const ShareRange far =
        part_of(origins, [&](model::StateIndex state) { return !context.is_near(state); });
    const double likely = std::min(1.0, far.likely + origins.unknown.likely);
    return {far.low, likely, std::max(far.high, likely)};
}

Reading evaluate_content(const ItemFacts& facts) {
    ReadingBuilder reading{regional_value_content_indicator, facts};
    const IndicatorContext& context = facts.context();
    const InputValues& values = facts.input_values();
    if (values.groups == 0.0 || values.likely <= 0.0) {
        return reading.unknown(no_values);
    }
    double traced = 0.0;
    const Amount far = sum_of_inputs(context.index(), facts.item(), [&](const model::Need& need) {
        const Origins origins = facts.origins_of(need.input);
        reading.uses(need.provenance);
        reading.uses(origins.facts);
        traced += need.value_share->likely() * origins.covered;
        return far_part(context, origins);
    });
    const double most = std::min(1.0, far.high + values.open);
    const double likely = std::min(1.0, far.likely);
    reading.factor("materials from beyond the region", bracket(far.low, likely, most));
    reading.factor("value of inputs that is recorded", Estimate::exactly(values.likely));
    reading.note("one tier: inputs of inputs are not looked through");
    const double known = std::min(1.0, traced / values.likely) * values.valued / values.groups;
    return reading.value(bracket(1.0 - most, 1.0 - likely, 1.0 - std::min(far.low, 1.0)), known);
}

}  // namespace

const Indicator regional_value_content_indicator{
    .name = "regional-value-content",
    .title = "Regional value content",
    .unit = "1",
    .equation = "RVC = (FOB - VNM) / FOB",
    .source = "ATIGA articles 28 and 29; RCEP article 3.5",
    .threshold = &IndicatorParameters::regional_value_content,
    .higher_is_worse = false,
    .evaluate = evaluate_content,
    .hangs_on = {.input_markets = true, .near = true},
};

double regional_value_content_indirect(double fob, double non_originating_materials) {
    assert(fob > 0.0);
    return (fob - non_originating_materials) / fob;
}

double regional_value_content_direct(double fob, const CostBook& book) {
    assert(fob > 0.0);
    return (book.regional_materials + book.direct_labour + book.direct_overhead + book.other_cost
            + book.profit)
           / fob;
}

}  // namespace adic::supply
