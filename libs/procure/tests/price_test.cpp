#include "adic/procure/price.hpp"

#include "adic/base/random.hpp"

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

/// The examples of the R package learningCurve 1.1.2 (Boehmke and Freels, AFIT): unit_cum_exact,
/// ca_block, unit_block_summary and unit_midpoint, to the digits that its pages print.
TEST(LearningCurve, GivesThePrintedFiguresOfLots) {
    const LearningCurve crawford{100.0, 0.85};
    EXPECT_NEAR(lot_cost(crawford, 1, 125), 5'201.085, 5e-4);
    const LearningCurve wright{75.0, 0.85, LearningTheory::wright};
    EXPECT_NEAR(lot_cost(wright, 201, 250), 806.772, 5e-4);
    // The package takes Asher's integral for the block; the sum is 9 thousandths of an hour less.
    const LearningCurve one{1.0, 0.75};
    const LearningCurve block{125.0 / lot_cost(one, 201, 201), 0.75};
    EXPECT_NEAR(asher_midpoint(block, 201, 500), 334.6103, 5e-5);
    const double at_midpoint =
        block.first_unit * std::pow(asher_midpoint(block, 201, 500), std::log2(0.75));
    EXPECT_NEAR(300 * at_midpoint, 30'350.48, 5e-3);
    EXPECT_NEAR(at_midpoint, 101.1683, 5e-5);
    EXPECT_NEAR(lot_cost(block, 201, 500), 30'350.48, 1e-2);
    EXPECT_NEAR(lot_midpoint(block, 201, 500), 334.6103, 2e-4);
}

/// By hand, Wright, slope 80 %, 20 made: the 21st costs 21^0.6781 - 20^0.6781 = 0.2563 of the
/// first. Half of what was learnt is lost: 0.6282; the second costs 0.6, the first 1.
TEST(LearningCurve, OfWrightGoesOnWhereAPieceCostsAsMuch) {
    const LearningCurve wright{12, 0.8, LearningTheory::wright};
    EXPECT_EQ(unit_after_break(wright, 20, 0.5), 2U);
    EXPECT_EQ(unit_after_break(wright, 20, 0.0), 21U);
    EXPECT_EQ(unit_after_break(wright, 20, 1.0), 1U);
}

/// More made before never makes the next lot dearer, more lost never makes it cheaper, and without
/// a break the line goes on as if it had not stopped.
TEST(LearningCurve, AfterABreakKeepsItsOrder) {
    RandomStream random(5, 0);
    for (int round = 0; round < 1'000; ++round) {
        const LearningCurve curve{
            1.0 + 20.0 * random.uniform(),
            0.5 + 0.5 * random.uniform(),
            round % 2 == 0 ? LearningTheory::crawford : LearningTheory::wright};
        const auto made = static_cast<std::uint64_t>(300.0 * random.uniform());
        const auto more = made + static_cast<std::uint64_t>(50.0 * random.uniform());
        const auto lot = static_cast<std::uint64_t>(1.0 + 40.0 * random.uniform());
        const double lost = random.uniform();
        const double more_lost = lost + (1.0 - lost) * random.uniform();
        const auto next_lot = [&](std::uint64_t before, double forgotten) {
            const std::uint64_t first = unit_after_break(curve, before, forgotten);
            return lot_cost(curve, first, first + lot - 1);
        };
        constexpr double slack = 1e-9;
        EXPECT_LE(next_lot(more, lost), next_lot(made, lost) + slack) << round;
        EXPECT_GE(next_lot(made, more_lost), next_lot(made, lost) - slack) << round;
        EXPECT_EQ(next_lot(made, 0.0), lot_cost(curve, made + 1, made + lot)) << round;
        EXPECT_EQ(next_lot(made, 1.0), lot_cost(curve, 1, lot)) << round;
    }
}

}  // namespace
}  // namespace adic::procure
