#include "adic/ingest/game_reader.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> problems_of(const std::string& text) {
    ImportReport report;
    const model::CostGame game = parse_game("game.csv", text, report);
    EXPECT_TRUE(game.players.empty() || report.may_commit());
    std::vector<std::string> said;
    for (const Issue& issue : report.issues()) {
        said.push_back(
            std::string(issue.rule) + ' ' + std::to_string(issue.row) + ' ' + issue.message
        );
    }
    return said;
}

TEST(GameReader, ReadsEverySetOfPlayersInAnyOrder) {
    ImportReport report;
    const model::CostGame game =
        parse_game("game.csv", "coalition,amount\nPHL + MYS,17.5\nMYS,10\nPHL,-9.25\n", report);
    ASSERT_TRUE(report.may_commit());
    EXPECT_THAT(game.players, ElementsAre("PHL", "MYS"));
    EXPECT_THAT(game.costs, ElementsAre(0, -925, 1000, 1750));
}

TEST(GameReader, SaysAllThatIsWrongAtOnce) {
    EXPECT_THAT(
        problems_of("coalition,amount\nMYS,1\nPHL,2.005\nMYS+MYS,3\nMYS+,3\nMYS,3\nSGP,many\n"),
        ElementsAre(
            HasSubstr("GM-003 3"),
            HasSubstr("GM-001 4 a player stands there twice"),
            HasSubstr("GM-001 5 a name is missing"),
            HasSubstr("6 row 2 has this coalition already"),
            HasSubstr("7 ")
        )
    );
}

TEST(GameReader, NamesTheSetsThatHaveNoRow) {
    EXPECT_THAT(
        problems_of("coalition,amount\nA,1\nB,2\nC,3\nA+B,3\n"),
        ElementsAre(
            HasSubstr("there is no row of 'A+C'"),
            HasSubstr("there is no row of 'B+C'"),
            HasSubstr("there is no row of 'A+B+C'")
        )
    );
    EXPECT_THAT(problems_of("coalition,amount\nA,1\n"), ElementsAre(HasSubstr("at least two")));
}

TEST(GameReader, TakesNoMorePlayersThanCanBePriced) {
    std::string text = "coalition,amount\n";
    for (int p = 0; p < 17; ++p) {
        text += "P" + std::to_string(p) + ",1\n";
    }
    EXPECT_THAT(problems_of(text), ElementsAre(HasSubstr("at most 16 players")));
}

TEST(QuantitiesReader, TakesEachStateOnce) {
    ImportReport report;
    const auto quantities =
        parse_quantities("states.csv", "state,quantity\nMYS,7\nPHL,9.5\n", report);
    ASSERT_EQ(quantities.size(), 2U);
    EXPECT_EQ(quantities[1].state, "PHL");
    EXPECT_EQ(quantities[1].quantity, 9.5);
    ImportReport bad;
    EXPECT_TRUE(parse_quantities("s.csv", "state,quantity\nMYS,7\nMYS,0\n", bad).empty());
    EXPECT_EQ(bad.errors(), 2U);
}

}  // namespace
}  // namespace adic::ingest
