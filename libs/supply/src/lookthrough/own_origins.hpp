#pragma once

#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <vector>

namespace adic::supply {

/// Part of what the viewpoint takes of an item that a state supplies, with the parts that nobody
/// recorded given to it (high) or to others (low).
struct StatePart {
    std::uint32_t state;
    double low;
    double likely;
    double high;
    /// The record speaks of the whole state, so what is not recorded comes from other states.
    bool whole;
};

/// Where the own part of an item originates. The likely parts and the unknown one add up to 1.
struct OwnOrigins {
    std::vector<StatePart> states;  ///< by state
    double unknown_low;
    double unknown;
    double unknown_high;  ///< also the most that a state without a record can supply
};

OwnOrigins own_origins(const MapIndex& index, const Viewpoint& viewpoint, model::ItemIndex item);

/// All states inside the viewpoint taken together; `state` is without meaning.
StatePart inside_part(const OwnOrigins& origins, const Viewpoint& viewpoint);

}  // namespace adic::supply
