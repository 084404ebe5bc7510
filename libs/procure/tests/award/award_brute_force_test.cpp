#include "award/award_tables.hpp"
#include "award/every_plan.hpp"

#include <optional>

namespace adic::procure {
namespace {

TEST(AwardBruteForce, AgreesWithEveryPlanTried) {
    int planned = 0;
    int conflicts = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const AwardProblem problem = problem_of(random_tables(seed));
        const std::optional<Cents> cheapest = EveryPlan(problem).cheapest();
        AwardOptions options;
        options.with_prices = false;
        const auto outcome = award(problem, options);
        ASSERT_TRUE(outcome) << seed << outcome.error().message << outcome.error().detail;
        if (const auto* plan = std::get_if<AwardPlan>(&*outcome)) {
            ASSERT_TRUE(cheapest) << seed;
            EXPECT_EQ(plan->bill.total, *cheapest) << seed;
            EXPECT_EQ(plan->bound, *cheapest) << seed;
            ++planned;
        } else {
            EXPECT_TRUE(std::holds_alternative<AwardConflict>(*outcome)) << seed;
            EXPECT_FALSE(cheapest) << seed << ": " << *cheapest;
            ++conflicts;
        }
    }
    EXPECT_GT(planned, 20);
    EXPECT_GT(conflicts, 3);
}

/// Between what no plan costs less than, and a plan, lies the cheapest; and where there is a plan,
/// one is found.
TEST(AwardInParts, EnclosesTheCheapestPlan) {
    int planned = 0;
    int cheapest = 0;
    for (std::uint64_t seed = 100; seed < 140; ++seed) {
        const AwardProblem problem = problem_of(random_tables(seed));
        AwardOptions options{.method = AwardMethod::whole, .with_prices = false};
        const auto whole = award(problem, options);
        options.method = AwardMethod::in_parts;
        const auto parts = award(problem, options);
        ASSERT_TRUE(whole && parts) << seed;
        ASSERT_EQ(whole->index(), parts->index()) << seed;
        if (const auto* plan = std::get_if<AwardPlan>(&*parts)) {
            const Cents best = std::get<AwardPlan>(*whole).bill.total;
            EXPECT_TRUE(plan->bill.breaches.empty()) << seed;
            EXPECT_GE(plan->bill.total, best) << seed;
            EXPECT_LE(plan->bound, best) << seed;
            ++planned;
            cheapest += plan->bill.total == best ? 1 : 0;
        }
    }
    EXPECT_GT(planned, 15);
    EXPECT_GT(cheapest, planned / 2) << "it is not only a plan, but a good one";
}

}  // namespace
}  // namespace adic::procure
