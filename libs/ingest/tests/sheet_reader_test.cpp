#include "adic/ingest/sheet_reader.hpp"

#include "map_files.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

namespace adic::ingest {
namespace {

using ::testing::ElementsAre;
using testing::Folder;
using ::testing::IsEmpty;

/// A workbook of one sheet, whose second style shows days and whose third a time.
std::filesystem::path
workbook(const Folder& folder, const std::string& rows, const std::string& properties = "") {
    const std::vector<std::pair<std::string, std::string>> parts{
        {"xl/workbook.xml",
         "<workbook>" + properties
             + R"(<sheets><sheet name="Needs" r:id="rId1"/></sheets></workbook>)"},
        {"xl/_rels/workbook.xml.rels",
         R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>)"
         R"(<Relationship Id="rId2" Type="x/styles" Target="styles.xml"/></Relationships>)"},
        {"xl/styles.xml",
         R"(<styleSheet><numFmts/><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>)"
         R"(<xf numFmtId="22"/></cellXfs></styleSheet>)"},
        {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}};
    const std::filesystem::path path = folder.path() / "needs.xlsx";
    int error = 0;
    zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    for (const auto& [name, text] : parts) {
        zip_source_t* const source = zip_source_buffer(archive, text.data(), text.size(), 0);
        zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    }
    zip_close(archive);
    return path;
}

std::string shown(const std::string& cell, const std::string& properties = "") {
    const Folder folder;
    ImportReport report;
    const auto sheets =
        read_sheets(workbook(folder, "<row r=\"1\">" + cell + "</row>", properties), report);
    return sheets.empty() ? std::string(report.issues().front().rule) : sheets[0].rows[0].cells[0];
}

TEST(SheetReader, ShowsCellsAsASpreadsheetProgramDoes) {
    struct Case {
        std::string cell;
        std::string expected;
    };

    // Days by ECMA-376 part 1, 18.17.4.1, whose examples these are: 1 is the 1st of January 1900,
    // 60 the 29th of February that there was not, 61 the 1st of March; 2,958,465 the last day.
    const std::vector<Case> cases{
        {R"(<c t="str"><v>Radio</v></c>)", "Radio"},
        {R"(<c><v>0.34999999999999998</v></c>)", "0.35"},
        {R"(<c t="b"><v>1</v></c>)", "TRUE"},
        {R"(<c t="e"><v>#REF!</v></c>)", "#REF!"},
        {R"(<c s="1"><v>1</v></c>)", "1900-01-01"},
        {R"(<c s="1"><v>59</v></c>)", "1900-02-28"},
        {R"(<c s="1"><v>60</v></c>)", "60"},
        {R"(<c s="1"><v>61</v></c>)", "1900-03-01"},
        {R"(<c s="1"><v>46053</v></c>)", "2026-01-31"},
        {R"(<c s="1"><v>2958465</v></c>)", "9999-12-31"},
        {R"(<c s="1"><v>2958466</v></c>)", "2958466"},
        {R"(<c s="1"><v>-5</v></c>)", "-5"},
        {R"(<c s="2"><v>46053.75</v></c>)", "2026-01-31T18:00"},
        {R"(<c s="2"><v>46053.99999</v></c>)", "2026-02-01"},
        {R"(<c s="2"><v>0.5</v></c>)", "0.5"},
        {R"(<c t="d"><v>2026-01-31</v></c>)", "2026-01-31"},
        {R"(<c><f>1+1</f></c>)", "XL-005"}};
    for (const Case& one : cases) {
        EXPECT_EQ(shown(one.cell), one.expected) << one.cell;
    }
    // 18.17.4.1 again: from 1904, 0 is the 1st of January of that year.
    EXPECT_EQ(shown(R"(<c s="1"><v>0</v></c>)", R"(<workbookPr date1904="1"/>)"), "1904-01-01");
    EXPECT_EQ(shown(R"(<c s="1"><v>44591</v></c>)", R"(<workbookPr date1904="1"/>)"), "2026-01-31");
}

TEST(SheetReader, NumbersRowsAsTheyAreShown) {
    const Folder folder;
    ImportReport report;
    const auto sheets = read_sheets(
        workbook(
            folder,
            R"(<row r="3"><c r="A3" t="str"><v>Item</v></c>)"
            R"(<c r="C3" t="str"><v>Price</v></c></row>)"
            R"(<row r="4"/><row r="7"><c r="C7"><v>5</v></c></row>)"
        ),
        report
    );
    ASSERT_EQ(sheets.size(), 1U);
    EXPECT_EQ(sheets[0].name, "Needs");
    ASSERT_EQ(sheets[0].rows.size(), 2U);
    EXPECT_EQ(sheets[0].rows[0].number, 3U);
    EXPECT_THAT(sheets[0].rows[0].cells, ElementsAre("Item", "", "Price"));
    EXPECT_EQ(sheets[0].rows[1].number, 7U);
    EXPECT_THAT(sheets[0].rows[1].cells, ElementsAre("", "", "5"));
}

TEST(SheetReader, RefusesWhatIsNoWorkbook) {
    const Folder folder;
    const auto path = folder.path() / "needs.xlsx";
    testing::write_file(path, "PK not at all");
    ImportReport report;
    EXPECT_THAT(read_sheets(path, report), IsEmpty());
    EXPECT_FALSE(report.may_commit());
}

}  // namespace
}  // namespace adic::ingest
