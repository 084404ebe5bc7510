#include "adic/supply/indicators/mineral_leverage.hpp"

#include "estimates.hpp"
#include "leverage_bounds.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>

namespace adic::supply {
namespace {

Reading evaluate_inward(const ItemFacts& facts) {
    ReadingBuilder reading{inward_leverage_indicator, facts};
    const IndicatorContext& context = facts.context();
    const Origins& origins = facts.sourcing();
    reading.uses(origins.facts);
    if (!origins.recorded) {
        return reading.unknown(no_shares);
    }
    if (origins.of_world) {
        reading.note(world_shares_used);
    }
    const auto* figure = context.index().figure(facts.item(), "substitutability");
    if (figure != nullptr) {
        reading.uses(figure->provenance);
    }
    const ShareRange lasting = irreplaceable(context, facts.item());
    const Estimate& largest = facts.largest_outside();
    reading.factor("largest partner's part of the use", largest);
    reading.factor("not replaceable", bracket(lasting.low, lasting.likely, lasting.high));
    add_largest_origins(reading, origins);
    const Estimate withheld = bracket(
        largest.low() * lasting.low,
        largest.likely() * lasting.likely,
        largest.high() * lasting.high
    );
    return reading.value(withheld, (origins.covered + (figure != nullptr ? 1.0 : 0.0)) / 2.0);
}

/// One supplier's share of the use of those inside, over all completions.
ShareRange share_of(const Origins& origins, model::StateIndex partner) {
    ShareRange share{0.0, 0.0, origins.unknown.high};
    for (const StateSupply& origin : origins.known) {
        if (origin.state == partner) {
            share = origin.share;
            share.high = std::min(1.0, share.high + origins.unknown.high);
        }
    }
    return share;
}

ShareRange value_of(const Estimate& v, const ShareRange& share, const ShareRange& lasting) {
    return {
        std::max(0.0, v.low()) * share.low * lasting.low,
        std::max(0.0, v.likely()) * share.likely * lasting.likely,
        std::max(0.0, v.high()) * share.high * lasting.high};
}

void add(ShareRange& sum, const ShareRange& part) {
    sum.low += part.low;
    sum.likely += part.likely;
    sum.high += part.high;
}

}  // namespace

const Indicator inward_leverage_indicator{
    .name = "inward-leverage",
    .title = "What the largest partner could withhold",
    .unit = "1",
    .equation = "L_in = b_pk IR_k (1 - sub_k), largest over partners p",
    .source = "definition: an explicit ratio, no standard index exists",
    .threshold = &IndicatorParameters::inward_leverage,
    .higher_is_worse = true,
    .evaluate = evaluate_inward,
    .hangs_on = {.market = true, .inside = true},
};

std::optional<Estimate> leverage_over(const IndicatorContext& context, model::StateIndex partner) {
    ShareRange out{0.0, 0.0, 0.0};
    ShareRange in{0.0, 0.0, 0.0};
    for (std::uint32_t i = 0; i < context.map().items.size(); ++i) {
        const model::ItemIndex item{i};
        const auto* value = context.index().figure(item, "value_at_stake");
        if (value == nullptr) {
            continue;
        }
        const ShareRange lasting = irreplaceable(context, item);
        for (const OutwardShare& s : outward_shares(context, item)) {
            if (s.partner == partner) {
                add(out, value_of(value->value, s.share, lasting));
            }
        }
        const Origins origins = context.origins_seen(item);
        if (origins.recorded && !origins.of_world) {
            add(in, value_of(value->value, share_of(origins, partner), lasting));
        }
    }
    if (!(in.low > 0.0)) {
        return std::nullopt;
    }
    return bracket(out.low / in.high, out.likely / in.likely, out.high / in.low);
}

}  // namespace adic::supply
