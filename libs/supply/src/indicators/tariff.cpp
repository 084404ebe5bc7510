#include "adic/supply/indicators/exposure.hpp"

#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>

namespace adic::supply {
namespace {

Reading evaluate_tariff(const ItemFacts& facts) {
    ReadingBuilder reading{tariff_indicator, facts};
    const IndicatorContext& context = facts.context();
    const IndicatorParameters& parameters = facts.parameters();
    const Origins& origins = facts.sourcing();
    reading.uses(origins.facts);
    if (!origins.recorded) {
        return reading.unknown(no_shares);
    }
    double covered = 0.0;
    bool any = false;
    const double most = parameters.largest_tariff;
    const MarketShares market =
        market_of(origins, {0.0, 0.0, most}, [&](const StateSupply& origin) {
            const StateFigure& tariff = context.tables().tariff(origin.state);
            const bool inside = context.is_inside(origin.state);
            covered += inside || tariff.value ? origin.share.likely : 0.0;
            if (inside) {
                return ShareRange::exactly(0.0);
            }
            any = any || tariff.value.has_value();
            reading.uses(tariff.facts);
            const auto& t = tariff.value;
            return t ? ShareRange{
                           t->low() * parameters.least_pass_through,
                           t->likely() * parameters.pass_through,
                           t->high() * std::max(parameters.pass_through, 1.0)}
                     : ShareRange{0.0, 0.0, most};
        });
    if (!any) {
        return reading.unknown("no tariff on a supplier outside is recorded");
    }
    if (origins.of_world) {
        reading.note(world_shares_used);
    }
    return reading.value(weighted_share_sum(market), std::min(1.0, covered));
}

}  // namespace

const Indicator tariff_indicator{
    .name = "tariff-cost",
    .title = "Additional cost by tariffs",
    .unit = "1",
    .equation = "dC / V = pass-through * sum_c tau_c s_c, c outside",
    .source = "WTO and UNCTAD (2012), A Practical Guide to Trade Policy Analysis",
    .threshold = &IndicatorParameters::tariff_cost,
    .higher_is_worse = true,
    .evaluate = evaluate_tariff,
    .hangs_on = {.market = true, .inside = true},
};

double tariff_cost(std::span<const Tariffed> purchases, double pass_through) {
    double sum = 0.0;
    for (const Tariffed& p : purchases) {
        sum += p.tariff * p.value;
    }
    return pass_through * sum;
}

double ad_valorem_equivalent(std::span<const Tariffed> purchases, double pass_through) {
    double total = 0.0;
    for (const Tariffed& p : purchases) {
        total += p.value;
    }
    assert(total > 0.0);
    return tariff_cost(purchases, pass_through) / total;
}

}  // namespace adic::supply
