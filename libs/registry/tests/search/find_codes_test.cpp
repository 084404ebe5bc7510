#include "adic/registry/search/find_codes.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::registry {
namespace {

using model::ListedCode;
using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<ListedCode> classes{
    {"FSC", "1940", "Small Craft", "Reconnaissance Boats; Pneumatic Boats.", "a source"},
    {"FSC", "2010", "Ship and Boat Propulsion Components", "", "a source"},
    {"FSC", "2030", "Deck Machinery", "", "a source"},
    {"FSC", "2510", "Vehicular Cab, Body, and Frame Structural Components", "", "a source"},
    {"FSC", "8470", "Armor, Personal", "Clothing specially designed for it.", "a source"},
};

std::vector<std::string> found(std::string_view text, std::size_t most = 5) {
    std::vector<std::string> codes;
    for (const FoundCode& one : find_codes(classes, text, most)) {
        codes.push_back(one.code->code);
    }
    return codes;
}

TEST(FindCodes, PutsAWordOfTheTitleBeforeOneOfWhatIsIncluded) {
    EXPECT_THAT(found("boats"), ElementsAre("2010", "1940"));
    EXPECT_THAT(found("boats", 1), ElementsAre("2010"));
}

TEST(FindCodes, PutsTheWholeNameOfAThingThatIsIncludedBeforeAWordOfATitle) {
    EXPECT_THAT(found("pneumatic boats"), ElementsAre("1940"));
}

TEST(FindCodes, CountsForWhomAThingIsForLess) {
    const std::vector<ListedCode> clothes{
        {"FSC", "1905", "Combat Ships and Landing Vessels", "", "a source"},
        {"FSC", "2350", "Combat, Assault, and Tactical Vehicles, Tracked", "", "a source"},
        {"FSC", "5820", "Radio Communication Equipment", "", "a source"},
        {"FSC", "6140", "Batteries, Rechargeable", "", "a source"},
        {"FSC", "8430", "Footwear, Men's", "Combat boots; kasut but tentera.", "a source"},
    };

    struct Case {
        std::string_view text;
        std::vector<std::string> codes;
    };

    const std::vector<Case> cases{
        {"Combat boots", {"8430"}},
        {"kasut but tentera", {"8430"}},
        {"batteries for radios", {"6140"}},
        {"bateri untuk radio", {}},  // what it is for is not what it is
        {"combat", {"1905", "2350", "8430"}},
        {"Combat tents", {}},
    };
    for (const auto& [text, codes] : cases) {
        std::vector<std::string> found;
        for (const FoundCode& one : find_codes(clothes, text, 5)) {
            found.push_back(one.code->code);
        }
        EXPECT_EQ(found, codes) << text;
    }
}

TEST(FindCodes, FindsACodeOfTwoListsOnce) {
    const std::vector<ListedCode> twice{
        {"FSC", "1940", "Small Craft", "Pneumatic Boats.", "a source"},
        {"FSC", "1940", "Small Craft", "Patrol boats; kapal peronda.", "another"},
        {"HS", "8906", "Vessels", "Patrol boats.", "another"},
    };
    const auto both = find_codes(twice, "patrol boats", 5);
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].code, &twice[2]);
    EXPECT_EQ(both[1].code, &twice[1]) << "by the list whose words are closer";
}

TEST(FindCodes, CountsARareWordForMoreThanACommonOne) {
    // "components" is in two titles, "deck" in one.
    EXPECT_THAT(found("components of a deck"), ElementsAre("2030", "2010", "2510"));
}

TEST(FindCodes, SaysForWhichWords) {
    const auto closest = find_codes(classes, "Small pneumatic BOATS for the navy", 1);
    ASSERT_EQ(closest.size(), 1U);
    EXPECT_EQ(closest[0].code, &classes[0]);
    EXPECT_THAT(closest[0].by, ElementsAre("small", "pneumatic", "boat"));
    EXPECT_GT(closest[0].weight, 0.0);
}

TEST(FindCodes, TakesBritishSpellings) {
    EXPECT_THAT(found("body armour").front(), "8470") << "shorter of two titles with one word";
}

TEST(FindCodes, FindsNothingForGrammarNorForStrangers) {
    EXPECT_THAT(found("for the and"), IsEmpty());
    EXPECT_THAT(found("kapal patroli"), IsEmpty());
    EXPECT_THAT(found(""), IsEmpty());
    EXPECT_THAT(find_codes({}, "boats", 5), IsEmpty());
}

TEST(FindCodes, NeverWeighsMoreForFewerWords) {
    for (const ListedCode& code : classes) {
        const auto weight = [&](std::string_view text) {
            const auto all = find_codes(classes, text, classes.size());
            const auto one = std::ranges::find(all, &code, &FoundCode::code);
            return one == all.end() ? 0.0 : one->weight;
        };
        // What is far from the closest is not found at all.
        const double both = weight("deck boats");
        EXPECT_TRUE(both == 0.0 || weight("deck") <= both);
        EXPECT_TRUE(both == 0.0 || weight("boats") <= both);
    }
}

}  // namespace
}  // namespace adic::registry
