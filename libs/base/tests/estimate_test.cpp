#include "adic/base/estimate.hpp"

#include "adic/base/random.hpp"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace adic {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

TEST(Estimate, IsOrderedAndFiniteOrNothing) {
    struct Case {
        const char* name;
        double low;
        double likely;
        double high;
        bool expected;
    };

    const std::vector<Case> cases{
        {"in order", 0.1, 0.2, 0.3, true},
        {"all the same", 0.2, 0.2, 0.2, true},
        {"below zero", -3, -2, -1, true},
        {"likely below low", 0.2, 0.1, 0.3, false},
        {"likely above high", 0.1, 0.4, 0.3, false},
        {"low above high", 0.3, 0.2, 0.1, false},
        {"low is no number", not_a_number, 0.2, 0.3, false},
        {"likely is no number", 0.1, not_a_number, 0.3, false},
        {"high is no number", 0.1, 0.2, not_a_number, false},
        {"no upper bound", 0.1, 0.2, infinite, false},
        {"no lower bound", -infinite, 0.2, 0.3, false},
    };
    for (const Case& c : cases) {
        const Result<Estimate> estimate = Estimate::create(c.low, c.likely, c.high);
        ASSERT_EQ(static_cast<bool>(estimate), c.expected) << c.name;
        if (!estimate) {
            EXPECT_EQ(estimate.error().code, ErrorCode::invalid_argument) << c.name;
        }
    }
}

TEST(Estimate, GivesTheBoundThatIsAskedFor) {
    const Estimate estimate = *Estimate::create(1, 2, 4);
    EXPECT_EQ(at(estimate, Bound::low), 1);
    EXPECT_EQ(at(estimate, Bound::likely), 2);
    EXPECT_EQ(at(estimate, Bound::high), 4);
    EXPECT_FALSE(estimate.is_exact());
}

TEST(Estimate, OfAnExactFigureHasOneValue) {
    const Estimate exact = Estimate::exactly(0.35);
    EXPECT_TRUE(exact.is_exact());
    EXPECT_EQ(exact, *Estimate::create(0.35, 0.35, 0.35));
}

TEST(Estimate, KeepsEveryOrderedTriple) {
    RandomStream random(7, 0);
    for (int i = 0; i < 10'000; ++i) {
        const double a = random.uniform() - 0.5;
        const double b = random.uniform() - 0.5;
        const double c = random.uniform() - 0.5;
        const auto estimate = Estimate::create(a, b, c);
        ASSERT_EQ(static_cast<bool>(estimate), a <= b && b <= c);
        if (estimate) {
            ASSERT_LE(estimate->low(), estimate->likely());
            ASSERT_LE(estimate->likely(), estimate->high());
        }
    }
}

}  // namespace
}  // namespace adic
