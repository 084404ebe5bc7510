#include "adic/base/plain_cell.hpp"

#include "adic/base/random.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace adic {
namespace {

TEST(PlainCell, IsNeverComputedAndComesBackAsItWas) {
    const std::vector<std::pair<std::string, std::string>> cells{
        {"=1+1", "'=1+1"},
        {"@sum", "'@sum"},
        {"-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"},
        {"\tx", "'\tx"},
        {"+62 21", "'+62 21"},
        {"'=1+1", "''=1+1"},
        {"-5", "-5"},
        {"+7.5", "+7.5"},
        {"'-5", "''-5"},
        {"'tis", "'tis"},
        {"'", "'"},
        {"", ""},
        {"a=b", "a=b"}};
    for (const auto& [text, cell] : cells) {
        EXPECT_EQ(to_plain_cell(text), cell);
        EXPECT_EQ(from_plain_cell(cell), text);
    }
}

TEST(PlainCell, ComesBackWhateverItSays) {
    RandomStream random(7, 0);
    for (int trial = 0; trial < 10'000; ++trial) {
        std::string text;
        for (std::uint64_t left = random.below(6); left > 0; --left) {
            text += std::string_view("'=+-@1a")[random.below(7)];
        }
        EXPECT_EQ(from_plain_cell(to_plain_cell(text)), text);
    }
}

}  // namespace
}  // namespace adic
