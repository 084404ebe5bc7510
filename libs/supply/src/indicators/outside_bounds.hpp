#pragma once

#include "adic/supply/indicators/item_facts.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace adic::supply {

/// Computes ItemFacts::outside from the rest of the facts.
OutsideBounds outside_bounds(const ItemFacts& facts);

/// The sources of what `facts.outside()` was read from.
std::span<const model::ProvenanceIndex> facts_used(const ItemFacts& facts);

/// The reading of one of the bounds in `facts.outside()`; `absent` says why there is none.
Reading reading_of_outside(
    const Indicator& indicator,
    const ItemFacts& facts,
    std::optional<Estimate> OutsideBounds::*bound,
    std::string_view absent
);

inline constexpr std::string_view no_purchases =
    "neither purchases by partner nor shares are recorded";

/// Part of a market that comes from the states for which `counts(state)`: exact over all
/// completions. What has no origin may be theirs or not; `likely` leaves it out.
template <typename Counts>
ShareRange part_of(const Origins& origins, const Counts& counts) {
    ShareRange theirs{0.0, 0.0, 0.0};
    ShareRange others{0.0, 0.0, 0.0};
    for (const StateSupply& origin : origins.known) {
        ShareRange& side = counts(origin.state) ? theirs : others;
        side.low += origin.share.low;
        side.likely += origin.share.likely;
        side.high += origin.share.high;
    }
    const double unknown = origins.unknown.high;
    const double low = std::max(theirs.low, 1.0 - others.high - unknown);
    const double high = std::min(theirs.high + unknown, 1.0 - others.low);
    const double likely = std::min(theirs.likely, 1.0);
    return {std::min(low, likely), likely, std::clamp(high, likely, 1.0)};
}

/// Part of a market that comes from outside: exact over all completions. What has no origin may
/// come from either side; the likely figure leaves it out on both.
Estimate outside_share(const IndicatorContext& context, const Origins& origins);

}  // namespace adic::supply
