#include "adic/shock/montecarlo/intervals.hpp"

#include <array>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

TEST(Intervals, AreWilsonsToThePrintedDigits) {
    struct Case {
        double hits;
        double runs;
        double low;
        double high;
    };

    // From the formula by hand: 8 of 100, 0 of 50, and all of 50 by symmetry.
    constexpr std::array cases{
        Case{8, 100, 0.0411, 0.1500},
        Case{0, 50, 0, 0.0713},
        Case{50, 50, 0.9287, 1}};
    for (const Case& c : cases) {
        const Estimate found = wilson_interval(c.hits, c.runs, two_sided_deviate(0.95, endless));
        EXPECT_NEAR(found.low(), c.low, 5e-5);
        EXPECT_NEAR(found.high(), c.high, 5e-5);
        EXPECT_DOUBLE_EQ(found.likely(), c.hits / c.runs);
    }
}

TEST(Intervals, AreClopperAndPearsons) {
    // 0 of 50: 1 - 0.025^(1/50); 8 of 100: binom.test of R.
    EXPECT_NEAR(exact_interval(0, 50, 0.95).high(), 0.07112174, 1e-8);
    EXPECT_EQ(exact_interval(0, 50, 0.95).low(), 0);
    EXPECT_NEAR(exact_interval(8, 100, 0.95).low(), 0.03517156, 1e-8);
    EXPECT_NEAR(exact_interval(8, 100, 0.95).high(), 0.15155764, 1e-7);
    EXPECT_EQ(exact_interval(7, 7, 0.95).high(), 1);
}

TEST(Intervals, PutQuantilesBetweenOrderStatistics) {
    const QuantileRanks ranks = quantile_ranks(1000, 0.95, 0.95);
    EXPECT_EQ(ranks.low, 936U);
    EXPECT_EQ(ranks.high, 964U);
    EXPECT_NEAR(ranks.coverage, 0.958, 5e-4);
    // Ten runs say nothing above about their 95 % quantile: 0.95^10 = 0.60 that all are below it.
    EXPECT_EQ(quantile_ranks(10, 0.95, 0.95).high, 11U);
    EXPECT_EQ(quantile_ranks(10, 0.05, 0.95).low, 0U);
    // The median of six lies between the first and the last: 1 - 2/64.
    EXPECT_EQ(quantile_ranks(6, 0.5, 0.95).low, 1U);
    EXPECT_EQ(quantile_ranks(6, 0.5, 0.95).high, 6U);
    EXPECT_NEAR(quantile_ranks(6, 0.5, 0.95).coverage, 1 - 2.0 / 64, 1e-12);
}

TEST(Intervals, CoverAsMuchAsTheySay) {
    for (const std::uint64_t runs : {1U, 2U, 17U, 100U, 5'000U}) {
        for (const double level : {0.01, 0.3, 0.5, 0.99}) {
            const QuantileRanks ranks = quantile_ranks(runs, level, 0.9);
            EXPECT_GE(ranks.coverage, 0.9 - 1e-12) << runs << ' ' << level;
            EXPECT_LT(ranks.low, ranks.high);
        }
    }
}

TEST(Intervals, AreStudentsForMeans) {
    EXPECT_NEAR(two_sided_deviate(0.95, endless), 1.959964, 1e-6);
    EXPECT_NEAR(two_sided_deviate(0.95, 9), 2.262157, 1e-6);
    // 1 to 5: mean 3, variance 2.5, t(4) = 2.776445.
    const std::array values{1.0, 2.0, 3.0, 4.0, 5.0};
    const Estimate mean = mean_interval(values, 0.95);
    EXPECT_NEAR(mean.high() - 3, 2.776445 * std::sqrt(0.5), 1e-6);
    EXPECT_NEAR(3 - mean.low(), 2.776445 * std::sqrt(0.5), 1e-6);
}

}  // namespace
}  // namespace adic::shock
