#include "adic/postgres/parameters.hpp"

#include <array>

#include <gtest/gtest.h>

namespace adic::postgres {
namespace {

using namespace std::string_literals;

/// What array_send of the server gives for the same values.
TEST(Parameters, AreWrittenAsTheServerWritesThem) {
    Parameters parameters;
    parameters.add("a\"b");
    parameters.add(std::int64_t{-2});
    parameters.add(std::array<std::string_view, 2>{"x", ""});
    parameters.add(std::array<std::int64_t, 1>{258});
    parameters.add(std::span<const std::int64_t>{});
    const auto values = parameters.values();
    ASSERT_EQ(values.size(), 5U);
    EXPECT_EQ(values[0].bytes, "a\"b");
    EXPECT_EQ(values[1].bytes, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFE");
    EXPECT_EQ(
        values[2].bytes,
        "\0\0\0\1\0\0\0\0\0\0\0\x19\0\0\0\2\0\0\0\1"s + "\0\0\0\1x\0\0\0\0"s
    );
    EXPECT_EQ(
        values[3].bytes,
        "\0\0\0\1\0\0\0\0\0\0\0\x14\0\0\0\1\0\0\0\1"s + "\0\0\0\x8\0\0\0\0\0\0\1\2"s
    );
    EXPECT_EQ(values[4].bytes, "\0\0\0\0\0\0\0\0\0\0\0\x14"s);
}

}  // namespace
}  // namespace adic::postgres
