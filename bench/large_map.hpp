#pragma once

#include "adic/model/supply_map.hpp"

#include <cstdint>

namespace adic::bench {

struct LargeMapOptions {
    std::uint32_t items = 100'000;
    std::uint32_t links_per_item = 10;
    std::uint32_t states = 60;  ///< the first 11 form the bloc ASEAN
    std::uint64_t seed = 20250;
};

/// A made-up map of the size of an economy. Items stand in ten tiers and take from lower ones;
/// pairs of neighbours also take from each other, and the 2,000 items at the bottom are one great
/// circle.
/// Of the needs, one in four has two or three alternatives, one in five no value share and one in
/// four an interval; of the supplies, one in ten lacks its share and one in four is an interval.
model::SupplyMap large_map(const LargeMapOptions& options);

}  // namespace adic::bench
