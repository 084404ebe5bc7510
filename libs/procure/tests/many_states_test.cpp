#include "adic/procure/many_states.hpp"

#include "adic/procure/sharing.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace adic::procure {
namespace {

PurchaseTerms breaks() {
    PurchaseTerms terms;
    terms.prices = PriceList{{{1, 100}, {50, 92}, {100, 85}, {200, 80}}};
    terms.non_recurring = 500;
    terms.coordination = 0.02;
    return terms;
}

std::int64_t sum_of(const std::vector<std::int64_t>& cents) {
    return std::accumulate(cents.begin(), cents.end(), std::int64_t{0});
}

/// Exact rules of up to 16 states are the independent implementation: equal price and proportional
/// to the cent, the Shapley value within four standard errors.
TEST(ManyStates, AgreeWithTheExactRulesWhereBothCanBeComputed) {
    const std::vector<double> quantities{30, 60, 120, 7, 15, 44, 2, 90, 21, 33, 5, 18};
    std::vector<std::string> states;
    std::vector<std::int64_t> weights;
    for (const double quantity : quantities) {
        states.push_back("S" + std::to_string(states.size()));
        weights.push_back(std::llround(quantity));
    }
    const auto game = game_of(states, quantities, breaks());
    const auto many = share_among_many(quantities, breaks());
    ASSERT_TRUE(game);
    ASSERT_TRUE(many);
    ASSERT_EQ(many->rules.size(), 3U);
    EXPECT_EQ(many->together, game->costs[game->everybody()]);
    EXPECT_EQ(many->rules[0].cents, rounded(proportional_shares(*game, weights)));
    EXPECT_EQ(many->rules[1].cents, rounded(*stand_alone_shares(*game)));
    const Shares exact = shapley_shares(*game);
    for (std::size_t p = 0; p < quantities.size(); ++p) {
        EXPECT_EQ(many->alone[p], game->alone(p));
        EXPECT_NEAR(
            static_cast<double>(many->rules[2].cents[p]),
            to_double(exact[p]),
            4 * many->rules[2].standard_error[p] + 1
        ) << p;
    }
}

TEST(ManyStates, AddUpToTheCentAndAreTheSameEachTime) {
    std::vector<double> quantities;
    for (int s = 0; s < 60; ++s) {
        quantities.push_back(1 + s % 17);
    }
    const auto many = share_among_many(quantities, breaks(), {20, 7});
    const auto again = share_among_many(quantities, breaks(), {20, 7});
    const auto other = share_among_many(quantities, breaks(), {20, 8});
    ASSERT_TRUE(many && again && other);
    for (std::size_t r = 0; r < many->rules.size(); ++r) {
        EXPECT_EQ(sum_of(many->rules[r].cents), many->together) << many->rules[r].rule;
        EXPECT_EQ(many->rules[r].cents, again->rules[r].cents);
        EXPECT_EQ(many->rules[r].standard_error, again->rules[r].standard_error);
    }
    EXPECT_NE(many->rules[2].cents, other->rules[2].cents) << "it is sampled";
}

TEST(ManyStates, HaveASmallerErrorWithMoreDraws) {
    // Of states that want the same, each place in the order has one value: nothing to be unsure of.
    const std::vector<double> quantities{30, 60, 120, 7, 15, 44, 2, 90, 21, 33, 5, 18};
    const auto few = share_among_many(quantities, breaks(), {20, 1});
    const auto more = share_among_many(quantities, breaks(), {2'000, 1});
    EXPECT_GT(more->rules[2].standard_error[0], 0.0);
    EXPECT_LT(more->rules[2].standard_error[0], few->rules[2].standard_error[0] / 5);
}

TEST(ManyStates, RefuseWhatCannotBeShared) {
    EXPECT_FALSE(share_among_many({5}, breaks()));
    EXPECT_FALSE(share_among_many(std::vector<double>(61, 1.0), breaks()));
    PurchaseTerms curve;
    curve.curve = LearningCurve{12.0, 0.9};
    EXPECT_FALSE(share_among_many({1.5, 2}, curve)) << "parts of a hull";
    EXPECT_TRUE(share_among_many({1, 2}, curve));
}

}  // namespace
}  // namespace adic::procure
