#pragma once

#include "adic/model/remedy.hpp"
#include "adic/model/supply_map.hpp"

#include <cstdint>
#include <vector>

namespace adic::bench {

struct RemedyListOptions {
    std::uint32_t remedies = 100;
    std::uint64_t seed = 20253;
};

/// Made-up remedies for items that are drawn from the map: half of them stockpiles, the others
/// second sources, recycling, substitutes and redesigns, for 1 to 60 million USD, each one to four
/// times.
std::vector<model::Remedy>
remedy_list(const model::SupplyMap& map, const RemedyListOptions& options);

}  // namespace adic::bench
