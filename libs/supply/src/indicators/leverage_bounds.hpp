#pragma once

#include "adic/supply/indicators/indicator_context.hpp"
#include "adic/supply/indicators/item_facts.hpp"

#include <optional>
#include <vector>

namespace adic::supply {

/// Part of a partner's purchases of an item that comes from those inside.
struct OutwardShare {
    model::StateIndex partner;
    ShareRange share;
};

/// For each state outside with recorded purchases, by state.
std::vector<OutwardShare> outward_shares(const IndicatorContext& context, model::ItemIndex item);

/// 1 - substitutability of the item, from the figure "substitutability"; not recorded: 0 to 1,
/// likely 1.
ShareRange irreplaceable(const IndicatorContext& context, model::ItemIndex item);

}  // namespace adic::supply
