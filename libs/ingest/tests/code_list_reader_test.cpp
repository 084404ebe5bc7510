#include "adic/ingest/code_list_reader.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using testing::IsEmpty;

constexpr std::string_view head = "scheme,code,title,includes,source\n";

TEST(CodeListReader, ReadsTheListsOfTheProgram) {
    ImportReport report;
    const auto codes = read_code_lists(ADIC_SOURCE_DIR "/data/reference/codes", report);
    ASSERT_TRUE(codes && report.may_commit());
    // Federal Supply Classes in force, GSA, April 2025, and the usual things.
    EXPECT_EQ(codes->size(), 639U + 62U);
    EXPECT_EQ(codes->front().scheme, "FSC");
    EXPECT_EQ(codes->front().code, "1005");
    EXPECT_EQ(codes->front().title, "Guns, through 30 mm");
}

TEST(CodeListReader, AFolderThatIsNotThereHasNone) {
    ImportReport report;
    const auto codes = read_code_lists("no/such/folder", report);
    ASSERT_TRUE(codes && report.may_commit());
    EXPECT_THAT(*codes, IsEmpty());
}

TEST(CodeListReader, SaysWhatIsWrongWithARow) {
    struct Case {
        std::string row;
        std::string column;
    };

    const std::vector<Case> cases{
        {"FSC,194,Small Craft,,s\n", "code"},
        {"HS,89O6,Vessels,,s\n", "code"},
        {"FSC,1940,,,s\n", "title"},
        {"FSC,1940,Small Craft,,\n", "source"},
        {",1940,Small Craft,,s\n", "scheme"},
        {"FSC,1940,Small Craft,,s\nFSC,1940,Small Craft,,s\n", "code"},
        {"FSC,1940,Small Craft\n", "scheme"},
    };
    for (const Case& c : cases) {
        ImportReport report;
        const auto codes = parse_code_list(std::string(head) + c.row, "codes.csv", report);
        ASSERT_TRUE(codes) << c.row;
        EXPECT_THAT(*codes, IsEmpty()) << c.row;
        ASSERT_EQ(report.issues().size(), 1U) << c.row;
        EXPECT_EQ(report.issues()[0].column, c.column) << c.row;
    }
    ImportReport report;
    EXPECT_FALSE(parse_code_list("scheme,code\n", "codes.csv", report)) << "columns";
    EXPECT_FALSE(parse_code_list("", "codes.csv", report)) << "nothing";
}

TEST(CodeListReader, TakesSchemesThatItDoesNotKnowAsTheyAre) {
    ImportReport report;
    const auto codes =
        parse_code_list(std::string(head) + "CPV,35500000-3,Warships,,OJ\n", "cpv.csv", report);
    ASSERT_TRUE(codes && report.may_commit());
    EXPECT_EQ(codes->at(0).code, "35500000-3");
}

}  // namespace
}  // namespace adic::ingest
