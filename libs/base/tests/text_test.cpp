#include "adic/base/text.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic {
namespace {

using testing::ElementsAre;

TEST(Decimal, ReadsAllOfATextOrNothing) {
    struct Case {
        std::string_view text;
        std::optional<double> expected;
    };

    const std::vector<Case> cases{
        {"12", 12.0},
        {"+7", 7.0},
        {"-0.5", -0.5},
        {".5", 0.5},
        {"5.", 5.0},
        {"1e-3", 0.001},
        {"1E+3", 1000.0},
        {"0", 0.0},
        {"1.7976931348623157e308", std::numeric_limits<double>::max()},
        {"", std::nullopt},
        {"+", std::nullopt},
        {"+-1", std::nullopt},
        {"++1", std::nullopt},
        {" 1", std::nullopt},
        {"1 ", std::nullopt},
        {"0,5", std::nullopt},
        {"1'000", std::nullopt},
        {"35 %", std::nullopt},
        {"12kg", std::nullopt},
        {"0x10", std::nullopt},
        {"1e", std::nullopt},
        {"1e999", std::nullopt},
        {"nan", std::nullopt},
        {"inf", std::nullopt},
        {"-infinity", std::nullopt},
        {"\xEF\xBC\x95", std::nullopt},  // a full-width five
    };
    for (const Case& c : cases) {
        EXPECT_EQ(parse_decimal(c.text), c.expected) << '"' << c.text << '"';
    }
}

TEST(Whole, ReadsDigitsUpTo64BitsAndNothingElse) {
    struct Case {
        std::string_view text;
        std::optional<std::uint64_t> expected;
    };

    const std::vector<Case> cases{
        {"0", 0},
        {"007", 7},
        {"18446744073709551615", std::numeric_limits<std::uint64_t>::max()},
        {"18446744073709551616", std::nullopt},
        {"", std::nullopt},
        {"+1", std::nullopt},
        {"-1", std::nullopt},
        {"1.0", std::nullopt},
        {"1 ", std::nullopt},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(parse_whole(c.text), c.expected) << '"' << c.text << '"';
    }
}

TEST(Shortest, WritesTheFewestDigits) {
    EXPECT_EQ(to_shortest(0.1), "0.1");
    EXPECT_EQ(to_shortest(1.0 / 3.0), "0.3333333333333333");
    EXPECT_EQ(to_shortest(1e30), "1e+30");
    EXPECT_EQ(to_shortest(-0.0), "-0");
    EXPECT_EQ(to_shortest(1234567.0), "1234567");
    EXPECT_EQ(to_shortest(-9e6), "-9000000");
    EXPECT_EQ(to_shortest(0.0001), "0.0001");
    EXPECT_EQ(to_shortest(0.00001), "1e-05");
    EXPECT_EQ(to_shortest(999999999999999.0), "999999999999999");
    EXPECT_EQ(to_shortest(1e15), "1e+15");
}

TEST(Shortest, ReadsBackAsTheSameDouble) {
    RandomStream random(20240601, 0);
    for (int i = 0; i < 100'000; ++i) {
        const auto value = std::bit_cast<double>(random.bits());
        if (std::isfinite(value)) {
            const auto again = parse_decimal(to_shortest(value));
            ASSERT_TRUE(again) << to_shortest(value);
            ASSERT_EQ(std::bit_cast<std::uint64_t>(*again), std::bit_cast<std::uint64_t>(value));
        }
    }
}

TEST(Split, KeepsEmptyParts) {
    EXPECT_THAT(split("a;b;c", ';'), ElementsAre("a", "b", "c"));
    EXPECT_THAT(split("", ';'), ElementsAre(""));
    EXPECT_THAT(split(";", ';'), ElementsAre("", ""));
    EXPECT_THAT(split("a;;b;", ';'), ElementsAre("a", "", "b", ""));
}

TEST(Trimmed, TakesSpacesAndTabsFromTheEndsOnly) {
    EXPECT_EQ(trimmed(" \t a b\t "), "a b");
    EXPECT_EQ(trimmed("ab"), "ab");
    EXPECT_EQ(trimmed(" \t "), "");
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed("\na"), "\na") << "a line break is content, not padding";
}

TEST(NearestWord, FindsTheSlipOfTheHand) {
    constexpr std::array<std::string_view, 5> kinds{
        "system",
        "component",
        "material",
        "mineral",
        "tool"};

    struct Case {
        std::string_view word;
        std::optional<std::string_view> expected;
    };

    const std::vector<Case> cases{
        {"componnent", "component"},  // one letter too many
        {"sistem", "system"},         // one letter for another
        {"mienral", "mineral"},       // two letters changed places
        {"otol", "tool"},             // at the beginning too
        {"minerals", "mineral"},      // distance 1; "material" is at 4
        {"tols", std::nullopt},       // two changes; four letters allow one
        {"aircraft", std::nullopt},   // nothing is near
        {"", std::nullopt},           // nothing is as short as one change
        {"tool", "tool"},             // the word itself
    };
    for (const Case& c : cases) {
        EXPECT_EQ(nearest_word(c.word, kinds), c.expected) << c.word;
    }
}

