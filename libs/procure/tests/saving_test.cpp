#include "adic/base/random.hpp"
#include "adic/procure/day.hpp"
#include "adic/procure/offer_terms.hpp"

#include <array>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::procure {
namespace {

Estimate exactly(double value) {
    return Estimate::exactly(value);
}

Estimate between(double low, double likely, double high) {
    return *Estimate::create(low, likely, high);
}

/// Patrol craft of peers-and-standards 4.2: T1 12 million, Crawford; PHL 6, MYS 4, IDN 8, THA 6.
const std::vector<WantedPieces> hulls{exactly(6), exactly(4), exactly(8), exactly(6)};

OfferTerms craft(double slope) {
    OfferTerms terms;
    terms.first_unit = exactly(12.0);
    terms.slope = exactly(slope);
    return terms;
}

constexpr double printed = 0.005;  // two decimals

TEST(Saving, IsThatOfTheWorkedTableForEachSlope) {
    struct Line {
        double slope, apart, together, two_yards, percent, percent_of_two;
    };

    constexpr std::array lines{
        Line{0.80, 205.04, 143.45, 173.44, 30.0, 15.4},
        Line{0.85, 223.89, 171.97, 197.87, 23.2, 11.6},
        Line{0.90, 243.98, 205.20, 224.99, 15.9, 7.8},
        Line{0.95, 265.34, 243.69, 254.97, 8.2, 3.9}};
    for (const Line& line : lines) {
        const auto range = range_of(craft(line.slope), hulls);
        ASSERT_TRUE(range) << range.error().message;
        EXPECT_NEAR(range->apart.likely(), line.apart, printed) << line.slope;
        EXPECT_NEAR(range->together.likely(), line.together, printed) << line.slope;
        EXPECT_NEAR(range->share.likely() * 100, line.percent, 0.05) << line.slope;
        EXPECT_TRUE(range->saving.is_exact()) << "nothing is uncertain";
        const auto splits = split_cost(craft(line.slope), hulls, 2);
        ASSERT_TRUE(splits);
        ASSERT_EQ(splits->size(), 1U);
        EXPECT_NEAR((*splits)[0].cost.likely(), line.two_yards, printed) << line.slope;
        EXPECT_NEAR(
            100 * (1 - (*splits)[0].cost.likely() / range->apart.likely()),
            line.percent_of_two,
            0.05
        );
    }
}

/// "This split costs 19.8 m against one line": about half of the pooled saving.
TEST(Split, CostsHalfOfTheSavingOfTheWorkedExample) {
    const auto splits = split_cost(craft(0.9), hulls, 4);
    ASSERT_TRUE(splits);
    EXPECT_NEAR((*splits)[0].costs_more.likely(), 19.8, 0.05);
    EXPECT_NEAR((*splits)[0].of_saving->likely(), 0.51, 0.005);
    EXPECT_GT((*splits)[1].cost.likely(), (*splits)[0].cost.likely());
    EXPECT_GT((*splits)[2].cost.likely(), (*splits)[1].cost.likely());
    OfferTerms set_up = craft(0.9);
    set_up.line_setup = between(1, 2, 5);
    const auto dearer = split_cost(set_up, hulls, 3);
    EXPECT_NEAR((*dearer)[1].costs_more.high(), (*splits)[1].costs_more.likely() + 2 * 5, 1e-9);
}

/// With 20 for each design and 3 % for working together: 323.98 against 231.96, 28.4 % less.
TEST(Saving, CountsDesignAndCoordination) {
    OfferTerms terms = craft(0.9);
    terms.non_recurring = exactly(20.0);
    terms.coordination = exactly(0.03);
    const auto range = range_of(terms, hulls);
    ASSERT_TRUE(range);
    EXPECT_NEAR(range->apart.likely(), 323.98, printed);
    EXPECT_NEAR(range->together.likely(), 231.96, printed);
    EXPECT_NEAR(range->share.likely() * 100, 28.4, 0.05);
}

/// All-units breaks of 4.1: apart 18,720, together 16,800. A supply of HHI 0.44 that keeps half of
/// what its concentration would let it leaves 1 - 0.5 * 0.4408 of the saving.
TEST(Saving, IsSmallerWhereSuppliersAreFew) {
    OfferTerms terms;
    terms.prices = {{1, exactly(100)}, {50, exactly(92)}, {100, exactly(85)}, {200, exactly(80)}};
    const std::vector<WantedPieces> radios{exactly(30), exactly(60), exactly(120)};
    EXPECT_NEAR(range_of(terms, radios)->saving.likely(), 1920.0, 1e-9);
    terms.supplier_hhi = exactly(0.4408);
    terms.drag = between(0.0, 0.5, 1.0);
    const auto range = range_of(terms, radios);
    EXPECT_NEAR(range->saving.likely(), 1920.0 * (1 - 0.5 * 0.4408), 1e-9);
    EXPECT_NEAR(range->saving.low(), 1920.0 * (1 - 0.4408), 1e-9);
    EXPECT_NEAR(range->saving.high(), 1920.0, 1e-9);
    const auto split = split_cost(terms, radios, 2);
    EXPECT_NEAR((*split)[0].cost.likely(), 2 * 105 * 85.0, 1e-9) << "each misses the last break";
}

/// The saving in money is not largest at an end of the slope: with 1 % it is that of three first
/// units, and less than at 80 %. The ends of the range are those of a fine search.
TEST(Saving, LooksBetweenTheEndsOfTheSlope) {
    OfferTerms terms = craft(0.8);
    terms.slope = between(0.01, 0.8, 1.0);
    const auto range = range_of(terms, hulls);
    double most = 0.0;
    for (double slope = 0.01; slope <= 1.0; slope += 0.0005) {
        most = std::max(most, range_of(craft(slope), hulls)->saving.likely());
    }
    EXPECT_NEAR(range->saving.high(), most, 0.01 * most);
    EXPECT_GT(range->saving.high(), range_of(craft(0.01), hulls)->saving.likely() * 1.5);
    EXPECT_NEAR(range->saving.low(), 0.0, 1e-9);
}

/// Whatever the terms turn out to be within their ends, the saving is within its range.
TEST(Saving, HoldsForAnyTermsWithinTheirEnds) {
    RandomStream random(11, 0);
    for (int round = 0; round < 300; ++round) {
        const auto draw = [&](double low, double high) {
            const double a = low + (high - low) * random.uniform();
            const double b = low + (high - low) * random.uniform();
            return between(std::min(a, b), (a + b) / 2, std::max(a, b));
        };
        const auto within = [&](Estimate estimate) {
            return exactly(estimate.low() + (estimate.high() - estimate.low()) * random.uniform());
        };
        OfferTerms terms;
        terms.first_unit = draw(1, 20);
        terms.slope = draw(0.7, 0.99);
        terms.non_recurring = draw(0, 50);
        terms.coordination = draw(0, 0.3);
        terms.supplier_hhi = draw(0, 1);
        terms.drag = draw(0, 1);
        const auto range = range_of(terms, hulls);
        ASSERT_TRUE(range);
        OfferTerms turned_out = terms;
        turned_out.first_unit = within(terms.first_unit);
        turned_out.slope = within(terms.slope);
        turned_out.non_recurring = within(terms.non_recurring);
        turned_out.coordination = within(terms.coordination);
        turned_out.supplier_hhi = within(terms.supplier_hhi);
        turned_out.drag = within(terms.drag);
        const double saved = range_of(turned_out, hulls)->saving.likely();
        const double slack = 1e-4 * range->apart.high();  // of the steps between slopes
        EXPECT_GE(saved, range->saving.low() - slack) << round;
        EXPECT_LE(saved, range->saving.high() + slack) << round;
    }
}

/// The game of the likely terms is that of `range_of`, but that each of its costs is rounded to the
/// cent: half a cent for each state and for all.
TEST(Saving, IsThatOfTheGame) {
    OfferTerms terms = craft(0.9);
    terms.non_recurring = exactly(20.0);
    terms.coordination = exactly(0.03);
    terms.supplier_hhi = exactly(0.5);
    terms.drag = exactly(0.4);
    const auto game =
        game_of({"PHL", "MYS", "IDN", "THA"}, {6, 4, 8, 6}, terms_at(terms, Bound::likely));
    ASSERT_TRUE(game);
    const auto range = range_of(terms, hulls);
    EXPECT_NEAR(
        static_cast<double>(game->saving(game->everybody())),
        range->saving.likely() * 100,
        2.5
    );
    const auto pair = range_of(terms, {exactly(6), exactly(4)});
    EXPECT_NEAR(static_cast<double>(game->saving(3)), pair->saving.likely() * 100, 1.5);
}

TEST(Saving, CountsBandsOfQuantities) {
    const auto range = range_of(craft(0.9), {between(4, 6, 8), exactly(4)});
    ASSERT_TRUE(range);
    EXPECT_LT(range->apart.low(), range->apart.likely());
    EXPECT_GT(range->apart.high(), range->apart.likely());
    EXPECT_FALSE(range_of(craft(0.9), {exactly(1.5), exactly(4)})) << "parts of a hull";
}

OfferTerms parsed(std::string_view text) {
    ingest::ImportReport report;
    OfferTerms terms = parse_offer_terms(text, "terms.csv", report);
    EXPECT_TRUE(report.may_commit()) << text;
    return terms;
}

std::uint64_t problems_of(std::string_view text) {
    ingest::ImportReport report;
    parse_offer_terms(text, "terms.csv", report);
    return report.errors();
}

TEST(OfferTerms, AreReadFromATable) {
    const OfferTerms curve = parsed(
        "term,low,likely,high,text\nfirst_unit,11,12,14,\nslope,0.85,0.9,0.95,\n"
        "learning,,,,wright\nnon_recurring,,20,,\ncoordination,0.01,0.03,0.06,\n"
        "line_setup,,2,,\nsupplier_hhi,,0.4,,\ndrag,0,0.25,0.5,\n"
    );
    EXPECT_EQ(curve.first_unit, between(11, 12, 14));
    EXPECT_EQ(curve.theory, LearningTheory::wright);
    EXPECT_EQ(curve.non_recurring, exactly(20));
    EXPECT_EQ(curve.drag, between(0, 0.25, 0.5));
    const OfferTerms list = parsed(
        "term,from,low,likely,high,text\nprice,1,95,100,110,\nprice,50,,92,,\n"
        "break_rule,,,,,incremental\n"
    );
    ASSERT_EQ(list.prices.size(), 2U);
    EXPECT_EQ(list.prices[0].price, between(95, 100, 110));
    EXPECT_EQ(list.rule, BreakRule::incremental);
}

TEST(OfferTerms, SayEveryProblem) {
    EXPECT_EQ(problems_of("term,likely\n"), 1U);
    EXPECT_EQ(problems_of("term,likely\nfirst_unit,12\n"), 1U);
    EXPECT_EQ(problems_of("term,likely\nfirst_unit,12\nslope,0.9\nprice,7\n"), 1U);
    EXPECT_EQ(problems_of("term,likely\nfirst_unit,12\nslope,1.9\nnothing,1\n"), 2U);
    EXPECT_EQ(problems_of("term,low,likely,high\nfirst_unit,13,12,14\nslope,,0.9,\n"), 1U);
    EXPECT_EQ(
        problems_of("term,likely\nfirst_unit,12\nslope,0.9\nslope,0.8\nsupplier_hhi,0.5\n"),
        1U
    );
    EXPECT_EQ(problems_of("term,likely\nfirst_unit,12\nslope,0.9\nsupplier_hhi,0.5\n"), 1U);
    EXPECT_EQ(problems_of("term,from,likely\nprice,1,100\nprice,1,90\nprice,,80\n"), 2U);
    EXPECT_EQ(problems_of("term,from,likely\nprice,5,100\n"), 1U);
    EXPECT_EQ(problems_of("term,from,likely\nprice,1,100\nfirst_unit,,5\nslope,,0.9\n"), 1U);
}

/// What pieces cost, one after the other.
double slow_sum(const LearningCurve& curve, std::uint64_t first, double pieces) {
    double sum = 0.0;
    const double b = std::log2(curve.slope);
    for (double n = 0; n < pieces; ++n) {
        const double piece = static_cast<double>(first) + n;
        sum += curve.first_unit
               * (curve.theory == LearningTheory::crawford
                      ? std::pow(piece, b)
                      : std::pow(piece, b + 1) - std::pow(piece - 1, b + 1));
    }
    return sum;
}

TEST(Saving, OfALineThatGoesOnIsTheSlowSum) {
    for (const LearningTheory theory : {LearningTheory::crawford, LearningTheory::wright}) {
        OfferTerms terms = craft(0.85);
        terms.theory = theory;
        terms.made_before = exactly(20);
        terms.learning_lost = exactly(0.3);
        const LearningCurve curve{12.0, 0.85, theory};
        const std::uint64_t first = unit_after_break(curve, 20, 0.3);
        EXPECT_GT(first, 1U);
        EXPECT_LT(first, 21U);
        double apart = 0.0;
        for (const WantedPieces& one : hulls) {
            apart += slow_sum(curve, first, one.likely());
        }
        const auto range = range_of(terms, hulls);
        ASSERT_TRUE(range);
        EXPECT_NEAR(range->apart.likely(), apart, 1e-9);
        EXPECT_NEAR(range->together.likely(), slow_sum(curve, first, 24), 1e-9);
        EXPECT_TRUE(range->saving.is_exact());
        const auto splits = split_cost(terms, hulls, 2);
        EXPECT_NEAR(
            (*splits)[0].cost.likely(),
            slow_sum(curve, first, 12) + slow_sum(curve, 1, 12),
            1e-9
        ) << "the second line begins with its first";
    }
}

/// Methods 2.18: the lot of 9 to 16 at a slope of 80 % has its midpoint at 12.2156, and by Asher at
/// 12.2107. It is the lot of the second of two that buy 8 each.
TEST(Lots, AreThoseOfTheWorkedExample) {
    OfferTerms terms = craft(0.8);
    terms.first_unit = exactly(100'000);
    const auto lots = lots_on_line(terms, {exactly(8), exactly(8)});
    ASSERT_TRUE(lots);
    ASSERT_EQ(lots->size(), 5U) << "two alone, two together, and all";
    const LotOnLine& second = (*lots)[3];
    EXPECT_TRUE(second.is_together);
    EXPECT_EQ(second.state, 1U);
    EXPECT_EQ(second.first, 9U);
    EXPECT_EQ(second.last, 16U);
    EXPECT_NEAR(*second.midpoint, 12.2156, 5e-5);
    EXPECT_NEAR(*second.asher, 12.2107, 5e-5);
    EXPECT_EQ(std::round((*lots)[0].cost.likely()), 534'591);
    EXPECT_EQ((*lots)[4].state, std::nullopt);
    EXPECT_NEAR((*lots)[2].cost.likely() + second.cost.likely(), (*lots)[4].cost.likely(), 1e-6);
    // One at the midpoint costs what one of the lot does on average.
    EXPECT_NEAR(1e5 * std::pow(*second.midpoint, std::log2(0.8)), second.piece_cost.likely(), 1e-6);
    terms.theory = LearningTheory::wright;
    EXPECT_FALSE((*lots_on_line(terms, {exactly(8), exactly(8)}))[3].midpoint);
    OfferTerms prices;
    prices.prices = {{1, exactly(100)}};
    EXPECT_TRUE(lots_on_line(prices, hulls)->empty());
}

/// However many were made and however much was lost within their ends, the saving and the cost of
/// each lot are within their ranges.
TEST(Saving, HoldsForAnyLineWithinItsEnds) {
    RandomStream random(12, 0);
    for (int round = 0; round < 200; ++round) {
        const double made = std::floor(60 * random.uniform());
        const double wide = std::floor(40 * random.uniform());
        const double lost = 0.5 * random.uniform();
        OfferTerms terms = craft(0.7 + 0.25 * random.uniform());
        terms.made_before = between(made, made + std::floor(wide / 2), made + wide);
        terms.learning_lost = between(lost, lost * 1.2, lost * 2);
        terms.non_recurring = between(0, 20, 40);
        const auto range = range_of(terms, hulls);
        const auto lots = lots_on_line(terms, hulls);
        ASSERT_TRUE(range);
        OfferTerms turned_out = terms;
        turned_out.made_before = exactly(made + std::floor(wide * random.uniform()));
        turned_out.learning_lost = exactly(lost + lost * random.uniform());
        turned_out.non_recurring = exactly(40 * random.uniform());
        const auto got = range_of(turned_out, hulls);
        const double slack = 1e-4 * range->apart.high();
        EXPECT_GE(got->saving.likely(), range->saving.low() - slack) << round;
        EXPECT_LE(got->saving.likely(), range->saving.high() + slack) << round;
        const auto lots_got = lots_on_line(turned_out, hulls);
        for (std::size_t lot = 0; lot < lots->size(); ++lot) {
            EXPECT_GE((*lots_got)[lot].cost.likely(), (*lots)[lot].cost.low() - slack) << round;
            EXPECT_LE((*lots_got)[lot].cost.likely(), (*lots)[lot].cost.high() + slack) << round;
        }
    }
}

TEST(OfferTerms, OfALineThatGoesOnAreReadFromATable) {
    const OfferTerms terms = parsed(
        "term,low,likely,high\nfirst_unit,11,12,14\nslope,,0.9,\nmade_before,20,24,30\n"
        "learning_lost,0.1,0.25,0.5\n"
    );
    EXPECT_EQ(terms.made_before, between(20, 24, 30));
    EXPECT_EQ(terms.learning_lost, between(0.1, 0.25, 0.5));
    EXPECT_EQ(terms_at(terms, Bound::likely).first_piece, unit_after_break({12.0, 0.9}, 24, 0.25));
    EXPECT_EQ(problems_of("term,likely\nfirst_unit,12\nslope,0.9\nlearning_lost,0.2\n"), 1U);
    EXPECT_EQ(problems_of("term,likely\nfirst_unit,12\nslope,0.9\nmade_before,2.5\n"), 1U);
    EXPECT_EQ(problems_of("term,likely\nfirst_unit,12\nslope,0.9\nmade_before,1e7\n"), 1U);
    EXPECT_EQ(problems_of("term,from,likely\nprice,1,100\nmade_before,,20\n"), 1U);
    EXPECT_EQ(
        problems_of("term,likely\nfirst_unit,12\nslope,0.9\nmade_before,5\nlearning_lost,2\n"),
        1U
    );
}

OfferExchange into(std::string currency, std::string_view day, std::string_view rates) {
    ingest::ImportReport report;
    OfferExchange exchange{
        std::move(currency),
        *parse_day(day),
        parse_exchange_rates(rates, "rates.csv", report)};
    EXPECT_TRUE(report.may_commit());
    return exchange;
}

constexpr std::string_view two_rates =
    "base,currency,day,rate\nEUR,USD,2026-11-20,1.25\nUSD,MYR,2026-11-19,4\n";
constexpr std::string_view two_currencies =
    "term,low,likely,high,currency\nfirst_unit,11,12,14,EUR\nslope,,0.9,,\n"
    "non_recurring,,80,,MYR\nline_setup,1,2,3,USD\ncoordination,,0.03,,\n";

TEST(OfferTerms, InOtherCurrenciesAreExchangedOnADay) {
    ingest::ImportReport report;
    const OfferTerms dollars = parse_offer_terms(
        two_currencies,
        "terms.csv",
        report,
        into("USD", "2026-11-24", two_rates)
    );
    EXPECT_TRUE(report.may_commit());
    EXPECT_EQ(dollars.currency, "USD");
    EXPECT_EQ(dollars.first_unit, between(13.75, 15, 17.5));
    EXPECT_EQ(dollars.non_recurring, exactly(20));
    EXPECT_EQ(dollars.line_setup, between(1, 2, 3));
    EXPECT_EQ(dollars.coordination, exactly(0.03));
    ASSERT_EQ(dollars.exchanges.size(), 2U);
    EXPECT_EQ(text_of(dollars.exchanges[0]), "1 EUR = 1.25 USD of 2026-11-20");
    const OfferTerms euros =
        parse_offer_terms(two_currencies, "terms.csv", report, into("", "2026-11-24", two_rates));
    EXPECT_EQ(euros.currency, "EUR") << "the first that the table names";
    EXPECT_EQ(euros.first_unit, between(11, 12, 14));
    EXPECT_NEAR(euros.non_recurring.likely(), 16.0, 1e-12) << "over the dollar";
    EXPECT_EQ(parsed("term,from,likely,currency\nprice,1,100,SGD\n").currency, "SGD");
}

TEST(OfferTerms, SayWhichRateIsMissing) {
    const auto problems = [](std::string_view text, const OfferExchange& exchange) {
        ingest::ImportReport report;
        const OfferTerms terms = parse_offer_terms(text, "terms.csv", report, exchange);
        EXPECT_TRUE(terms.prices.empty());
        EXPECT_EQ(terms.first_unit, exactly(0));
        return report.issues();
    };
    const auto late = problems(two_currencies, into("USD", "2026-12-24", two_rates));
    ASSERT_EQ(late.size(), 2U) << "a quote holds for a week";
    EXPECT_EQ(late[0].row, 2U);
    EXPECT_EQ(late[0].column, "currency");
    EXPECT_EQ(late[0].value, "EUR");
    EXPECT_THAT(late[0].message, testing::HasSubstr("no rate to USD that holds on 2026-12-24"));
    EXPECT_EQ(late[1].row, 4U);
    const OfferExchange none;
    EXPECT_EQ(problems("term,from,likely,currency\nprice,1,9,EUR\nprice,5,8,\n", none).size(), 1U);
    EXPECT_EQ(problems("term,from,likely,currency\nprice,1,9,euro\n", none).size(), 1U);
    EXPECT_EQ(problems("term,likely,currency\nfirst_unit,9,EUR\nslope,0.9,EUR\n", none).size(), 1U)
        << "a share has no currency";
    EXPECT_EQ(
        problems("term,from,likely\nprice,1,9\n", into("USD", "2026-11-24", two_rates)).size(),
        1U
    ) << "in dollars of what?";
    EXPECT_EQ(
        problems(
            "term,from,likely,currency\nprice,1,9e11,EUR\n",
            into("USD", "2026-11-24", two_rates)
        )
            .size(),
        1U
    ) << "above a trillion";
}

}  // namespace
}  // namespace adic::procure
