#include "adic/procure/realised.hpp"

#include "adic/base/random.hpp"

#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::procure {
namespace {

using std::chrono::sys_days;

ExchangeRates two_years() {
    ingest::ImportReport report;
    return parse_exchange_rates(
        "base,currency,day,rate,until\n"
        "USD,MYR,2024-01-01,4.00,2024-12-31\n"
        "USD,MYR,2025-01-01,5.00,2025-12-31\n",
        "rates.csv",
        report
    );
}

PaidPurchase radios() {
    PaidPurchase one;
    one.id = "radios";
    one.state = "MYS";
    one.currency = "MYR";
    one.planned_on = std::chrono::year{2024} / 3 / 1;
    one.paid_on = std::chrono::year{2025} / 6 / 30;
    one.reference_price = 50'000;
    one.planned_price = 40'000;
    one.paid_price = 44'000;
    one.planned_quantity = 100;
    one.paid_quantity = 80;
    one.price_index = Fraction(11, 10);
    return one;
}

// In MYR of 2024 (4.00): planned 100 x 400 = 40,000 = USD 10,000. Volume 80 - 100: -2,000. Price:
// 440 / 1.1 = 400 as planned: 0. Inflation 80 x 40 / 4 = 800. Exchange 80 x 440
// x (1/5 - 1/4) = -1,760.
// Paid 35,200 / 5 = 7,040. Saving: planned 100 x 100 / 4 = 2,500, of 80: 2,000.
TEST(RealisedSavings, SplitTheDifferenceAsByHand) {
    const auto realised = realised_savings({radios()}, two_years(), "USD");
    ASSERT_TRUE(static_cast<bool>(realised));
    const RealisedPurchase& one = realised->at(0);
    EXPECT_EQ(one.planned, 1'000'000);
    EXPECT_EQ(one.volume, -200'000);
    EXPECT_EQ(one.price, 0);
    EXPECT_EQ(one.inflation, 80'000);
    EXPECT_EQ(one.exchange, -176'000);
    EXPECT_EQ(one.paid, 704'000);
    EXPECT_EQ(one.plan_saving, 250'000);
    EXPECT_EQ(one.volume_effect, -50'000);
    EXPECT_EQ(one.price_effect, 0);
    EXPECT_EQ(one.realised, 200'000);
    EXPECT_EQ(one.claimed_likely, 250'000) << "without a claim, the plan's own";
    EXPECT_EQ(text_of(one.paid_at), "1 MYR = 0.2 USD of 2025-01-01");
}

TEST(RealisedSavings, NameTheDayThatHasNoRate) {
    PaidPurchase one = radios();
    one.paid_on = std::chrono::year{2026} / 1 / 1;
    const auto realised = realised_savings({one}, two_years(), "USD");
    ASSERT_FALSE(static_cast<bool>(realised));
    EXPECT_EQ(realised.error().code, ErrorCode::not_found);
    EXPECT_THAT(realised.error().message, testing::HasSubstr("2026-01-01"));
    EXPECT_TRUE(static_cast<bool>(realised_savings({one}, {}, "MYR"))) << "none is needed";
    one.paid_quantity = 1'000'000'000;
    one.paid_price = 100'000'000'000'000;
    EXPECT_FALSE(static_cast<bool>(realised_savings({one}, {}, "MYR")));
}

TEST(RealisedSavings, TheirPartsAddUpToTheCentAndRateAndInflationAreNoSaving) {
    ingest::ImportReport report;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        RandomStream random(seed, 0);
        PaidPurchase one = radios();
        one.reference_price = static_cast<Cents>(random.below(1'000'000));
        one.planned_price = static_cast<Cents>(random.below(1'000'000));
        one.paid_price = static_cast<Cents>(random.below(1'000'000));
        one.planned_quantity = Fraction(random.below(100'000), 7);
        one.paid_quantity = Fraction(random.below(100'000), 9);
        one.price_index = Fraction(50 + random.below(100), 97);
        const auto realised = realised_savings({one}, two_years(), "USD");
        ASSERT_TRUE(static_cast<bool>(realised));
        const RealisedPurchase& parts = realised->at(0);
        EXPECT_EQ(
            parts.paid,
            parts.planned + parts.volume + parts.price + parts.inflation + parts.exchange
        ) << seed;
        EXPECT_EQ(parts.realised, parts.plan_saving + parts.volume_effect + parts.price_effect)
            << seed;
        PaidPurchase same = one;
        same.paid_on = same.planned_on;
        const auto constant = realised_savings({same}, two_years(), "USD");
        EXPECT_EQ(constant->at(0).realised, parts.realised) << "whatever the currency did";
        EXPECT_EQ(constant->at(0).exchange, 0);
        same.paid_price *= 2;
        same.price_index *= 2;
        EXPECT_EQ(realised_savings({same}, two_years(), "USD")->at(0).realised, parts.realised)
            << "whatever prices in general did";
    }
}

TEST(RealisedSavings, AddUpOverPurchases) {
    PaidPurchase other = radios();
    other.id = "more";
    other.claimed_low = -5;
    other.claimed_high = 70;
    other.claimed_likely = 60;
    const auto realised = realised_savings({radios(), other}, two_years(), "USD");
    ASSERT_TRUE(static_cast<bool>(realised));
    const RealisedPurchase total = total_of(*realised);
    EXPECT_EQ(total.paid, 2 * 704'000);
    EXPECT_EQ(total.claimed_low, 250'000 - 5);
    EXPECT_EQ(total.claimed_likely, 250'060);
    EXPECT_EQ(total.realised, 400'000);
}

TEST(RealisedSavings, TheTableSaysEverythingThatIsWrong) {
    ingest::ImportReport report;
    const auto purchases = parse_paid_purchases(
        "purchase,state,currency,planned_on,paid_on,reference_price,planned_price,paid_price,"
        "planned_quantity,paid_quantity,price_index,claimed_low,claimed_likely,claimed_high\n"
        "a,MYS,MYR,2024-03-01,2025-06-30,1,1,1,1,1,0,,,\n"
        "a,MYS,MYR,2024-03-01,2025-06-31,1,1,1.005,1,-1,1,5,,\n"
        "b,MYS,MYR,2024-03-01,2025-06-30,1,1,1,1,1,1,5,4,6\n"
        "c,MYS,MYR,2024-03-01,2025-06-30,1,1,1,1,1,1,7,,6\n",
        "purchases.csv",
        report
    );
    EXPECT_TRUE(purchases.empty());
    std::vector<std::string> places;
    for (const ingest::Issue& issue : report.issues()) {
        places.push_back(fmt::format("{} {}", issue.row, issue.column));
    }
    EXPECT_THAT(
        places,
        testing::ElementsAre(
            "2 price_index",
            "3 paid_on",
            "3 paid_price",
            "3 paid_quantity",
            "3 purchase",
            "3 claimed_low",
            "4 claimed_likely",
            "5 claimed_low"
        )
    );
}

}  // namespace
}  // namespace adic::procure
