#include "adic/base/parallel.hpp"

#include "adic/base/random.hpp"

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace adic {
namespace {

TEST(ParallelRanges, CoverEveryPositionOnce) {
    struct Case {
        std::size_t count;
        std::size_t grain;
    };

    for (const Case& c :
         std::vector<Case>{{0, 1}, {1, 1}, {1, 8}, {7, 3}, {8, 4}, {1000, 1}, {99'999, 64}}) {
        std::vector<int> visits(c.count, 0);
        parallel_ranges(c.count, c.grain, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                ++visits[i];
            }
        });
        EXPECT_EQ(visits, std::vector<int>(c.count, 1)) << c.count << " by " << c.grain;
    }
}

TEST(ParallelRanges, StartAtMultiplesOfTheGrain) {
    std::atomic<int> misplaced = 0;
    parallel_ranges(1001, 10, [&](std::size_t begin, std::size_t end) {
        const bool placed = begin % 10 == 0 && (end - begin == 10 || end == 1001);
        misplaced += placed ? 0 : 1;
    });
    EXPECT_EQ(misplaced, 0);
}

/// A sum that is added up as parallel_ranges asks for: a slot for each range, then in order.
double sum_by_ranges(const std::vector<double>& values, std::size_t grain) {
    std::vector<double> slots((values.size() + grain - 1) / grain);
    parallel_ranges(values.size(), grain, [&](std::size_t begin, std::size_t end) {
        double sum = 0.0;
        for (std::size_t i = begin; i < end; ++i) {
            sum += values[i];
        }
        slots[begin / grain] = sum;
    });
    return std::accumulate(slots.begin(), slots.end(), 0.0);
}

TEST(ParallelRanges, GiveTheSameBytesEachTime) {
    RandomStream random(3, 0);
    std::vector<double> values;
    for (int i = 0; i < 100'000; ++i) {
        values.push_back(random.uniform() * 1e6 - 5e5);
    }
    const double once = sum_by_ranges(values, 128);
    for (int run = 0; run < 20; ++run) {
        ASSERT_EQ(sum_by_ranges(values, 128), once);
    }
}

TEST(ParallelRanges, HandOnAnException) {
    const auto run = [] {
        parallel_ranges(100, 1, [](std::size_t begin, std::size_t) {
            if (begin == 57) {
                throw std::runtime_error("a bug");
            }
        });
    };
    EXPECT_THROW(run(), std::runtime_error);
}

}  // namespace
}  // namespace adic
