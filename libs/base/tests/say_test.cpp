#include "adic/base/say.hpp"

#include <set>
#include <string>

#include <gmock/gmock.h>

namespace adic {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Say, PutsValuesAtTheirPlaces) {
    const Sentence sentence =
        say("waits-for-signature",
            {{"kind", "frame agreement"},
             {"paper", "Boats"},
             {"states", std::vector<std::string>{"PHL", "VNM"}}});
    EXPECT_EQ(sentence.text, "frame agreement 'Boats' waits for the signature of PHL, VNM");
    EXPECT_EQ(sentence.code, "waits-for-signature");
    EXPECT_THAT(
        sentence.values,
        ElementsAre(
            Pair("kind", ElementsAre("frame agreement")),
            Pair("paper", ElementsAre("Boats")),
            Pair("states", ElementsAre("PHL", "VNM"))
        )
    );
}

TEST(Say, KeepsFiguresPlainForPages) {
    const Sentence sentence = say("budget-binds", {{"weeks", "1.2", 1.2345}});
    EXPECT_EQ(sentence.text, "The budget binds: twice as much avoids 1.2 more weeks.");
    EXPECT_THAT(sentence.values, ElementsAre(Pair("weeks", ElementsAre("1.2345"))));
}

TEST(Say, ChoosesByACount) {
    const auto left = [](int tenderers) {
        return say("flag-one-left", {{"tenderers", tenderers}, {"left", "North"}}).text;
    };
    EXPECT_EQ(left(1), "1 tenderer was disqualified, only North was left and won");
    EXPECT_EQ(left(21), "21 tenderers were disqualified, only North was left and won");
}

TEST(Say, LeavesOutWhatIsNotThere) {
    const Said amount{"amount", "10.00", 10.0};
    EXPECT_EQ(say("demand-budget", {{"state", "PHL"}, amount}).text, "PHL pays at most 10.00");
    EXPECT_EQ(
        say("demand-budget", {{"state", "PHL"}, amount, {"year", 2030}}).text,
        "PHL pays at most 10.00 in 2030"
    );
}

TEST(Say, ChoosesWithinAChoice) {
    const Said share{"share", "60 %", 0.6};
    EXPECT_EQ(
        say("demand-most-share", {share, {"item", "radio"}}).text,
        "any one supplier gets at most 60 % of the radio that are needed"
    );
    EXPECT_EQ(
        say("demand-most-share", {share, {"bloc", "east"}, {"state", "PHL"}, {"year", 2030}}).text,
        "the suppliers of bloc east gets at most 60 % of what is paid for PHL in 2030"
    );
}

TEST(Say, JoinsSentences) {
    const Sentence whole = joined({say("cause-supply"), say("cause-equipment")}, ", ", ".");
    EXPECT_EQ(
        whole.text,
        "because its suppliers give too little, because its equipment is worn and not replaced."
    );
    EXPECT_EQ(whole.code, "");
    EXPECT_EQ(whole.parts.size(), 2U);
    EXPECT_EQ(joined({}, ", ", ".").text, "");
}

TEST(Sayings, HaveCodesOfTheirOwn) {
    std::set<std::string_view> codes;
    for (const Saying& saying : sayings) {
        EXPECT_TRUE(codes.insert(saying.code).second) << saying.code;
        EXPECT_FALSE(saying.english.empty()) << saying.code;
    }
}

}  // namespace
}  // namespace adic
