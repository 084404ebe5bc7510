#pragma once

#include "adic/supply/indicators/item_facts.hpp"

#include <functional>

namespace adic::supply {

/// Where an input comes from, on the market that is looked at.
using OriginsOf = std::function<Origins(model::ItemIndex)>;

/// What states control of the item by way of its consumed inputs, group by group: of an input, what
/// the figure "controlled.STATE" records; else, of inputs on a control list, what comes from the
/// state; else nothing is known of control, and at most what comes from it falls under it.
///
/// Cost: O(n log n) for the n origins of its inputs; in groups of alternatives, times their states.
InputControl
input_control(const IndicatorTables& tables, model::ItemIndex item, const OriginsOf& origins_of);

}  // namespace adic::supply
