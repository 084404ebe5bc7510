#include "adic/supply/indicators/item_facts.hpp"

#include "trade_balance.hpp"

#include <algorithm>
#include <limits>

namespace adic::supply {
namespace {

using model::StateIndex;
using model::Supply;
using model::SupplyMap;

ShareRange to_range(const Estimate& estimate) {
    return {estimate.low(), estimate.likely(), estimate.high()};
}

void add(ShareRange& sum, const ShareRange& part) {
    sum.low += part.low;
    sum.likely += part.likely;
    sum.high += part.high;
}

/// The trade variable of a state's rows together: between the least and the largest of them; likely
/// that of the first row, as they differ in practice only by mistake.
void widen(ShareRange& restriction, double t) {
    restriction.low = std::min(restriction.low, t);
    restriction.high = std::max(restriction.high, t);
}

Origins origins_of(const SupplyMap& map, std::span<const std::uint32_t> rows) {
    Origins origins;
    ShareRange unnamed{0.0, 0.0, 0.0};
    std::vector<std::pair<StateIndex, std::uint32_t>> by_state;
    for (const std::uint32_t row : rows) {
        const Supply& supply = map.supplies[row];
        origins.facts.push_back(supply.provenance);
        origins.recorded = origins.recorded || supply.share.has_value();
        if (supply.origin) {
            by_state.emplace_back(*supply.origin, row);
        } else if (supply.share) {
            add(unnamed, to_range(*supply.share));
        }
    }
    std::ranges::sort(by_state);
    for (const auto& [state, row] : by_state) {
        const Supply& supply = map.supplies[row];
        const double t = supply.trade_restriction.value_or(1.0);
        if (origins.known.empty() || origins.known.back().state != state) {
            origins.known.push_back({state, {0.0, 0.0, 0.0}, ShareRange::exactly(t)});
        }
        OriginShare& origin = origins.known.back();
        widen(origin.trade_restriction, t);
        if (supply.share) {
            add(origin.share, to_range(*supply.share));
        }
    }
    std::vector<ShareRange> shares;
    for (OriginShare& origin : origins.known) {
        origin.share.high = std::max(origin.share.likely, std::min(origin.share.high, 1.0));
        shares.push_back(origin.share);
    }
    origins.unknown = unknown_part(shares, unnamed);
    return origins;
}

}  // namespace

double Origins::covered() const {
    double sum = 0.0;
    for (const OriginShare& origin : known) {
        sum += origin.share.likely;
    }
    return std::min(sum, 1.0);
}

Origins origins_seen(const IndicatorContext& context, model::ItemIndex item) {
    const std::vector<std::uint32_t> rows =
        context.index().supplies_seen(item, context.viewpoint());
    Origins origins = origins_of(context.map(), rows);
    origins.of_world =
        rows.empty()
        || std::holds_alternative<std::monostate>(context.map().supplies[rows.front()].market);
    return origins;
}

ItemFacts::ItemFacts(const IndicatorContext& context, model::ItemIndex item)
    : context_(&context)
    , item_(item)
    , sourcing_(origins_seen(context, item)) {
    if (!sourcing_.of_world) {
        std::vector<std::uint32_t> rows;
        for (const std::uint32_t row : context.index().supplies_of(item)) {
            if (std::holds_alternative<std::monostate>(context.map().supplies[row].market)) {
                rows.push_back(row);
            }
        }
        world_ = origins_of(context.map(), rows);
    }
    trade_ = trade_balance(context, item);
}

}  // namespace adic::supply
