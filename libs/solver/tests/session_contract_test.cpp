#include "session_contract.hpp"

#include "adic/base/parallel.hpp"
#include "adic/base/random.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <vector>

namespace adic::solver {
namespace {

constexpr SessionBackend clp{"clp", open_clp_session};

INSTANTIATE_TEST_SUITE_P(Backends, SessionContract, testing::Values(clp), name_of_session);

/// Hillier, Lieberman, "Introduction to Operations Research", ch. 3 and 6: 36 at (2, 6), with the
/// shadow prices 0, 3/2 and 1.
LinearModel wyndor() {
    return {
        {{0, infinity, -3, {}}, {0, infinity, -5, {}}},
        {{-infinity, 4, {{0, 1}}}, {-infinity, 12, {{1, 2}}}, {-infinity, 18, {{0, 3}, {1, 2}}}}};
}

TEST_P(SessionContract, SolvesTheWyndorGlassProblemWithItsShadowPrices) {
    const auto session = open(wyndor());
    const LinearOptimum found = optimum(*session);
    EXPECT_NEAR(found.objective, -36.0, 1e-9);
    EXPECT_NEAR(found.bound, -36.0, 1e-9);
    ASSERT_EQ(found.values.size(), 2U);
    EXPECT_NEAR(found.values[0], 2.0, 1e-9);
    EXPECT_NEAR(found.values[1], 6.0, 1e-9);
    ASSERT_EQ(found.prices.size(), 3U);
    EXPECT_NEAR(found.prices[0], 0.0, 1e-9);
    EXPECT_NEAR(found.prices[1], -1.5, 1e-9);
    EXPECT_NEAR(found.prices[2], -1.0, 1e-9);
}

TEST_P(SessionContract, FollowsChangesOfBoundsCostsAndCoefficients) {
    const auto session = open(wyndor());
    EXPECT_NEAR(optimum(*session).objective, -36.0, 1e-9);
    session->keep_start();
    session->set_constraint_bounds(1, -infinity, 13);  // 1 more of the second: 3/2 more
    EXPECT_NEAR(optimum(*session).objective, -37.5, 1e-9);
    session->set_constraint_bounds(1, -infinity, 12);
    session->set_cost(0, -7.5);  // ch. 6: the edge of the range of the first cost
    EXPECT_NEAR(optimum(*session).objective, -45.0, 1e-9);
    session->set_cost(0, -3);
    session->set_variable_bounds(0, 0, 1);
    EXPECT_NEAR(optimum(*session).objective, -33.0, 1e-9);
    session->set_variable_bounds(0, 0, infinity);
    session->set_coefficient(2, 0, 2);  // 2 x + 2 y <= 18: (3, 6)
    EXPECT_NEAR(optimum(*session).objective, -39.0, 1e-9);
    session->set_coefficient(0, 1, 1);  // a new term: x + y <= 4
    EXPECT_NEAR(optimum(*session).objective, -20.0, 1e-9);
    EXPECT_EQ(session->model().constraints[0].terms.size(), 2U);
}

TEST_P(SessionContract, SaysThatThereIsNoPointOrNoEnd) {
    EXPECT_TRUE(ends_in<Infeasible>({{{0, 1, 1, {}}}, {{2, infinity, {{0, 1}}}}}));
    EXPECT_TRUE(ends_in<Infeasible>({{{0, 1, 1, {}}}, {{1, 2, {}}}}));
    EXPECT_TRUE(ends_in<Infeasible>({{}, {{1, 2, {}}}}));
    EXPECT_TRUE(ends_in<Unbounded>({{{0, infinity, -1, {}}}, {}}));
    EXPECT_TRUE(ends_in<Unbounded>({{{0, infinity, -1, {}}}, {{0, infinity, {{0, 1}}}}}));
}

TEST_P(SessionContract, SolvesModelsWithoutRowsOrVariables) {
    EXPECT_EQ(optimum(*open({})).objective, 0.0);
    const LinearModel no_rows{{{1, 5, 2, {}}, {1, 5, -2, {}}, {-infinity, infinity, 0, {}}}, {}};
    const LinearOptimum found = optimum(*open(no_rows));
    EXPECT_EQ(found.objective, -8.0);
    EXPECT_EQ(found.values, (std::vector<double>{1.0, 5.0, 0.0}));
    EXPECT_EQ(optimum(*open({{}, {{-1, 1, {}}}})).prices, std::vector<double>{0.0});
}

TEST_P(SessionContract, RefusesWhatIsNoLinearProgram) {
    const std::vector<LinearModel> wrong{
        {{{1, 0, 0, {}}}, {}},
        {{{0, 1, 0, {}}}, {{0, 1, {{1, 1}}}}},
        {{{0, 1, 0, Integrality::integer}}, {}},
    };
    for (std::size_t i = 0; i < wrong.size(); ++i) {
        const auto session = GetParam().open(wrong[i]);
        ASSERT_FALSE(session) << i;
        EXPECT_EQ(session.error().code, ErrorCode::invalid_argument) << i;
    }
}

/// A feasible, bounded program: covering with costs, some variables bounded.
LinearModel random_program(RandomStream& random, std::uint32_t variables, std::size_t rows) {
    LinearModel model;
    for (std::uint32_t v = 0; v < variables; ++v) {
        model.variables.push_back({0, 2.0 + random.uniform(), random.uniform(), {}});
    }
    for (std::size_t r = 0; r < rows; ++r) {
        Constraint row;
        double most = 0.0;
        for (std::uint32_t v = 0; v < variables; ++v) {
            if (random.below(3) == 0) {
                const double coefficient = random.uniform() * 3.0 - 1.0;
                row.terms.push_back({v, coefficient});
                most += std::max(0.0, coefficient);
            }
        }
        row.lower = 0.2 * most;
        model.constraints.push_back(std::move(row));
    }
    return model;
}

/// Other numbers in some places; about one in ten makes the program infeasible.
void disturb(LinearSession& session, RandomStream& random) {
    const auto variables = static_cast<std::uint32_t>(session.model().variables.size());
    const auto rows = static_cast<std::uint32_t>(session.model().constraints.size());
    for (int i = 0; i < 3; ++i) {
        const auto variable = static_cast<std::uint32_t>(random.below(variables));
        session.set_variable_bounds(variable, 0.0, random.below(3) == 0 ? 0.0 : 3.0);
        session.set_cost(static_cast<std::uint32_t>(random.below(variables)), random.uniform());
        const auto row = static_cast<std::uint32_t>(random.below(rows));
        session.set_constraint_bounds(row, 2.0 * random.uniform(), infinity);
        session.set_coefficient(row, variable, random.uniform() * 2.0);
    }
}

TEST_P(SessionContract, AgreesWarmWithAnotherSolverThatStartsCold) {
    int optima = 0;
    int infeasible = 0;
    for (std::uint64_t trial = 0; trial < 40; ++trial) {
        RandomStream random{41, trial};
        const auto session = open(random_program(random, 15, 8));
        (void)session->solve({});
        session->keep_start();
        for (int change = 0; change < 10; ++change) {
            disturb(*session, random);
            const auto warm = session->solve({});
            const auto cold = solve_with_cbc(session->model(), {});
            ASSERT_TRUE(warm) << warm.error().message << trial;
            ASSERT_TRUE(cold) << trial;
            if (std::holds_alternative<Infeasible>(*cold)) {
                EXPECT_TRUE(std::holds_alternative<Infeasible>(*warm)) << trial;
                ++infeasible;
                break;
            }
            ASSERT_TRUE(std::holds_alternative<LinearOptimum>(*warm)) << trial;
            const auto& found = std::get<LinearOptimum>(*warm);
            EXPECT_NEAR(found.objective, std::get<Optimum>(*cold).objective, 1e-7) << trial;
            EXPECT_LE(found.bound, found.objective);
            EXPECT_NEAR(found.bound, found.objective, 1e-7);
            EXPECT_LE(violation(session->model(), found.values), 1e-6);
            ++optima;
        }
    }
    EXPECT_GT(optima, 150);
    EXPECT_GT(infeasible, 5);
}

TEST_P(SessionContract, AnswersByProgramAndStartAlone) {
    RandomStream random{42, 0};
    const auto session = open(random_program(random, 30, 20));
    (void)optimum(*session);
    session->keep_start();
    const auto without = [](LinearSession& asked, std::uint32_t variable) {
        const Variable kept = asked.model().variables[variable];
        asked.set_variable_bounds(variable, 0.0, 0.0);
        LinearOptimum found = optimum(asked);
        asked.set_variable_bounds(variable, kept.lower, kept.upper);
        return found;
    };
    const LinearOptimum before = without(*session, 3);
    for (std::uint32_t v = 4; v < 30; ++v) {  // other questions in between
        (void)without(*session, v);
    }
    const LinearOptimum after = without(*session, 3);
    const LinearOptimum cloned = without(*session->clone(), 3);
    EXPECT_EQ(before.values, after.values);
    EXPECT_EQ(before.prices, after.prices);
    EXPECT_EQ(before.values, cloned.values);
    EXPECT_EQ(before.prices, cloned.prices);
    session->drop_start();
    EXPECT_NEAR(without(*session, 3).objective, before.objective, 1e-8);
}

TEST_P(SessionContract, SolvesInSeveralThreadsWithTheSameBytes) {
    constexpr std::size_t questions = 64;
    RandomStream random{43, 0};
    const auto session = open(random_program(random, 60, 40));
    (void)optimum(*session);
    session->keep_start();
    const auto ask = [&](std::size_t grain) {
        std::vector<LinearOptimum> answers(questions);
        parallel_ranges(questions, grain, [&](std::size_t begin, std::size_t end) {
            const auto own = session->clone();
            for (std::size_t q = begin; q < end; ++q) {
                const auto variable = static_cast<std::uint32_t>(q % 60);
                const Variable kept = own->model().variables[variable];
                own->set_variable_bounds(variable, 0.0, q < 60 ? 0.0 : 0.5);
                auto outcome = own->solve({});
                if (outcome && std::holds_alternative<LinearOptimum>(*outcome)) {
                    answers[q] = std::get<LinearOptimum>(*std::move(outcome));
                }
                own->set_variable_bounds(variable, kept.lower, kept.upper);
            }
        });
        return answers;
    };
    const auto alone = ask(questions);
    const auto shared = ask(4);
    for (std::size_t q = 0; q < questions; ++q) {
        ASSERT_FALSE(alone[q].values.empty()) << q;
        EXPECT_EQ(alone[q].values, shared[q].values) << q;
        EXPECT_EQ(alone[q].prices, shared[q].prices) << q;
        EXPECT_EQ(alone[q].objective, shared[q].objective) << q;
    }
}

TEST_P(SessionContract, StopsWhenTimeIsUp) {
    RandomStream random{44, 0};
    const auto session = open(random_program(random, 1500, 1000));
    const auto outcome = session->solve({.time_limit_s = 0.001});
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(std::holds_alternative<OutOfTime>(*outcome));
}

TEST_P(SessionContract, PrintsNothingAndLeavesTheInterruptHandlerAlone) {
    struct sigaction before {};

    struct sigaction after {};

    sigaction(SIGINT, nullptr, &before);
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    (void)optimum(*open(wyndor()));
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    sigaction(SIGINT, nullptr, &after);
    EXPECT_EQ(before.sa_handler, after.sa_handler);
}

TEST(BoundOf, ProvesWhatPricesCanAndNothingElse) {
    const LinearModel model = wyndor();
    EXPECT_NEAR(bound_of(model, {0, -1.5, -1}), -36.0, 1e-12);
    EXPECT_NEAR(bound_of(model, {0, -2.5, -1}), -48.0, 1e-12);  // dual feasible, not optimal
    EXPECT_EQ(bound_of(model, {0, 0, 0}), -infinity);           // x could grow without end
    EXPECT_EQ(bound_of(model, {0, 1.5, -1}), -infinity);        // a price for a side that is open
}

}  // namespace
}  // namespace adic::solver
