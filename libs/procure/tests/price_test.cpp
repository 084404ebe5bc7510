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

/// By hand, slope 80 %, 20 made, half of what was learnt lost: the 21st would cost 0.3753 of the
/// first; it costs 0.3753 + 0.5 * 0.6247 = 0.6876, which is the cost of unit 3.20.
TEST(LearningCurve, OfABrokenLineGoesOnAtAnEarlierUnit) {
    const LearningCurve curve{12, 0.8};
    EXPECT_EQ(unit_after_break(curve, 20, 0.5), 3U);
    EXPECT_EQ(unit_after_break(curve, 20, 0.0), 21U) << "nothing is lost";
    EXPECT_EQ(unit_after_break(curve, 20, 1.0), 1U) << "all is lost";
    EXPECT_EQ(unit_after_break(LearningCurve{12, 1.0}, 20, 0.5), 21U) << "nothing was learnt";
    std::uint64_t before = 21;
    for (double forgotten = 0.0; forgotten <= 1.0; forgotten += 0.05) {
        const std::uint64_t unit = unit_after_break(curve, 20, forgotten);
        EXPECT_LE(unit, before) << forgotten;
        before = unit;
    }
}

}  // namespace
}  // namespace adic::procure
