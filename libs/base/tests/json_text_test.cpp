#include "adic/base/json_text.hpp"

#include <string>

#include <gtest/gtest.h>

namespace {

using adic::is_nested_deeper;

TEST(JsonText, CountsOnlyWhatStandsOutsideOfStrings) {
    EXPECT_FALSE(is_nested_deeper("", 0));
    EXPECT_FALSE(is_nested_deeper("5", 0));
    EXPECT_TRUE(is_nested_deeper("[]", 0));
    EXPECT_FALSE(is_nested_deeper("[]", 1));
    EXPECT_FALSE(is_nested_deeper(R"({"a": [1], "b": [2]})", 2));
    EXPECT_TRUE(is_nested_deeper(R"({"a": [1], "b": [2]})", 1));
    EXPECT_FALSE(is_nested_deeper(R"(["[[[[", "\"[[[", "\\", "{"])", 1));
    EXPECT_TRUE(is_nested_deeper(R"(["\\", [1]])", 1));
}

TEST(JsonText, StandsTextsThatEndTooSoon) {
    EXPECT_FALSE(is_nested_deeper("\"", 0));
    EXPECT_FALSE(is_nested_deeper("\"\\", 0));
    EXPECT_FALSE(is_nested_deeper("]]]]", 0));
    EXPECT_TRUE(is_nested_deeper(std::string(100, '['), 99));
}

}  // namespace
