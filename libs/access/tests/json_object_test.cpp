#include "json_object.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace adic::access {
namespace {

constexpr std::size_t most = std::size_t{256} << 10U;

TEST(JsonObject, HasEachNameOnce) {
    EXPECT_TRUE(parse_json_object(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})", most, "it"));
    const std::array<std::string_view, 7> bad{
        R"({"a":1,"a":1})",
        R"({"b":[{"a":1,"a":2}]})",
        R"({"a":1,"\u0061":2})",
        R"([])",
        R"({"a":1} {})",
        R"({"a":)",
        ""};
    for (const std::string_view text : bad) {
        EXPECT_FALSE(parse_json_object(text, most, "it")) << text;
    }
}

TEST(JsonObject, IsBoundedInSizeAndDepth) {
    const auto nested = [](std::size_t depth) {
        return R"({"a":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
    };
    EXPECT_TRUE(parse_json_object(nested(15), most, "it"));
    EXPECT_FALSE(parse_json_object(nested(16), most, "it"));
    EXPECT_FALSE(parse_json_object(nested(100000), most, "it"));
    EXPECT_FALSE(parse_json_object(R"({"a":1})", 6, "it"));
}

/// A list of as many objects as there is room for: to look at each again and again would take
/// minutes.
TEST(JsonObject, TakesNoSquareOfALongList) {
    std::string text = R"({"a":[{})";
    while (text.size() + 5 < most) {
        text += ",{}";
    }
    const auto read = parse_json_object(text + "]}", most, "it");
    ASSERT_TRUE(read);
    EXPECT_GT(list_in(*read, "a")->size(), 80000U);
}

}  // namespace
}  // namespace adic::access
