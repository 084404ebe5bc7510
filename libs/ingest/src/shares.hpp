#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

namespace adic::ingest {

/// By how much shares may add up to more than 1: publishers round each to three digits.
inline constexpr double share_rounding = 0.001;

/// The most that `count` of the shares add up to: what a group that takes `count` inputs can cost.
inline double sum_of_largest(std::vector<double> shares, std::uint32_t count) {
    std::sort(shares.begin(), shares.end(), std::greater<>{});
    double sum = 0.0;
    for (std::size_t i = 0; i < shares.size() && i < count; ++i) {
        sum += shares[i];
    }
    return sum;
}

}  // namespace adic::ingest
