#include "adic/supply/indicators/item_facts.hpp"

#include "largest_outside.hpp"
#include "outside_bounds.hpp"
#include "reading_of.hpp"
#include "trade_balance.hpp"

namespace adic::supply {
namespace {

Estimate hhi_of(const Origins& origins) {
    return weighted_square_sum(market_of(origins));
}

Estimate largest_of(const IndicatorContext& context, const Origins& origins) {
    std::vector<bool> inside;
    for (const StateSupply& origin : origins.known) {
        inside.push_back(context.is_inside(origin.state));
    }
    return largest_outside(market_of(origins), inside);
}

}  // namespace

ItemFacts::ItemFacts(const IndicatorContext& context, model::ItemIndex item)
    : context_(&context)
    , item_(item)
    , sourcing_(context.origins_seen(item))
    , world_(context.world_origins(item))
    , sourcing_hhi_(hhi_of(sourcing_))
    , world_hhi_(sourcing_.of_world ? sourcing_hhi_ : hhi_of(world_))
    , largest_outside_(largest_of(context, sourcing_))
    , trade_(trade_balance(context, item)) {
    outside_ = outside_bounds(*this);
}

}  // namespace adic::supply
