#include "award/reduced_model.hpp"

#include "adic/base/random.hpp"
#include "adic/solver/model.hpp"

#include <gtest/gtest.h>

namespace adic::procure {
namespace {

using solver::infinity;
using solver::Integrality;
using solver::LinearModel;

/// An order that is closed takes its pieces with it, and the constraints that said so.
TEST(ReducedModel, LeavesOutWhatHasNoChoice) {
    const LinearModel model{
        {{0, 0, 5, Integrality::integer},
         {0, 9, 1, Integrality::integer},
         {0, 1, 4, Integrality::integer},
         {0, 9, 2, Integrality::integer}},
        {{-infinity, 0, {{1, 1}, {0, -9}}},    // pieces of the closed order
         {-infinity, 0, {{3, 1}, {2, -9}}},    // of the other
         {3, 3, {{1, 1}, {3, 1}}},             // are 3 together
         {-infinity, 20, {{1, 1}, {3, 1}}}}};  // which is no limit
    const ReducedModel made = reduced(model);
    EXPECT_EQ(made.kept, (std::vector<std::uint32_t>{2, 3}));
    EXPECT_EQ(made.model.constraints.size(), 2U);
    EXPECT_EQ(made.whole({1, 3}), (std::vector<double>{0, 0, 1, 3}));
    const auto outcome = solve_reduced(model, {});
    ASSERT_TRUE(outcome && std::holds_alternative<solver::Optimum>(*outcome));
    EXPECT_DOUBLE_EQ(std::get<solver::Optimum>(*outcome).objective, 10.0);
}

LinearModel random_model(RandomStream& random) {
    LinearModel model;
    for (int v = 0; v < 7; ++v) {
        const double lower = static_cast<double>(random.below(3)) - 1.0;
        const double upper = lower + static_cast<double>(random.below(4));
        const double cost = static_cast<double>(random.below(11)) - 5.0;
        model.variables.push_back({lower, upper, cost, Integrality::integer});
    }
    for (int r = 0; r < 5; ++r) {
        solver::Constraint row;
        for (std::uint32_t v = 0; v < 7; ++v) {
            const double coefficient = static_cast<double>(random.below(7)) - 3.0;
            if (random.uniform() < 0.5 && coefficient != 0.0) {
                row.terms.push_back({v, coefficient});
            }
        }
        const double middle = static_cast<double>(random.below(13)) - 6.0;
        row.lower =
            random.uniform() < 0.6 ? middle - static_cast<double>(random.below(5)) : -infinity;
        row.upper =
            random.uniform() < 0.6 ? middle + static_cast<double>(random.below(5)) : infinity;
        model.constraints.push_back(std::move(row));
    }
    return model;
}

TEST(ReducedModel, HasTheSameOptimum) {
    int solved = 0;
    int smaller = 0;
    int without_point = 0;
    for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
        RandomStream random(77, seed);
        const LinearModel model = random_model(random);
        const auto whole = solver::solve_with_cbc(model, {});
        const auto part = solve_reduced(model, {});
        ASSERT_TRUE(whole && part) << seed;
        ASSERT_EQ(whole->index(), part->index()) << seed;
        smaller += reduced(model).kept.size() < model.variables.size() ? 1 : 0;
        if (const auto* optimum = std::get_if<solver::Optimum>(&*part)) {
            EXPECT_NEAR(optimum->objective, std::get<solver::Optimum>(*whole).objective, 1e-6);
            EXPECT_LE(solver::violation(model, optimum->values), 1e-6) << seed;
            ++solved;
        } else {
            ++without_point;
        }
    }
    EXPECT_GT(solved, 200);
    EXPECT_GT(smaller, 200);
    EXPECT_GT(without_point, 50);
}

}  // namespace
}  // namespace adic::procure
