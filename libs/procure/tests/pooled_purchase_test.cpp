#include "adic/procure/pooled_purchase.hpp"

#include "adic/procure/sharing.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace adic::procure {
namespace {

const std::vector<std::string> states{"PHL", "MYS", "IDN", "THA"};
const std::vector<double> craft{6, 4, 8, 6};

PurchaseTerms one_line() {
    PurchaseTerms terms;
    terms.curve = LearningCurve{12e6, 0.9};
    terms.non_recurring = 20e6;
    return terms;
}

double millions(std::int64_t cents) {
    return std::round(static_cast<double>(cents) / 1e6) / 100.0;
}

/// Patrol craft: 20 of design in each order. Alone 323.98; on one line 225.20, and with 3 % for
/// working together 231.96.
TEST(PooledPurchase, CostsWhatTheWorkedExampleSays) {
    PurchaseTerms terms = one_line();
    const CostGame game = *game_of(states, craft, terms);
    EXPECT_EQ(millions(game.costs[game.everybody()]), 225.20);
    EXPECT_EQ(millions(game.costs[game.everybody()] + game.saving(game.everybody())), 323.98);
    terms.coordination = 0.03;
    const CostGame with = *game_of(states, craft, terms);
    EXPECT_EQ(millions(with.costs[with.everybody()]), 231.96);
    EXPECT_EQ(with.alone(0), game.alone(0)) << "who buys alone works with nobody";
}

TEST(PooledPurchase, IsSharedByShapleyAsTheWorkedExampleSays) {
    const auto shares = rounded(shapley_shares(*game_of(states, craft, one_line())));
    EXPECT_EQ(millions(shares[0]), 56.35);
    EXPECT_EQ(millions(shares[1]), 39.63);
    EXPECT_EQ(millions(shares[2]), 72.87);
    EXPECT_EQ(millions(shares[3]), 56.35);
}

TEST(PooledPurchase, OfAWrightLineCostsWhatTheFormulaSays) {
    PurchaseTerms terms;
    terms.curve = LearningCurve{100'000, 0.8, LearningTheory::wright};
    const CostGame game = *game_of({"A", "B"}, {3, 5}, terms);
    EXPECT_EQ(game.costs[0b11], 409'600'00);
}

TEST(PooledPurchase, TakesWholePiecesAndNotTooMany) {
    EXPECT_FALSE(game_of({"A", "B"}, {0.5, 3}, one_line()));
    EXPECT_FALSE(game_of({"A", "B"}, {1e9, 3}, one_line()));
    EXPECT_TRUE(game_of({"A", "B"}, {1e5, 3}, one_line()));
    PurchaseTerms prices;
    prices.prices = PriceList{{{1, 100}}};
    EXPECT_TRUE(game_of({"A", "B"}, {0.5, 1e9}, prices)) << "a price list takes them";
    EXPECT_FALSE(game_of({"A", "B"}, {0.5, 1e12}, prices)) << "a cost beyond a trillion";
}

/// Demands 30, 40, 60 and 20 at 10, from 50 on 9, from 120 on 8. The Shapley value that is printed
/// for it (254.17, 307.50, 474.17, 164.17) forbids to buy more than is wanted; 45 at 10 cost more
/// than 50 at 9, and who may buy those pays 251.67, 315.00, 471.67 and 161.66.
TEST(PooledPurchase, OfPriceBreaksIsSharedWithAndWithoutBuyingMore) {
    PurchaseTerms terms;
    terms.prices = PriceList{{{1, 10}, {50, 9}, {120, 8}}};
    const std::vector<std::string> four{"A", "B", "C", "D"};
    const auto shared = [&] {
        return rounded(shapley_shares(*game_of(four, {30, 40, 60, 20}, terms)));
    };
    EXPECT_EQ(shared(), (std::vector<std::int64_t>{25'167, 31'500, 47'167, 16'166}));
    terms.prices->may_buy_more = false;
    EXPECT_EQ(shared(), (std::vector<std::int64_t>{25'417, 30'750, 47'417, 16'416}));
}

/// Two buy from a line that has made some: each set of them pays for the next pieces of it.
TEST(PooledPurchase, OfALineThatGoesOnCostsItsNextPieces) {
    PurchaseTerms terms = one_line();
    terms.first_piece = 13;
    const CostGame game = *game_of({"A", "B"}, {3, 5}, terms);
    const auto cents_of = [&](std::uint64_t first, std::uint64_t last) {
        return std::llround(100.0 * (lot_cost(*terms.curve, first, last) + terms.non_recurring));
    };
    EXPECT_EQ(game.costs[0b01], cents_of(13, 15));
    EXPECT_EQ(game.costs[0b10], cents_of(13, 17));
    EXPECT_EQ(game.costs[0b11], cents_of(13, 20));
    terms.first_piece = 999'995;
    EXPECT_FALSE(game_of({"A", "B"}, {3, 5}, terms)) << "more than a million with those before";
}

}  // namespace
}  // namespace adic::procure
