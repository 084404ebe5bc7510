#include "adic/app/words.hpp"

#include <gmock/gmock.h>

namespace adic::app {
namespace {

TEST(Percent, HasNoFalsePrecision) {
    struct Case {
        double share;
        std::string_view text;
    };

    const std::vector<Case> cases{
        {0.0, "0 %"},
        {0.0004, "under 0.1 %"},
        {0.004, "0.4 %"},
        {0.04, "4 %"},
        {0.0951, "9.5 %"},
        {0.12, "12 %"},
        {0.994, "99.4 %"},
        {0.9999, "100 %"},
        {1.0, "100 %"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(percent(c.share), c.text);
    }
}

TEST(WithinSentence, StartsSmallUnlessItIsAnAbbreviation) {
    EXPECT_EQ(within_sentence("Cobalt in ore"), "cobalt in ore");
    EXPECT_EQ(within_sentence("LED lamp"), "LED lamp");
    EXPECT_EQ(within_sentence("Patrol boat (about 30 m)"), "patrol boat");
    EXPECT_EQ(within_sentence(""), "");
    EXPECT_EQ(within_sentence(")"), ")");
}

TEST(Spoken, SaysAPeriod) {
    EXPECT_EQ(spoken(*model::parse_period("2024")), "2024");
    EXPECT_EQ(spoken(*model::parse_period("2016/2025")), "2016 to 2025");
}

}  // namespace
}  // namespace adic::app
