#pragma once

#include <cstdint>

namespace adic {

/// One step of the SplitMix64 mixing function: a bijection on 64 bits.
/// Source: Steele, Lea, Flood (2014), "Fast splittable pseudorandom number generators", OOPSLA.
constexpr std::uint64_t mix(std::uint64_t z) {
    z += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
}

/// A counter-based random stream: draw number `n` of stream `stream` under `seed` is a pure
/// function of the three, so the same run gives the same bytes on any number of threads.
class RandomStream {
  public:
    constexpr RandomStream(std::uint64_t seed, std::uint64_t stream)
        : key_(mix(mix(seed) ^ stream)) {}

    /// 64 uniform bits.
    constexpr std::uint64_t bits() { return mix(key_ ^ counter_++); }

    /// Uniform in [0, 1), with 53 bits.
    constexpr double uniform() { return static_cast<double>(bits() >> 11U) * 0x1.0p-53; }

    /// Uniform in {0, ..., bound - 1}. Requires: bound > 0. The bias is below bound / 2^64.
    constexpr std::uint64_t below(std::uint64_t bound) { return bits() % bound; }

  private:
    std::uint64_t key_;
    std::uint64_t counter_ = 0;
};

}  // namespace adic
