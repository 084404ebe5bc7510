#pragma once

#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <optional>
#include <vector>

namespace adic::shock {

/// Why a state could make an item, the strongest reason first.
enum class SourceEvidence {
    supplies_it,   ///< it supplies the item already
    produces_it,   ///< the map has its production of the item
    same_heading,  ///< it supplies an item of the same four digits of the Harmonized System
    same_inputs  ///< it supplies an item that is made of at least half of what this one is made of
};

/// A state that could become a second source of an item.
struct SecondSource {
    model::StateIndex state;
    SourceEvidence evidence;
    model::ItemIndex by;          ///< the item that it supplies: the item itself, or the like
    std::optional<double> share;  ///< of `by` on the market that the viewpoint sees, likely
};

/// Which states inside could make an item, from what they supply and produce today: candidates to
/// be looked at, not a judgement. Each state once, with its strongest reason; by reason, then the
/// largest share, then by state.
///
/// Cost: O(supplies + codes + needs + trades).
std::vector<SecondSource> list_second_sources(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    model::ItemIndex item
);

}  // namespace adic::shock
