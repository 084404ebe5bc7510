#include "adic/base/random.hpp"
#include "adic/model/provenance.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace adic::model {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

year_month_day date(int y, unsigned m, unsigned d) {
    return year{y} / month{m} / day{d};
}

TEST(Period, CoversWholeYearsMonthsOrDays) {
    struct Case {
        std::string_view text;
        Period expected;
    };

    const std::vector<Case> cases{
        {"2024", {date(2024, 1, 1), date(2024, 12, 31)}},
        {"2024-06", {date(2024, 6, 1), date(2024, 6, 30)}},
        {"2024-02", {date(2024, 2, 1), date(2024, 2, 29)}},
        {"2023-02", {date(2023, 2, 1), date(2023, 2, 28)}},
        {"2000-02", {date(2000, 2, 1), date(2000, 2, 29)}},
        {"1900-02", {date(1900, 2, 1), date(1900, 2, 28)}},
        {"2024-06-30", {date(2024, 6, 30), date(2024, 6, 30)}},
        {"2016/2020", {date(2016, 1, 1), date(2020, 12, 31)}},
        {"2016-03/2016-03", {date(2016, 3, 1), date(2016, 3, 31)}},
        {"2016-06-01/2016", {date(2016, 6, 1), date(2016, 12, 31)}},
        {"0000/9999", {date(0, 1, 1), date(9999, 12, 31)}},
    };
    for (const Case& c : cases) {
        const Result<Period> period = parse_period(c.text);
        ASSERT_TRUE(period) << c.text << ": " << period.error().message;
        EXPECT_EQ(*period, c.expected) << c.text;
    }
}

TEST(Period, RefusesWhatIsNoSpanOfDays) {
    for (const std::string_view text :
         {"",
          "/",
          "24",
          "20240",
          "2024-6",
          "2024-13",
          "2024-00",
          "2024-06-31",
          "2023-02-29",
          "2024-06-00",
          "2024-06-30-01",
          "2020/2016",
          "2016/",
          "/2016",
          "2016/2018/2020",
          " 2024",
          "2024 ",
          "+024",
          "-2024",
          "2024/06",
          "2024-W06",
          "2024-06-30T00:00",
          "MMXXIV"}) {
        const Result<Period> period = parse_period(text);
        ASSERT_FALSE(period) << text;
        EXPECT_EQ(period.error().code, ErrorCode::invalid_argument);
        EXPECT_NE(period.error().message.find(text), std::string::npos) << "names what it read";
    }
}

TEST(Period, IsRefusedInAShortMessageHoweverLongItIs) {
    EXPECT_LT(parse_period(std::string(1'000'000, '-')).error().message.size(), 200U);
    EXPECT_LT(parse_period(std::string(1'000'000, '/')).error().message.size(), 200U);
}

TEST(Period, IsWrittenInTheShortestWay) {
    struct Case {
        std::string_view text;
        std::string_view expected;
    };

    const std::vector<Case> cases{
        {"2024-01-01/2024-12-31", "2024"},
        {"2024-02-01/2024-02-29", "2024-02"},
        {"2024-02-01/2024-02-28", "2024-02-01/2024-02-28"},
        {"2016-01/2020-12", "2016/2020"},
        {"2016-02/2020", "2016-02/2020-12"},
        {"2024-06-30/2024-06-30", "2024-06-30"},
    };
    for (const Case& c : cases) {
        const Result<Period> period = parse_period(c.text);
        ASSERT_TRUE(period) << c.text;
        EXPECT_EQ(to_text(*period), c.expected) << c.text;
    }
}

/// Any two days, with the ends of months and years far more often than chance gives them.
year_month_day any_day(RandomStream& random) {
    const year y{static_cast<int>(random.below(10'000))};
    const month m{random.below(3) == 0 ? 12U : static_cast<unsigned>(1 + random.below(12))};
    const year_month_day last{y / m / std::chrono::last};
    switch (random.below(4)) {
    case 0: return y / std::chrono::January / 1;
    case 1: return y / m / 1;
    case 2: return last;
    default:
        return y / m
               / day{static_cast<unsigned>(1 + random.below(static_cast<unsigned>(last.day())))};
    }
}

TEST(Period, ReadsBackAsTheSameDays) {
    RandomStream random(11, 0);
    for (int i = 0; i < 50'000; ++i) {
        const year_month_day a = any_day(random);
        const year_month_day b = any_day(random);
        const Period period{std::min(a, b), std::max(a, b)};
        const std::string text = to_text(period);
        const Result<Period> again = parse_period(text);
        ASSERT_TRUE(again) << text;
        ASSERT_EQ(*again, period) << text;
        ASSERT_EQ(to_text(*again), text);
    }
}

TEST(Period, IsInOrderWhateverIsTyped) {
    constexpr std::string_view alphabet = "0129-/ x";
    for (const std::string_view frame : {"2024-06-30", "2016/2020", "2024"}) {
        for (std::size_t at = 0; at + 1 < frame.size(); ++at) {
            for (const char first : alphabet) {
                for (const char second : alphabet) {
                    std::string text(frame);
                    text[at] = first;
                    text[at + 1] = second;
                    const Result<Period> period = parse_period(text);
                    if (period) {
                        ASSERT_LE(sys_days{period->first}, sys_days{period->last}) << text;
                        ASSERT_EQ(*parse_period(to_text(*period)), *period) << text;
                    }
                }
            }
        }
    }
}

}  // namespace
}  // namespace adic::model
