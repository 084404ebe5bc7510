#include "document.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace adic::docs {
namespace {

TEST(Document, GivesItsCommandsWithWhatTheyShow) {
    const std::vector<Example> examples = list_examples(
        "# Title\n```sh\nadic items\n```\nshows\n\n```text\none\ntwo\n```\n"
        "```sh\nadic why\n```\n## Heading\n```text\nnot of why\n```\n```cpp\nint x;\n```\n"
    );
    ASSERT_EQ(examples.size(), 2U);
    EXPECT_EQ(examples[0].line, 2U);
    EXPECT_EQ(examples[0].script, "adic items\n");
    EXPECT_EQ(examples[0].expected, "one\ntwo\n");
    EXPECT_EQ(examples[1].script, "adic why\n");
    EXPECT_EQ(examples[1].expected, std::nullopt);
}

TEST(Matching, KnowsGapsInLinesAndBetweenThem) {
    struct Case {
        const char* name;
        const char* output;
        const char* expected;
        bool matches;
    };

    const std::vector<Case> cases{
        {"the same", "a\nb\n", "a\nb\n", true},
        {"spaces at line ends are not seen", "a  \nb\n\n", "a\nb", true},
        {"another line", "a\nc\n", "a\nb\n", false},
        {"a line too many", "a\nb\nc\n", "a\nb\n", false},
        {"a line too few", "a\n", "a\nb\n", false},
        {"a gap for no line", "a\nb\n", "a\n...\nb\n", true},
        {"a gap for many", "a\n1\n2\n3\nb\n", "a\n...\nb\n", true},
        {"a gap at the end", "a\n1\n2\n", "a\n...\n", true},
        {"a gap at the start", "1\na\n", "...\na\n", true},
        {"two gaps, the middle missing", "a\nb\n", "...\nx\n...\n", false},
        {"the gap must not stop at the first b", "a\nb\n1\nb\n", "a\n...\nb\n", true},
        {"a gap in a line", "read in 0.31 s", "read in ... s", true},
        {"a gap in a line, the end differs", "read in 0.31 min", "read in ... s", false},
        {"two gaps in a line", "x 12 y 34 z", "x ... y ... z", true},
        {"a gap in a line does not overlap", "ab", "ab...b", false},
        {"a space that does not break",
         "75\xC2\xA0%\n\xC2\xA0\xC2\xA0"
         "b",
         "75 %\n  b",
         true},
        {"nothing", "", "", true},
        {"something instead of nothing", "a", "", false},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(matches(c.output, c.expected), c.matches) << c.name;
    }
}

}  // namespace
}  // namespace adic::docs
