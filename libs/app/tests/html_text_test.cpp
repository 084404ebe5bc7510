#include "adic/app/html_text.hpp"

#include "adic/base/random.hpp"
#include "adic/base/text.hpp"

#include <gmock/gmock.h>

namespace adic::app {
namespace {

TEST(Html, LeavesNoMarkup) {
    EXPECT_EQ(html("a < b & \"c\" > 'd'"), "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;");
    EXPECT_EQ(html("line\nbreak\ttab"), "line break tab");
    EXPECT_EQ(html("\x01\x7F"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(html("Vi\xE1\xBB\x87t \xFF"), "Vi\xE1\xBB\x87t \xEF\xBF\xBD");
}

TEST(Html, MakesAnyBytesWellFormed) {
    for (std::uint64_t draw = 0; draw < 2000; ++draw) {
        RandomStream random{3, draw};
        std::string bytes;
        const std::uint64_t length = random.below(30);
        for (std::uint64_t i = 0; i < length; ++i) {
            bytes += static_cast<char>(random.below(256));
        }
        const std::string text = html(bytes);
        EXPECT_TRUE(is_utf8(text));
        EXPECT_EQ(text.find_first_of("<>\"'"), std::string::npos);
    }
}

TEST(ShortenedText, CountsCharactersAndNeverCutsOne) {
    EXPECT_EQ(shortened_text("abc", 3), "abc");
    EXPECT_EQ(shortened_text("abcd", 3), "ab\xE2\x80\xA6");
    EXPECT_EQ(
        shortened_text("\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 2),
        "\xE6\x97\xA5\xE2\x80\xA6"
    );
    EXPECT_EQ(shortened_text("", 3), "");
}

}  // namespace
}  // namespace adic::app
