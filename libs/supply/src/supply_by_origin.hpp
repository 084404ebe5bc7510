#pragma once

#include "adic/supply/map_index.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace adic::supply {

/// What one origin state supplies of an item on the market that a viewpoint sees.
struct OriginSupply {
    model::StateIndex origin;
    double low;
    double likely;
    double high;
    bool inside;
};

/// The supply of one item, added up by origin state (sorted by state). Rows without a share count
/// as known origins of nothing; rows without an origin are left out: they are unknown.
struct SupplyByOrigin {
    std::vector<OriginSupply> origins;
    double inside_likely = 0.0;
    double known_likely = 0.0;
    double known_low = 0.0;
};

SupplyByOrigin supply_by_origin(
    const MapIndex& index,
    std::span<const std::uint32_t> rows,
    const Viewpoint& viewpoint
);

}  // namespace adic::supply