TEST(NearestWord, PrefersTheEarlierOfTwoAtTheSameDistance) {
    constexpr std::array<std::string_view, 2> states{"IDN", "IND"};
    EXPECT_EQ(nearest_word("ID", states), "IDN");
    EXPECT_EQ(nearest_word("IN", states), "IDN");
}

TEST(NearestWord, DoesNotLookAtWordsThatNobodyTyped) {
    const std::string long_word(65, 'a');
    const std::array<std::string_view, 1> same{long_word};
    EXPECT_EQ(nearest_word(long_word, same), std::nullopt);
}

TEST(Utf8, AcceptsExactlyWhatRfc3629Allows) {
    struct Case {
        const char* name;
        std::string_view text;
        bool expected;
    };

    const std::vector<Case> cases{
        {"empty", "", true},
        {"ASCII", "Timor-Leste", true},
        {"two, three and four bytes", "C\xC3\xB4te \xE2\x82\xAC \xF0\x9F\x8C\x8F", true},
        {"largest code point", "\xF4\x8F\xBF\xBF", true},
        {"above the largest", "\xF4\x90\x80\x80", false},
        {"five bytes", "\xF8\x88\x80\x80\x80", false},
        {"overlong solidus", "\xC0\xAF", false},
        {"overlong in three bytes", "\xE0\x80\xAF", false},
        {"overlong in four bytes", "\xF0\x80\x80\xAF", false},
        {"surrogate", "\xED\xA0\x80", false},
        {"last before the surrogates", "\xED\x9F\xBF", true},
        {"continuation alone", "\x80", false},
        {"cut short", "\xE2\x82", false},
        {"followed by ASCII", "\xC3(", false},
        {"Latin-1", "C\xF4te", false},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(is_utf8(c.text), c.expected) << c.name;
    }
}

/// Encodes by the table of RFC 3629, section 3; independent of the reader under test.
std::string encode(std::uint32_t point) {
    const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
    if (point < 0x80) {
        return {byte(point)};
    }
    if (point < 0x800) {
        return {byte(0xC0 | (point >> 6)), byte(0x80 | (point & 0x3F))};
    }
    if (point < 0x10000) {
        return {
            byte(0xE0 | (point >> 12)),
            byte(0x80 | ((point >> 6) & 0x3F)),
            byte(0x80 | (point & 0x3F))};
    }
    return {
        byte(0xF0 | (point >> 18)),
        byte(0x80 | ((point >> 12) & 0x3F)),
        byte(0x80 | ((point >> 6) & 0x3F)),
        byte(0x80 | (point & 0x3F))};
}

TEST(Utf8, AcceptsEveryCodePointButSurrogates) {
    for (std::uint32_t point = 0; point <= 0x10FFFF; ++point) {
        const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
        ASSERT_EQ(is_utf8(encode(point)), !surrogate) << "U+" << std::hex << point;
    }
}

TEST(Utf8, FindsEveryCharacterThatSteersWhatIsRead) {
    const auto within = [](std::uint32_t point, std::uint32_t first, std::uint32_t last) {
        return point >= first && point <= last;
    };
    for (std::uint32_t point = 0; point <= 0x10FFFF; ++point) {
        const bool is_control = (point < 0x20 || within(point, 0x7F, 0x9F)) && point != '\t'
                                && point != '\n' && point != '\r';
        const bool steers =
            is_control || within(point, 0x2028, 0x202E) || within(point, 0x2066, 0x2069);
        const bool is_surrogate = within(point, 0xD800, 0xDFFF);
        ASSERT_EQ(
            is_surrogate || has_steering_character("a" + encode(point) + "b"),
            is_surrogate || steers
        ) << "U+"
          << std::hex << point;
    }
}

TEST(Utf8, CountsAllTextsOfTwoBytes) {
    int well_formed = 0;
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::array<char, 2> text{static_cast<char>(first), static_cast<char>(second)};
            well_formed += is_utf8({text.data(), text.size()}) ? 1 : 0;
        }
    }
    // 128 * 128 pairs of ASCII, and 30 leading bytes (C2..DF) with 64 continuations each.
    EXPECT_EQ(well_formed, 128 * 128 + 30 * 64);
}

}  // namespace
}  // namespace adic
