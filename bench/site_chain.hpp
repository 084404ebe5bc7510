#pragma once

#include "adic/model/site_network.hpp"

#include <cstdint>

namespace adic::bench {

/// Parts in layers, each made of a few parts of the two layers before it; the last layer is wanted.
/// Most groups have no alternative.
struct SiteChainShape {
    std::uint32_t parts = 500;
    std::uint32_t layers = 8;
    double alternatives = 0.2;     ///< part of the groups that have two choices
    std::uint32_t most_sites = 4;  ///< of a part
    std::uint32_t countries = 30;
    bool intervals = false;
};

/// The same shape and seed give the same network on every machine.
model::SiteNetwork site_chain(const SiteChainShape& shape, std::uint64_t seed);

}  // namespace adic::bench
