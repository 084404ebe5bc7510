#include "adic/registry/search/search_words.hpp"

#include <gmock/gmock.h>

namespace adic::registry {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(SearchWords, AreInLowerCaseAndParted) {
    EXPECT_THAT(
        search_words("Patrol-Boat  NO 7, hull"),
        ElementsAre("patrol", "boat", "no", "7", "hull")
    );
    EXPECT_THAT(search_words(""), IsEmpty());
    EXPECT_THAT(search_words(" - / "), IsEmpty());
}

TEST(SearchWords, LoseTheAccentsOfLatinLetters) {
    EXPECT_THAT(search_words("Đà Nẵng"), ElementsAre("da", "nang"));
    EXPECT_THAT(search_words("São Tomé ﬁne"), ElementsAre("sao", "tome", "fine"));
}

TEST(SearchWords, OfScriptsWithoutBlanksAreFoundByDictionary) {
    EXPECT_THAT(
        search_words("เรือตรวจการณ์"),
        testing::AllOf(SizeIs(testing::Ge(2)), Contains("เรือ"))
    );
    EXPECT_THAT(search_words("ប្រទេសកម្ពុជា"), SizeIs(testing::Ge(1)));
    EXPECT_THAT(search_words("ທະຫານເຮືອ"), SizeIs(testing::Ge(1)));
    EXPECT_THAT(search_words("巡逻艇"), SizeIs(testing::Ge(1)));
}

TEST(SearchWords, KeepTheVowelsOfOtherScripts) {
    EXPECT_NE(search_words("กา"), search_words("กี"));
    EXPECT_NE(search_words("நீர்"), search_words("நார்"));
}

TEST(SearchWords, TakeTextsThatAreNoUnicode) {
    EXPECT_THAT(
        search_words("ab\xFF"
                     "cd"),
        ElementsAre("ab", "cd")
    );
    EXPECT_THAT(search_words("\xC3"), IsEmpty());
}

}  // namespace
}  // namespace adic::registry
