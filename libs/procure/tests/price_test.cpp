#include "adic/procure/price.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace adic::procure {
namespace {

const PriceList breaks{{{1, 100}, {50, 92}, {100, 85}, {200, 80}}};

TEST(PriceBreaks, CostWhatTheWorkedExampleSays) {
    EXPECT_EQ(cost_of(breaks, 30), 3'000);
    EXPECT_EQ(cost_of(breaks, 60), 5'520);
    EXPECT_EQ(cost_of(breaks, 120), 10'200);
    EXPECT_EQ(cost_of(breaks, 210), 16'800);
    EXPECT_EQ(cost_of(breaks, 90), 8'280);
}

TEST(PriceBreaks, LetBuyMoreWhereThatIsCheaper) {
    EXPECT_EQ(cost_of(breaks, 49), 4'600) << "50 at 92";
    PriceList exactly = breaks;
    exactly.may_buy_more = false;
    EXPECT_EQ(cost_of(exactly, 49), 4'900);
    EXPECT_EQ(cost_of(breaks, 0), 0);
}

TEST(PriceBreaks, CountIncrementalPricesForWhatLiesInTheirBrackets) {
    PriceList incremental = breaks;
    incremental.rule = BreakRule::incremental;
    EXPECT_EQ(cost_of(incremental, 30), 3'000);
    EXPECT_EQ(cost_of(incremental, 49), 4'900);
    EXPECT_EQ(cost_of(incremental, 50), 4'900 + 92);
    EXPECT_EQ(cost_of(incremental, 210), 4'900 + 50 * 92 + 100 * 85 + 11 * 80);
}

/// Buying more never costs less than buying less, if more may be bought than is needed.
TEST(PriceBreaks, MakeACostThatNeverFalls) {
    for (double quantity = 1; quantity < 300; ++quantity) {
        EXPECT_LE(cost_of(breaks, quantity), cost_of(breaks, quantity + 1)) << quantity;
    }
}

TEST(LearningCurve, CostsWhatTheWorkedExamplesSay) {
    const LearningCurve crawford{100'000, 0.8};
    const LearningCurve wright{100'000, 0.8, LearningTheory::wright};
    EXPECT_EQ(std::round(lot_cost(crawford, 1, 8)), 534'591);
    EXPECT_EQ(std::round(lot_cost(wright, 1, 8)), 409'600);
    EXPECT_EQ(std::round(4 * lot_cost(crawford, 1, 8)), 2'138'365);
    EXPECT_EQ(std::round(lot_cost(crawford, 1, 32)), 1'467'862);
    EXPECT_NEAR(lot_midpoint(crawford, 9, 16), 12.2156, 5e-5);
    EXPECT_NEAR(asher_midpoint(crawford, 9, 16), 12.2107, 5e-5);
}

/// Patrol craft, the first at 12: what four states pay alone, on one line, and on two yards.
TEST(LearningCurve, GivesThePriceOfASplit) {
    struct Case {
        double slope;
        double alone;
        double one_line;
        double two_yards;
    };

    for (const Case& one :
         {Case{0.80, 205.04, 143.45, 173.44},
          Case{0.85, 223.89, 171.97, 197.87},
          Case{0.90, 243.98, 205.20, 224.99},
          Case{0.95, 265.34, 243.69, 254.97}}) {
        const LearningCurve curve{12, one.slope};
        EXPECT_NEAR(lines_cost(curve, {6, 4, 8, 6}), one.alone, 0.005) << one.slope;
        EXPECT_NEAR(lines_cost(curve, {24}), one.one_line, 0.005) << one.slope;
        EXPECT_NEAR(lines_cost(curve, {12, 12}), one.two_yards, 0.005) << one.slope;
    }
}

TEST(LearningCurve, HasLotsThatAddUp) {
    for (const auto theory : {LearningTheory::crawford, LearningTheory::wright}) {
        const LearningCurve curve{12, 0.9, theory};
        EXPECT_NEAR(lot_cost(curve, 1, 10) + lot_cost(curve, 11, 24), lot_cost(curve, 1, 24), 1e-9);
    }
}

TEST(LearningCurve, OfABrokenLineGoesOnAtAnEarlierUnit) {
    EXPECT_EQ(unit_after_break(10, 0.0), 11U);
    EXPECT_EQ(unit_after_break(10, 0.4), 7U);
    EXPECT_EQ(unit_after_break(10, 1.0), 1U);
    const LearningCurve curve{12, 0.9};
    EXPECT_GT(
        lot_cost(curve, unit_after_break(10, 0.4), unit_after_break(10, 0.4) + 4),
        lot_cost(curve, 11, 15)
    );
}

}  // namespace
}  // namespace adic::procure
