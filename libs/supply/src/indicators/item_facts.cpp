#include "adic/supply/indicators/item_facts.hpp"

#include "trade_balance.hpp"

namespace adic::supply {

ItemFacts::ItemFacts(const IndicatorContext& context, model::ItemIndex item)
    : context_(&context)
    , item_(item)
    , sourcing_(context.origins_seen(item))
    , world_(context.world_origins(item))
    , trade_(trade_balance(context, item)) {}

}  // namespace adic::supply
