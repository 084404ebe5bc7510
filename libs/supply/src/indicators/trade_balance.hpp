#pragma once

#include "adic/supply/indicators/indicator_context.hpp"
#include "adic/supply/indicators/item_facts.hpp"

namespace adic::supply {

/// The trade of the item by the states inside, trade between them netted out.
///
/// For each state and flow the newest period counts. A row without partner is the total; rows with
/// partners divide it, and what they leave is unallocated. Without such a row the partners' sum is
/// the total. A flow that is not recorded for a state is anything from nothing up.
TradeBalance trade_balance(const IndicatorContext& context, model::ItemIndex item);

}  // namespace adic::supply
