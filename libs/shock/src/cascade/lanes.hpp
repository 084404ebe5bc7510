#pragma once

#include <cstddef>
#include <cstdint>

// Rows are passed by value only within this library, so it does not matter how.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace adic::shock {

/// So many cascades go through the links side by side: a row of levels is one line of the cache.
inline constexpr std::size_t lanes = 8;

/// One number of each of the cascades. Arithmetic is element by element; a comparison gives all
/// ones or zeros, so `a < b ? a : b` takes the lesser of each.
using Lanes = double __attribute__((vector_size(lanes * sizeof(double))));

/// What a comparison of two `Lanes` gives.
using LaneMask = std::int64_t __attribute__((vector_size(lanes * sizeof(std::int64_t))));

inline Lanes all_lanes(double value) {
    return Lanes{} + value;
}

}  // namespace adic::shock
