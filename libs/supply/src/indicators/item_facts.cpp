#include "adic/supply/indicators/item_facts.hpp"

#include "input_control.hpp"
#include "input_values.hpp"
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

/// The figure in the slot, made now if it is empty.
template <typename T, typename Make>
const T& kept(std::optional<T>& slot, const Make& make) {
    if (!slot) {
        slot = make();
    }
    return *slot;
}

}  // namespace

const Estimate& ItemRecord::world_hhi() const {
    return kept(world_hhi_, [&] { return hhi_of(world_); });
}

const InputValues& ItemRecord::input_values() const {
    return kept(values_, [&] { return supply::input_values(tables_->index(), item_); });
}

const InputControl& ItemRecord::input_control() const {
    return kept(control_, [&] {
        return supply::input_control(*tables_, item_, [&](model::ItemIndex input) {
            return tables_->world_origins(input);
        });
    });
}

const Estimate& ItemFacts::sourcing_hhi() const {
    return sourcing_.of_world ? world_hhi()
                              : kept(sourcing_hhi_, [&] { return hhi_of(sourcing_); });
}

const Estimate& ItemFacts::largest_outside() const {
    return kept(largest_outside_, [&] { return largest_of(*context_, sourcing_); });
}

const TradeBalance& ItemFacts::trade() const {
    return kept(trade_, [&] { return trade_balance(*context_, item()); });
}

const OutsideBounds& ItemFacts::outside() const {
    return kept(outside_, [&] { return outside_bounds(*this); });
}

const InputControl& ItemFacts::input_control() const {
    const IndicatorTables& tables = context_->tables();
    if (!tables.has_inputs_with_markets(item())) {
        return record_->input_control();
    }
    return kept(control_, [&] {
        return supply::input_control(tables, item(), [&](model::ItemIndex input) {
            return context_->origins_seen(input);
        });
    });
}

}  // namespace adic::supply
