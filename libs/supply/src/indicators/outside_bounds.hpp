#pragma once

#include "adic/supply/indicators/item_facts.hpp"

#include <optional>

namespace adic::supply {

/// CDI1 to CDI3 of an item over all completions, and what they were read from.
///
/// From purchases by partner where they are recorded, else from supply shares (then without CDI3).
struct OutsideBounds {
    std::optional<Estimate> concentration;
    std::optional<Estimate> weight;
    std::optional<Estimate> substitution;
    double covered = 0.0;
    bool from_shares = false;
};

OutsideBounds outside_bounds(const ItemFacts& facts);

/// The sources of what `outside_bounds` was read from.
std::span<const model::ProvenanceIndex>
facts_used(const ItemFacts& facts, const OutsideBounds& bounds);

/// Part of a market that comes from outside: exact over all completions. What has no origin may
/// come from either side; the likely figure leaves it out on both.
Estimate outside_share(const IndicatorContext& context, const Origins& origins);

}  // namespace adic::supply
