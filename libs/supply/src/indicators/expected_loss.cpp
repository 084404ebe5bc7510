#include "adic/supply/indicators/exposure.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>

namespace adic::supply {
namespace {

ShareRange range_or(const StateFigure& figure, ShareRange otherwise) {
    const auto& v = figure.value;
    return v ? ShareRange{v->low(), v->likely(), v->high()} : otherwise;
}

Reading evaluate_loss(const ItemFacts& facts) {
    ReadingBuilder reading{expected_loss_indicator, facts};
    const IndicatorContext& context = facts.context();
    const Origins& origins = facts.sourcing();
    reading.uses(origins.facts);
    if (!origins.recorded) {
        return reading.unknown(no_shares);
    }
    double covered = 0.0;
    bool any = false;
    const MarketShares market = market_of(origins, {0.0, 0.0, 1.0}, [&](const StateSupply& origin) {
        const StateFigure& hazard = context.tables().hazard(origin.state);
        const bool inside = context.is_inside(origin.state);
        covered += inside || hazard.value ? origin.share.likely : 0.0;
        if (inside) {
            return ShareRange::exactly(0.0);
        }
        any = any || hazard.value.has_value();
        reading.uses(hazard.facts);
        reading.uses(context.tables().severity(origin.state).facts);
        const ShareRange p = range_or(hazard, {0.0, 0.0, 1.0});
        const ShareRange s = range_or(context.tables().severity(origin.state), {0.0, 1.0, 1.0});
        return ShareRange{p.low * s.low, p.likely * s.likely, p.high * s.high};
    });
    const bool outside = std::ranges::any_of(origins.known, [&](const StateSupply& origin) {
        return !context.is_inside(origin.state);
    });
    if (outside && !any) {
        return reading.unknown("no hazard of a supplier outside is recorded");
    }
    if (origins.of_world) {
        reading.note(world_shares_used);
    }
    reading.note("where no severity is recorded, all of the supply is lost");
    add_largest_origins(reading, origins);
    return reading.value(weighted_share_sum(market), std::min(1.0, covered));
}

}  // namespace

const Indicator expected_loss_indicator{
    .name = "expected-loss",
    .title = "Share of supply expected to be lost in a year",
    .unit = "1 per year",
    .equation = "EL = sum_c p_c sev_c s_c, c outside",
    .source = "Kaplan and Garrick (1981), Risk Analysis 1(1), 11",
    .threshold = &IndicatorParameters::expected_loss,
    .higher_is_worse = true,
    .evaluate = evaluate_loss,
    .hangs_on = {.market = true, .inside = true},
};

double expected_loss(std::span<const Measure> measures) {
    double sum = 0.0;
    for (const Measure& m : measures) {
        sum += m.probability * m.severity * m.value;
    }
    return sum;
}

}  // namespace adic::supply
