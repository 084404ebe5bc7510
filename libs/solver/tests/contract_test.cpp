#include "contract.hpp"

#include "adic/base/random.hpp"

#include <chrono>
#include <cmath>

namespace adic::solver {
namespace {

constexpr Backend cbc{"cbc", solve_with_cbc};
constexpr Backend small{"small", solve_small};

INSTANTIATE_TEST_SUITE_P(Backends, SolverContract, testing::Values(cbc, small), name_of);

Variable whole(double lower, double upper, double cost) {
    return {lower, upper, cost, Integrality::integer};
}

TEST_P(SolverContract, SolvesTheWyndorGlassProblem) {
    // Hillier, Lieberman, "Introduction to Operations Research", ch. 3: 3 x + 5 y, 36 at (2, 6).
    const LinearModel model{
        {{0, infinity, -3, {}}, {0, infinity, -5, {}}},
        {{-infinity, 4, {{0, 1}}}, {-infinity, 12, {{1, 2}}}, {-infinity, 18, {{0, 3}, {1, 2}}}}};
    const Optimum found = optimum(model);
    EXPECT_NEAR(found.objective, -36.0, 1e-9);
    ASSERT_EQ(found.values.size(), 2U);
    EXPECT_NEAR(found.values[0], 2.0, 1e-7);
    EXPECT_NEAR(found.values[1], 6.0, 1e-7);
}

TEST_P(SolverContract, FindsWholeNumbersThatRoundingMisses) {
    // max 5 x + 8 y, x + y <= 6, 5 x + 9 y <= 45: 41.25 at (2.25, 3.75), whole 40 at (0, 5).
    const LinearModel model{
        {whole(0, infinity, -5), whole(0, infinity, -8)},
        {{-infinity, 6, {{0, 1}, {1, 1}}}, {-infinity, 45, {{0, 5}, {1, 9}}}}};
    const Optimum found = optimum(model);
    EXPECT_EQ(found.objective, -40.0);
    EXPECT_EQ(found.values, (std::vector<double>{0.0, 5.0}));
}

TEST_P(SolverContract, EndsAtANumberOfNodes) {
    // Market split, which branching alone solves: Cornuejols and Dawande (1999), "A class of hard
    // small 0-1 programs", INFORMS Journal on Computing 11(2).
    RandomStream random(5, 0);
    LinearModel model;
    for (std::uint32_t row = 0; row < 2; ++row) {
        model.variables.push_back({0, infinity, 1, {}});
        model.variables.push_back({0, infinity, 1, {}});
        model.constraints.push_back({0, 0, {{2 * row, 1}, {2 * row + 1, -1}}});
    }
    for (std::uint32_t v = 4; v < 14; ++v) {
        model.variables.push_back(whole(0, 1, 0));
        for (Constraint& row : model.constraints) {
            row.terms.push_back({v, static_cast<double>(random.below(100))});
            row.lower += std::floor(row.terms.back().coefficient / 2.0);
            row.upper = row.lower;
        }
    }
    const Optimum best = optimum(model);
    SolveOptions options;
    options.most_nodes = 2;
    std::vector<double> bounds;
    for (int again = 0; again < 2; ++again) {
        const auto outcome = solve(model, options);
        ASSERT_TRUE(outcome);
        const auto* late = std::get_if<OutOfTime>(&*outcome);
        ASSERT_NE(late, nullptr);
        EXPECT_GE(late->objective, best.objective - 1e-6);
        EXPECT_LE(late->bound, best.objective + 1e-6);
        bounds.push_back(late->bound);
    }
    EXPECT_EQ(bounds[0], bounds[1]);
}

TEST_P(SolverContract, TakesFreeFixedAndNegativeVariables) {
    const LinearModel model{
        {{-infinity, infinity, 1, {}}, {3, 3, 1, {}}, {-5, -1, -1, {}}},
        {{2, 2, {{0, 1}, {1, 1}, {2, 1}}}}};
    const Optimum found = optimum(model);  // x + 3 + z = 2, minimise x + 3 - z: x = 0, z = -1
    EXPECT_NEAR(found.objective, 4.0, 1e-9);
}

TEST_P(SolverContract, SaysThatThereIsNoPoint) {
    const LinearModel linear{{{0, 1, 1, {}}}, {{2, infinity, {{0, 1}}}}};
    EXPECT_TRUE(ends_in<Infeasible>(linear));
    const LinearModel odd{{whole(0, 10, 1)}, {{1, 1, {{0, 2}}}}};
    EXPECT_TRUE(ends_in<Infeasible>(odd));
    const LinearModel empty_row{{{0, 1, 1, {}}}, {{1, 2, {}}}};
    EXPECT_TRUE(ends_in<Infeasible>(empty_row));
    const LinearModel nothing{{}, {{1, 2, {}}}};
    EXPECT_TRUE(ends_in<Infeasible>(nothing));
}

TEST_P(SolverContract, SaysThatThereIsNoEnd) {
    EXPECT_TRUE(ends_in<Unbounded>({{{0, infinity, -1, {}}}, {}}));
    EXPECT_TRUE(ends_in<Unbounded>({{whole(0, infinity, -1)}, {{0, infinity, {{0, 1}}}}}));
}

TEST_P(SolverContract, SolvesModelsWithoutRowsOrVariables) {
    EXPECT_EQ(optimum({}).objective, 0.0);
    EXPECT_EQ(optimum({{{1, 5, 2, {}}, {1, 5, -2, {}}}, {}}).objective, -8.0);
    EXPECT_EQ(optimum({{whole(1, 5, 2)}, {{-infinity, infinity, {}}}}).objective, 2.0);
}

TEST_P(SolverContract, RefusesWhatIsNotAModel) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<LinearModel> wrong{
        {{{1, 0, 0, {}}}, {}},
        {{{nan, 1, 0, {}}}, {}},
        {{{0, 1, nan, {}}}, {}},
        {{{0, 1, infinity, {}}}, {}},
        {{{infinity, infinity, 0, {}}}, {}},
        {{{0, 1, 0, {}}}, {{0, 1, {{1, 1}}}}},
        {{{0, 1, 0, {}}}, {{0, 1, {{0, 1}, {0, 1}}}}},
        {{{0, 1, 0, {}}}, {{0, 1, {{0, infinity}}}}},
        {{{0, 1, 0, {}}}, {{2, 1, {{0, 1}}}}},
    };
    for (std::size_t i = 0; i < wrong.size(); ++i) {
        const auto outcome = solve(wrong[i]);
        ASSERT_FALSE(outcome) << i;
        EXPECT_EQ(outcome.error().code, ErrorCode::invalid_argument) << i;
    }
}

LinearModel random_cover(RandomStream& random, std::size_t variables, std::size_t rows) {
    LinearModel model;
    for (std::size_t v = 0; v < variables; ++v) {
        model.variables.push_back(whole(0, 1, 0.1 + random.uniform()));
    }
    for (std::size_t r = 0; r < rows; ++r) {
        Constraint row;
        for (std::uint32_t v = 0; v < variables; ++v) {
            if (random.below(2) == 0) {
                row.terms.push_back({v, std::floor(random.uniform() * 9.0) - 2.0});
            }
        }
        row.lower = 1.0 + static_cast<double>(random.below(6));
        model.constraints.push_back(std::move(row));
    }
    return model;
}

/// Tries all 2^n points.
double brute_force(const LinearModel& model) {
    double best = infinity;
    std::vector<double> values(model.variables.size());
    for (std::uint32_t bits = 0; bits < 1U << values.size(); ++bits) {
        for (std::size_t v = 0; v < values.size(); ++v) {
            values[v] = (bits >> v & 1U) != 0 ? 1.0 : 0.0;
        }
        if (violation(model, values) <= 1e-9) {
            best = std::min(best, cost_of(model, values));
        }
    }
    return best;
}

TEST_P(SolverContract, AgreesWithBruteForceOnSmallModels) {
    int feasible = 0;
    for (std::uint64_t trial = 0; trial < 600; ++trial) {
        RandomStream random{31, trial};
        const LinearModel model = random_cover(random, 8, 1 + random.below(6));
        const double expected = brute_force(model);
        if (expected == infinity) {
            EXPECT_TRUE(ends_in<Infeasible>(model)) << trial;
            continue;
        }
        ++feasible;
        const Optimum found = optimum(model);
        EXPECT_NEAR(found.objective, expected, 1e-9) << trial;
        EXPECT_LE(found.bound, expected + 1e-9) << trial;
    }
    EXPECT_GT(feasible, 200);
}

/// min b'y, A'y >= c, y >= 0 of max c'x, A x <= b, x >= 0.
LinearModel dual_of(const LinearModel& primal) {
    LinearModel dual;
    for (const Variable& variable : primal.variables) {
        dual.constraints.push_back({-variable.cost, infinity, {}});
    }
    for (std::uint32_t r = 0; r < primal.constraints.size(); ++r) {
        dual.variables.push_back({0, infinity, primal.constraints[r].upper, {}});
        for (const Term& term : primal.constraints[r].terms) {
            dual.constraints[term.variable].terms.push_back({r, term.coefficient});
        }
    }
    return dual;
}

TEST_P(SolverContract, GivesALinearModelAndItsDualTheSameValue) {
    for (std::uint64_t trial = 0; trial < 60; ++trial) {
        RandomStream random{32, trial};
        LinearModel model;
        for (int v = 0; v < 6; ++v) {
            model.variables.push_back({0, infinity, -random.uniform(), {}});
        }
        for (int r = 0; r < 5; ++r) {
            model.constraints.push_back({-infinity, 1.0 + random.uniform(), {}});
            for (std::uint32_t v = 0; v < 6; ++v) {
                model.constraints.back().terms.push_back({v, 0.1 + random.uniform()});
            }
        }
        EXPECT_NEAR(-optimum(model).objective, optimum(dual_of(model)).objective, 1e-8) << trial;
    }
}

/// Market split: equations over whole numbers that branch and bound hardly gets into.
/// Source: Cornuejols, Dawande (1998), "A class of hard small 0-1 programs", IPCO.
LinearModel market_split() {
    RandomStream random{33, 0};
    LinearModel model;
    for (int v = 0; v < 40; ++v) {
        model.variables.push_back(whole(0, 1, 0));
    }
    for (std::uint32_t r = 0; r < 5; ++r) {
        Constraint row;
        double sum = 0.0;
        for (std::uint32_t v = 0; v < 40; ++v) {
            row.terms.push_back({v, static_cast<double>(random.below(100))});
            sum += row.terms.back().coefficient;
        }
        const auto slack = static_cast<std::uint32_t>(model.variables.size());
        model.variables.push_back({0, infinity, 1, {}});
        model.variables.push_back({0, infinity, 1, {}});
        row.terms.push_back({slack, 1.0});
        row.terms.push_back({slack + 1, -1.0});
        row.lower = row.upper = std::floor(sum / 2.0);
        model.constraints.push_back(std::move(row));
    }
    return model;
}

TEST_P(SolverContract, StopsWhenTimeIsUpWithABoundAndAPoint) {
    const LinearModel model = market_split();
    const auto outcome = solve(model, {.time_limit_s = 0.5});
    ASSERT_TRUE(outcome);
    ASSERT_TRUE(std::holds_alternative<OutOfTime>(*outcome));
    const OutOfTime& stopped = std::get<OutOfTime>(*outcome);
    EXPECT_LE(stopped.bound, stopped.objective);
    EXPECT_GT(stopped.bound, -1.0);  // no cost is below zero
    if (!stopped.best.empty()) {
        EXPECT_LE(violation(model, stopped.best), 1e-6);
    }
}

TEST_P(SolverContract, GivesTheSameBytesTwiceAndPrintsNothing) {
    RandomStream random{34, 0};
    const LinearModel model = random_cover(random, 25, 12);
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const Optimum first = optimum(model);
    const Optimum second = optimum(model);
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(first.values, second.values);
    EXPECT_EQ(first.objective, second.objective);
}

}  // namespace
}  // namespace adic::solver
