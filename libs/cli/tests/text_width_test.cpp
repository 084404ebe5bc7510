#include "render/text_width.hpp"

#include "adic/base/random.hpp"
#include "adic/base/text.hpp"

#include <gmock/gmock.h>

namespace adic::cli {
namespace {

using testing::ElementsAre;

TEST(DisplayWidth, CountsColumnsAndNotBytes) {
    struct Case {
        std::string_view text;
        std::size_t width;
    };

    const std::vector<Case> cases{
        {"", 0},
        {"abc", 3},
        {"Việt Nam", 8},
        {"e\xCC\x81", 1},                             // e and a combining acute accent
        {"\xE6\x97\xA5\xE6\x9C\xAC", 4},              // two Han characters
        {"\xE0\xB9\x84\xE0\xB8\x97\xE0\xB8\xA2", 3},  // Thai letters
        {"\xE0\xB8\x97\xE0\xB8\xB5\xE0\xB9\x88", 1},  // a Thai letter with a vowel and a tone mark
        {"\xF0\x9F\x9A\xA2", 2},                      // a pictograph
    };
    for (const Case& c : cases) {
        EXPECT_EQ(display_width(c.text), c.width) << c.text;
    }
}

TEST(Shortened, EndsInAnEllipsisOnlyWhereSomethingWentAway) {
    EXPECT_EQ(shortened("abcdef", 6), "abcdef");
    EXPECT_EQ(shortened("abcdef", 4), "abc\xE2\x80\xA6");
    EXPECT_EQ(shortened("ab cdef", 4), "ab\xE2\x80\xA6");
    EXPECT_EQ(shortened("\xE6\x97\xA5\xE6\x9C\xAC", 3), "\xE6\x97\xA5\xE2\x80\xA6");
    EXPECT_EQ(shortened("ab", 1), "\xE2\x80\xA6");
}

TEST(Wrapped, BreaksAtSpacesAndInsideAWordOnlyIfItMust) {
    EXPECT_THAT(wrapped("", 10), ElementsAre(""));
    EXPECT_THAT(wrapped("one two three", 7), ElementsAre("one two", "three"));
    EXPECT_THAT(wrapped("one two three", 9), ElementsAre("one two", "three"));
    EXPECT_THAT(wrapped("abcdefgh ij", 4), ElementsAre("abcd", "efgh", "ij"));
    EXPECT_THAT(wrapped("  ends  ", 10), ElementsAre("ends"));
}

TEST(Wrapped, IndentsEveryLineLikeTheFirst) {
    EXPECT_THAT(
        wrapped("\xC2\xA0\xC2\xA0one two", 6),
        ElementsAre("\xC2\xA0\xC2\xA0one", "\xC2\xA0\xC2\xA0two")
    );
}

TEST(Printable, LeavesNothingThatMovesACursor) {
    EXPECT_EQ(printable("plain text"), "plain text");
    EXPECT_EQ(printable("a\nb\tc"), "a b c");
    EXPECT_EQ(printable("\x1b[31mred"), "\xEF\xBF\xBD[31mred");
    EXPECT_EQ(printable("a\xFFz"), "a\xEF\xBF\xBDz");
    EXPECT_EQ(printable("a\xC2\x9Bz"), "a\xEF\xBF\xBDz");            // a C1 control character
    EXPECT_EQ(printable("a\xE2\x80\xAEz"), "a\xEF\xBF\xBDz");        // right-to-left override
    EXPECT_EQ(printable("a\xE6\x97"), "a\xEF\xBF\xBD\xEF\xBF\xBD");  // a character cut short
}

std::string random_bytes(RandomStream& random) {
    std::string text;
    const std::uint64_t length = random.below(40);
    for (std::uint64_t i = 0; i < length; ++i) {
        const bool is_ascii = random.below(2) == 0;
        text += static_cast<char>(is_ascii ? 32 + random.below(95) : random.below(256));
    }
    return text;
}

TEST(TextWidth, AnyBytesBecomeLinesThatFitAndAreUtf8) {
    for (std::uint64_t draw = 0; draw < 2000; ++draw) {
        RandomStream random{7, draw};
        const std::string text = printable(random_bytes(random));
        ASSERT_TRUE(is_utf8(text));
        const std::size_t width = 2 + random.below(30);
        for (const std::string& line : wrapped(text, width)) {
            EXPECT_TRUE(is_utf8(line));
            EXPECT_LE(display_width(line), width);
        }
        EXPECT_LE(display_width(shortened(text, width)), width);
        EXPECT_TRUE(is_utf8(shortened(text, width)));
    }
}

}  // namespace
}  // namespace adic::cli
