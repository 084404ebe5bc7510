#include "adic/model/threshold.hpp"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace adic::model {
namespace {

struct Case {
    const char* name;
    std::vector<double> lost;
    double limit;
    bool expected;
};

// 0.1 + 0.2 is 0.30000000000000004 in binary, 1 - 0.7 is 0.30000000000000004, 1 - 0.9 is less than
// 0.1; the tolerance is 1e-9 of the whole, which is 1 here.
const std::vector<Case> cases{
    {"equal, the sum rounded up", {0.1, 0.2}, 0.3, false},
    {"equal, the limit rounded down", {0.1}, 1.0 - 0.9, false},
    {"equal, the limit rounded up", {0.3}, 1.0 - 0.7, false},
    {"above by half the tolerance", {0.3 + 5e-10}, 0.3, false},
    {"above by twice the tolerance", {0.3 + 2e-9}, 0.3, true},
    {"below", {0.2999}, 0.3, false},
    {"nothing lost, nothing may be", {}, 0.0, false},
    {"all lost", {0.5, 0.5}, 0.999, true},
};

TEST(ShareThreshold, CountsEqualSharesAsEqual) {
    for (const Case& c : cases) {
        const double lost = std::accumulate(c.lost.begin(), c.lost.end(), 0.0);
        EXPECT_EQ(exceeds(lost, c.limit, 1.0), c.expected) << c.name;
    }
}

TEST(ShareThreshold, IsTheSameInWholeNumbers) {
    for (const Case& c : cases) {
        std::vector<double> weights = c.lost;
        weights.push_back(1.0 - std::accumulate(c.lost.begin(), c.lost.end(), 0.0));
        const WholeWeights whole = whole_weights(weights, c.limit);
        const auto kept = static_cast<std::ptrdiff_t>(c.lost.size());
        const auto first = whole.weights.begin();
        EXPECT_EQ(std::accumulate(first, first + kept, std::int64_t{0}) > whole.limit, c.expected)
            << c.name;
    }
}

TEST(ShareThreshold, HoldsInAnyUnit) {
    // 300 of 1,000 tonnes and 0.3 of 1; 3e-7 tonnes more is less than 1e-9 of the whole.
    EXPECT_FALSE(exceeds(300.0 + 3e-7, 300.0, 1000.0));
    EXPECT_TRUE(exceeds(300.0 + 3e-6, 300.0, 1000.0));
    const WholeWeights whole = whole_weights(std::vector<double>{300.0 + 3e-7, 700.0}, 300.0);
    EXPECT_LE(whole.weights[0], whole.limit);
}

TEST(ShareThreshold, IsNeverAboveALimitOfTheWhole) {
    for (const double limit : {1.0, 2.0}) {
        const WholeWeights whole = whole_weights(std::vector<double>{0.5, 0.5}, limit);
        EXPECT_LE(whole.weights[0] + whole.weights[1], whole.limit) << limit;
    }
}

}  // namespace
}  // namespace adic::model
