#include "adic/procure/exchange.hpp"

#include "adic/procure/day.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::procure {
namespace {

ExchangeRates rates_of(std::string_view text) {
    ingest::ImportReport report;
    ExchangeRates rates = parse_exchange_rates(text, "rates.csv", report);
    for (const ingest::Issue& issue : report.issues()) {
        ADD_FAILURE() << issue.row << ' ' << issue.column << ' ' << issue.message;
    }
    return rates;
}

std::string found(const ExchangeRates& rates, const char* from, const char* to, const char* day) {
    const auto exchange = rates.find(from, to, parse_day(day).value_or(std::chrono::sys_days{}));
    return exchange ? fmt::format("{} by {}", to_text(exchange->rate), text_of(*exchange)) : "none";
}

// The layout of eurofxref-hist.csv of the European Central Bank; the figures are invented.
constexpr std::string_view history =
    "Date,USD,MYR,IDR,\n"
    "2026-11-25,1.25,5,20000.5,\n"
    "2026-11-24,1.2,N/A,20000,\n"
    "2026-11-10,1.1,4.8,19000,\n";

TEST(ExchangeRates, NamesTheDayAndTheWay) {
    const ExchangeRates rates = rates_of(history);
    EXPECT_EQ(found(rates, "EUR", "USD", "2026-11-25"), "5/4 by 1 EUR = 1.25 USD of 2026-11-25");
    EXPECT_EQ(found(rates, "USD", "EUR", "2026-11-25"), "4/5 by 1 USD = 0.8 EUR of 2026-11-25");
    EXPECT_EQ(
        found(rates, "USD", "MYR", "2026-11-26"),
        "4 by 1 USD = 0.8 EUR of 2026-11-25, 1 EUR = 5 MYR of 2026-11-25"
    );
    EXPECT_EQ(found(rates, "USD", "USD", "1999-01-01"), "1 by ");
}

TEST(ExchangeRates, ARateHoldsForAWeekAndIsNeverGuessed) {
    const ExchangeRates rates = rates_of(history);
    EXPECT_EQ(found(rates, "EUR", "USD", "2026-11-17"), "11/10 by 1 EUR = 1.1 USD of 2026-11-10");
    EXPECT_EQ(found(rates, "EUR", "USD", "2026-11-18"), "none");
    EXPECT_EQ(found(rates, "EUR", "USD", "2026-11-09"), "none");
    EXPECT_EQ(found(rates, "EUR", "MYR", "2026-11-24"), "none") << "N/A is not the day before's";
    EXPECT_EQ(found(rates, "EUR", "THB", "2026-11-25"), "none");
}

// The layout of eurofxref.csv, one day.
TEST(ExchangeRates, ReadsTheFileOfOneDay) {
    const ExchangeRates rates = rates_of("Date, USD, JPY, \n25 November 2026, 1.25, 160, \n");
    EXPECT_EQ(
        found(rates, "USD", "JPY", "2026-11-25"),
        "128 by 1 USD = 0.8 EUR of 2026-11-25, 1 EUR = 160 JPY of 2026-11-25"
    );
}

TEST(ExchangeRates, AnOwnTableSaysHowLongAndTheFresherWayIsTaken) {
    const ExchangeRates rates = rates_of(
        "base,currency,day,rate,until\n"
        "USD,MYR,2026-01-01,4.5,2026-12-31\n"
        "EUR,USD,2026-06-01,1.1,\n"
        "EUR,PHP,2026-06-01,60,\n"
        "USD,PHP,2026-05-30,56,2026-05-31\n"
        "AAA,USD,2026-05-28,1,\n"
        "AAA,PHP,2026-05-28,50,\n"
    );
    EXPECT_EQ(
        found(rates, "MYR", "USD", "2026-12-31"),
        "2/9 by 1 MYR = 0.222222 USD of 2026-01-01"
    );
    EXPECT_EQ(found(rates, "MYR", "USD", "2027-01-01"), "none");
    EXPECT_EQ(found(rates, "USD", "PHP", "2026-05-31"), "56 by 1 USD = 56 PHP of 2026-05-30");
    EXPECT_EQ(
        found(rates, "USD", "PHP", "2026-06-01"),
        "600/11 by 1 USD = 0.909091 EUR of 2026-06-01, 1 EUR = 60 PHP of 2026-06-01"
    );
}

TEST(ExchangeRates, ThereAndBackIsWhereItStarted) {
    const ExchangeRates rates = rates_of(history);
    const auto day = parse_day("2026-11-25").value_or(std::chrono::sys_days{});
    for (const char* from : {"USD", "MYR", "IDR", "EUR"}) {
        for (const char* to : {"USD", "MYR", "IDR", "EUR"}) {
            const auto there = rates.find(from, to, day);
            const auto back = rates.find(to, from, day);
            ASSERT_TRUE(there && back);
            EXPECT_EQ(there->rate * back->rate, Fraction(1)) << from << to;
        }
    }
}

TEST(ExchangeRates, SaysEverythingThatIsWrong) {
    const auto complaints = [](std::string_view text) {
        ingest::ImportReport report;
        EXPECT_TRUE(parse_exchange_rates(text, "rates.csv", report).is_empty());
        std::vector<std::string> places;
        for (const ingest::Issue& issue : report.issues()) {
            places.push_back(fmt::format("{} {}", issue.row, issue.column));
        }
        return places;
    };
    EXPECT_THAT(
        complaints(
            "Date,USD,myr\n2026-11-25,0,4\n2026-11-25,1.2,x\n32 May 2026,1\n2026-11-24,1,2,3\n"
        ),
        testing::ElementsAre("1 myr", "2 USD", "3 Date", "3 myr", "4 Date", "5 ")
    );
    EXPECT_THAT(
        complaints(
            "base,currency,day,rate,until\nUSD,USD,2026-01-01,0,2025-01-01\nusd,MYR,2026-01-32,1,\n"
            "USD,MYR,2026-01-01,1,\nUSD,MYR,2026-01-01,2,\n"
        ),
        testing::ElementsAre("2 currency", "2 rate", "2 until", "3 day", "3 base", "5 day")
    );
}

}  // namespace
}  // namespace adic::procure
