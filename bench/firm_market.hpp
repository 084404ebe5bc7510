#pragma once

#include "adic/model/firm_network.hpp"

#include <cstdint>

namespace adic::bench {

struct FirmMarketSize {
    std::uint32_t firms = 10'000;
    std::uint32_t links = 100'000;
    std::uint32_t sectors = 40;
    std::uint64_t seed = 4101;
};

/// A scale-free network: customers and suppliers are drawn with a chance that falls as 1/rank, so a
/// few firms trade with thousands; weights have a long tail. Of the pairs of sectors a third are
/// essential, a third non-essential, a third neither.
model::FirmNetwork firm_market(const FirmMarketSize& size);

}  // namespace adic::bench
