#include "adic/base/random.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <set>

#include <gtest/gtest.h>

namespace adic {
namespace {

TEST(Mix, IsTheSplitMix64OfItsPaper) {
    // First outputs of SplitMix64 from state 1234567, as java.util.SplittableRandom and the
    // reference C code by Vigna (prng.di.unimi.it/splitmix64.c) give them: the state before
    // output n is 1234567 + n * golden gamma, and `mix` adds the gamma itself.
    constexpr std::uint64_t gamma = 0x9E3779B97F4A7C15U;
    constexpr std::array<std::uint64_t, 5> expected{
        6457827717110365317U,
        3203168211198807973U,
        9817491932198370423U,
        4593380528125082431U,
        16408922859458223821U};
    std::uint64_t state = 1234567;
    for (const std::uint64_t output : expected) {
        EXPECT_EQ(mix(state), output);
        state += gamma;
    }
}

TEST(RandomStream, IsAFunctionOfSeedStreamAndCounter) {
    RandomStream first(1, 2);
    RandomStream second(1, 2);
    RandomStream other_stream(1, 3);
    RandomStream other_seed(2, 2);
    int same_stream = 0;
    int same_seed = 0;
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t bits = first.bits();
        ASSERT_EQ(bits, second.bits());
        same_stream += bits == other_stream.bits() ? 1 : 0;
        same_seed += bits == other_seed.bits() ? 1 : 0;
    }
    EXPECT_EQ(same_stream, 0);
    EXPECT_EQ(same_seed, 0);
}

TEST(RandomStream, DrawsUniformlyFromTheUnitInterval) {
    RandomStream random(42, 0);
    constexpr int draws = 100'000;
    constexpr int bins = 100;
    std::array<int, bins> count{};
    for (int i = 0; i < draws; ++i) {
        const double u = random.uniform();
        ASSERT_GE(u, 0.0);
        ASSERT_LT(u, 1.0);
        ++count.at(static_cast<std::size_t>(u * bins));
    }
    double chi_squared = 0.0;
    for (const int seen : count) {
        const double difference = seen - static_cast<double>(draws) / bins;
        chi_squared += difference * difference / (static_cast<double>(draws) / bins);
    }
    // 99 degrees of freedom: mean 99, standard deviation sqrt(198) = 14.07; five of them each way.
    EXPECT_NEAR(chi_squared, 99.0, 5 * 14.07);
}

TEST(RandomStream, DrawsBelowABound) {
    RandomStream random(42, 1);
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t draw = random.below(6);
        ASSERT_LT(draw, 6U);
        seen.insert(draw);
    }
    EXPECT_EQ(seen.size(), 6U);
    EXPECT_EQ(random.below(1), 0U);
}

}  // namespace
}  // namespace adic
