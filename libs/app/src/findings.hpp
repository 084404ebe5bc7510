#pragma once

#include "adic/app/brief.hpp"

#include "basis.hpp"

#include <set>
#include <vector>

namespace adic::app {

/// The weakest need of these items.
void add_needs(
    const supply::MapIndex& index,
    const std::set<model::ItemIndex>& items,
    Basis& basis
);

/// The weakest share of the item's supply by a known origin; false if no such share is known.
bool add_shares(const supply::MapIndex& index, model::ItemIndex item, Basis& basis);

/// What a minister should know of a brief whose views are made, each with the command that proves
/// it and, in plain words, with the confidence of the weakest facts that it rests on.
/// `items`: everything that what is asked about cannot do without, itself included.
///
/// Cost: that of `supply::why` for each target that the worst bottleneck stops.
std::vector<Finding> findings_of(
    const supply::MapIndex& index,
    const BriefRequest& request,
    const Brief& brief,
    const std::set<model::ItemIndex>& items
);

}  // namespace adic::app
