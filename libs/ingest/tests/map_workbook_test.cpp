#include "adic/base/random.hpp"
#include "adic/ingest/map_package.hpp"

#include "map_files.hpp"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

namespace adic::ingest {
namespace {

using testing::Folder;
using testing::good_tables;
using testing::listing;
using testing::read_file;
using testing::write_package;

using Parts = std::vector<std::pair<std::string, std::string>>;

void write_zip(const std::filesystem::path& path, const Parts& parts) {
    int error = 0;
    zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    ASSERT_NE(archive, nullptr);
    for (const auto& [name, text] : parts) {
        zip_source_t* const source = zip_source_buffer(archive, text.data(), text.size(), 0);
        zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    }
    zip_close(archive);
}

/// The parts of a workbook with sources, items, and states whose rows are given as XML.
Parts workbook_with(const std::string& states_rows) {
    const std::string sheet = R"(<?xml version="1.0"?><worksheet><sheetData>)";
    const auto sheet_of = [&](const std::string& rows) {
        return sheet + rows + "</sheetData></worksheet>";
    };
    const auto inline_row = [](const std::vector<std::string>& cells) {
        std::string row = "<row>";
        for (const std::string& cell : cells) {
            row += R"(<c t="inlineStr"><is><t>)" + cell + "</t></is></c>";
        }
        return row + "</row>";
    };
    return {
        {"xl/workbook.xml",
         R"(<workbook><sheets><sheet name="sources" r:id="rId1"/><sheet name="states" r:id="rId2"/>)"
         R"(<sheet name="items" r:id="rId3"/></sheets></workbook>)"},
        {"xl/_rels/workbook.xml.rels",
         R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>)"
         R"(<Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/>)"
         R"(<Relationship Id="rId3" Target="worksheets/sheet3.xml"/>)"
         R"(<Relationship Id="rId4" Type="x/sharedStrings" Target="sharedStrings.xml"/>)"
         R"(<Relationship Id="rId5" Type="x/styles" Target="styles.xml"/></Relationships>)"},
        {"xl/sharedStrings.xml",
         R"(<sst><si><t>id</t></si><si><t>name</t></si><si><r><t>Rich </t></r><r><t>text_x000A_</t></r>)"
         R"(<rPh><t>x</t></rPh></si></sst>)"},
        {"xl/styles.xml",
         R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm"/><numFmt numFmtId="165" )"
         R"(formatCode="0.0&quot; day&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>)"
         R"(<xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>)"},
        {"xl/worksheets/sheet1.xml",
         sheet_of(inline_row({"id", "title", "publisher", "year", "licence"}))},
        {"xl/worksheets/sheet2.xml", sheet_of(states_rows)},
        {"xl/worksheets/sheet3.xml",
         sheet_of(inline_row(
             {"id", "name", "kind", "unit", "sensitivity", "source", "period", "confidence"}
         ))},
    };
}

const std::string states_head =
    R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)";

std::string name_cell(const std::string& cell) {
    return R"(<row r="3"><c r="A3" t="str"><v>IDN</v></c>)" + cell + "</row>";
}

TEST(MapWorkbook, IsReadAsSpreadsheetProgramsStoreIt) {
    struct Case {
        std::string_view name;
        std::string cell;
        std::string expected;
    };

    const std::vector<Case> cases{
        {"shared rich text, phonetic text left out",
         R"(<c r="B3" t="s"><v>2</v></c>)",
         "Rich text\n"},
        {"inline text", R"(<c r="B3" t="inlineStr"><is><t>a &amp; b</t></is></c>)", "a & b"},
        {"spaces are kept", R"(<c r="B3" t="str"><v> a </v></c>)", " a "},
        {"escaped escape", R"(<c r="B3" t="str"><v>_x005F_x000A_</v></c>)", "_x000A_"},
        {"0.35 as stored", R"(<c r="B3"><v>0.34999999999999998</v></c>)", "0.35"},
        {"a large whole number", R"(<c r="B3"><v>1E+5</v></c>)", "100000"},
        {"thirteen digits", R"(<c r="B3"><v>1234567890123</v></c>)", "1234567890123"},
        {"a number under a plain format", R"(<c r="B3" s="3"><v>7</v></c>)", "7"},
        {"a formula with its result", R"(<c r="B3"><f>1+1</f><v>2</v></c>)", "2"},
        {"a boolean", R"(<c r="B3" t="b"><v>1</v></c>)", "TRUE"},
        {"no cell references", R"(<c t="str"><v>x</v></c>)", "x"},
    };
    const Folder folder;
    for (const Case& c : cases) {
        write_zip(folder / "m.xlsx", workbook_with(states_head + name_cell(c.cell)));
        ImportReport report;
        const auto map = read_map_package(folder / "m.xlsx", report);
        ASSERT_TRUE(map) << c.name << "\n" << listing(report);
        ASSERT_EQ(map->states.size(), 1U) << c.name;
        EXPECT_EQ(map->states[model::StateIndex{0}].name, c.expected) << c.name;
    }
}

TEST(MapWorkbook, ReportsBadCellsWhereTheSheetShowsThem) {
    struct Case {
        std::string cell;
        std::string_view rule;
        std::string_view value;
    };

    const std::vector<Case> cases{
        {R"(<c r="B3" t="e"><v>#REF!</v></c>)", "XL-003", "#REF!"},
        {R"(<c r="B3" s="1"><v>45444</v></c>)", "XL-004", "45444"},
        {R"(<c r="B3" s="2"><v>45444</v></c>)", "XL-004", "45444"},
        {R"(<c r="B3" t="d"><v>2024-06-01</v></c>)", "XL-004", "2024-06-01"},
        {R"(<c r="B3"><f>A1</f></c>)", "XL-005", ""},
        {R"(<c r="B3" t="s"><v>99</v></c>)", "XL-001", "99"},
        {"<c r=\"B3\" t=\"str\"><v>\xE9</v></c>", "CSV-002", ""},
    };
    const Folder folder;
    for (const Case& c : cases) {
        write_zip(folder / "m.xlsx", workbook_with(states_head + name_cell(c.cell)));
        ImportReport report;
        EXPECT_FALSE(read_map_package(folder / "m.xlsx", report));
        ASSERT_EQ(report.issues().size(), 1U) << c.cell << "\n" << listing(report);
        EXPECT_EQ(report.issues()[0].rule, c.rule) << c.cell;
        EXPECT_EQ(report.issues()[0].file, "m.xlsx, sheet states");
        EXPECT_EQ(report.issues()[0].row, 3U);
        EXPECT_EQ(report.issues()[0].column, "name");
        EXPECT_EQ(report.issues()[0].value, c.value);
    }
}

TEST(MapWorkbook, ReadsSheetsWithPrefixedElements) {
    Parts parts = workbook_with("");
    for (auto& [name, text] : parts) {
        if (name == "xl/worksheets/sheet2.xml") {
            text =
                R"(<?xml version="1.0"?><!-- made elsewhere --><x:worksheet><x:sheetData><x:row r="1">)"
                R"(<x:c t="str"><x:v>id</x:v></x:c><x:c t="str"><x:v>name</x:v></x:c></x:row>)"
                R"(<x:row r="2"/><x:row r="5"><x:c t="str"><x:v>IDN</x:v></x:c><x:c t="str"><x:v>I</x:v>)"
                R"(</x:c></x:row></x:sheetData></x:worksheet>)";
        }
    }
    const Folder folder;
    write_zip(folder / "m.xlsx", parts);
    ImportReport report;
    const auto map = read_map_package(folder / "m.xlsx", report);
    ASSERT_TRUE(map) << listing(report);
    EXPECT_EQ(map->states.size(), 1U);
}

TEST(MapWorkbook, RefusesWhatIsNoWorkbook) {
    const Folder folder;
    const auto rule_of = [&](const Parts& parts) {
        write_zip(folder / "m.xlsx", parts);
        ImportReport report;
        EXPECT_FALSE(read_map_package(folder / "m.xlsx", report));
        return report.issues().empty() ? std::string_view{} : report.issues()[0].rule;
    };
    testing::write_file(folder / "t.xlsx", "id,name\n");
    ImportReport report;
    EXPECT_FALSE(read_map_package(folder / "t.xlsx", report));
    EXPECT_EQ(report.issues().at(0).rule, "XL-001");
    EXPECT_EQ(rule_of({{"a.txt", "x"}}), "XL-001");
    EXPECT_EQ(rule_of({{"xl/workbook.xml", "<workbook>"}}), "XL-001");
    EXPECT_EQ(rule_of({{"xl/workbook.xml", std::string(std::size_t{64} << 20U, ' ')}}), "XL-002");
    EXPECT_EQ(rule_of(workbook_with(states_head + "<row r=\"2\"><c>")), "XL-001") << "cut off";
    EXPECT_EQ(rule_of(workbook_with(states_head + R"(<row r="9999999"/>)")), "XL-001");
    EXPECT_EQ(rule_of(workbook_with(states_head + R"(<row r="3"/><row r="2"/>)")), "XL-001");
    EXPECT_EQ(
        rule_of(workbook_with(states_head + name_cell(R"(<c r="ZZZZ3"><v>1</v></c>)"))),
        "XL-001"
    );
    EXPECT_EQ(
        rule_of(workbook_with(states_head + name_cell(R"(<c r="A3"><v>1</v></c>)"))),
        "XL-001"
    );
}

TEST(MapWorkbook, NamesSheetsThatAreNoTables) {
    Parts parts = workbook_with(states_head);
    std::string& book = parts[0].second;
    book.insert(
        book.find("</sheets>"),
        R"(<sheet name="Suplies" r:id="rId1"/><sheet name="plan" r:id="x"/>)"
    );
    const Folder folder;
    write_zip(folder / "m.xlsx", parts);
    ImportReport report;
    ASSERT_TRUE(check_map_package(folder / "m.xlsx", report));
    ASSERT_EQ(report.issues().size(), 2U) << listing(report);
    EXPECT_EQ(report.issues()[0].rule, "MP-004");
    EXPECT_EQ(report.issues()[0].severity, Severity::error);
    EXPECT_THAT(report.issues()[0].message, ::testing::HasSubstr("did you mean 'supplies'?"));
    EXPECT_EQ(report.issues()[1].severity, Severity::warning);
}

// --- round trips --------------------------------------------------------------------------------

/// All files of a written package, one behind the other: equal maps give equal texts.
std::string text_of(const model::SupplyMap& map) {
    const Folder folder;
    EXPECT_TRUE(write_map_package(map, folder / "p"));
    std::string text;
    for (const Table& table : map_tables()) {
        text += read_file(folder / ("p/" + std::string(table.name) + ".csv"));
    }
    return text + read_file(folder / "p/datapackage.json");
}

model::SupplyMap read_package(const std::filesystem::path& path) {
    ImportReport report;
    Result<model::SupplyMap> map = read_map_package(path, report);
    EXPECT_TRUE(map) << listing(report);
    return *std::move(map);
}

void expect_same_by_both_ways(const model::SupplyMap& map) {
    const Folder folder;
    const std::string text = text_of(map);
    ASSERT_TRUE(write_map_workbook(map, folder / "map.xlsx"));
    EXPECT_EQ(text_of(read_package(folder / "map.xlsx")), text);
    ASSERT_TRUE(write_map_package(map, folder / "map"));
    EXPECT_EQ(text_of(read_package(folder / "map")), text);
}

TEST(MapWorkbook, KeepsTheMapOfAPackage) {
    const Folder folder;
    write_package(folder, good_tables());
    expect_same_by_both_ways(read_package(folder.path()));
}

/// Text with what is awkward in CSV, in XML, and in a workbook.
std::string awkward_text(RandomStream& random) {
    constexpr std::string_view pieces[] = {
        "a",
        ",",
        "\"",
        "\n",
        "\r\n",
        "<b>",
        "&amp;",
        "é",
        " ",
        "_x000D_",
        "]]>",
        "\t",
        "'",
        "=1+1",
        "0.50"};
    std::string text = "n";
    for (std::uint64_t i = random.below(8); i != 0; --i) {
        text += pieces[random.below(std::size(pieces))];
    }
    return text;
}

Estimate random_estimate(RandomStream& random, double scale) {
    const double low = random.uniform() * scale;
    if (random.below(2) == 0) {
        return Estimate::exactly(low);
    }
    const double likely = low + random.uniform() * scale;
    return *Estimate::create(low, likely, likely + random.uniform() * scale);
}

/// A valid map of a few random facts.
model::SupplyMap random_map(std::uint64_t seed) {
    RandomStream random(seed, 3);
    model::SupplyMap map;
    map.name = "m" + std::to_string(seed);
    map.title = "Map & <b>Việt</b> _x000D_";
    const model::SourceIndex source = *map.sources.add(
        {"s", awkward_text(random), awkward_text(random), 2020, awkward_text(random), "", ""}
    );
    const model::StateIndex owner = *map.states.add({"IDN", awkward_text(random)});
    const auto a_provenance = [&] {
        const auto period = model::parse_period(random.below(2) == 0 ? "2024-02" : "2016/2020");
        map.provenances.push_back(
            {source,
             *period,
             model::Confidence::c,
             owner,
             random.below(2) == 0 ? "" : "public",
             awkward_text(random)}
        );
        return model::ProvenanceIndex{static_cast<std::uint32_t>(map.provenances.size() - 1)};
    };
    for (std::uint32_t i = 0; i < 6; ++i) {
        map.items.add(
            {"i" + std::to_string(i),
             awkward_text(random),
             model::ItemKind::material,
             "kg",
             1,
             random.below(2) == 0 ? std::optional{0.1 + random.uniform() / 2} : std::nullopt,
             random.below(2) == 0 ? awkward_text(random) : "",
             a_provenance()}
        );
        const model::ItemIndex item{i};
        map.groups.push_back(
            {item, awkward_text(random), 1, model::Role::consumed, model::Essential::no}
        );
        map.needs.push_back(
            {model::GroupIndex{i},
             model::ItemIndex{i / 2},
             random_estimate(random, 1e6 * random.uniform() + 1e-9),
             random.below(2) == 0 ? std::optional{random_estimate(random, 0.1)} : std::nullopt,
             a_provenance()}
        );
        map.supplies.push_back(
            {item,
             owner,
             std::nullopt,
             model::Market{},
             random_estimate(random, 0.3),
             random_estimate(random, 1e12),
             "kg",
             random.below(2) == 0 ? std::optional{1 + random.uniform()} : std::nullopt,
             a_provenance()}
        );
        map.figures.push_back(
            {model::Subject{item},
             awkward_text(random),
             Estimate::exactly(random.uniform() * 1e-300),
             "",
             a_provenance()}
        );
    }
    return map;
}

TEST(MapWorkbook, KeepsRandomMapsByBothWays) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        SCOPED_TRACE(seed);
        expect_same_by_both_ways(random_map(seed));
    }
}

TEST(MapWorkbook, KeepsEveryBitOfANumber) {
    model::SupplyMap map = random_map(1);
    const std::vector<double> numbers{
        0.1 + 0.2,
        1.0 / 3.0,
        5e-324,
        std::numeric_limits<double>::max(),
        1e15,
        123456789012345678.0};
    map.figures.clear();
    for (const double number : numbers) {
        map.figures.push_back(
            {model::Subject{model::ItemIndex{0}},
             "m" + std::to_string(map.figures.size()),
             Estimate::exactly(number),
             "",
             model::ProvenanceIndex{0}}
        );
    }
    const Folder folder;
    ASSERT_TRUE(write_map_workbook(map, folder / "map.xlsx"));
    const model::SupplyMap back = read_package(folder / "map.xlsx");
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        EXPECT_EQ(back.figures[i].value.likely(), numbers[i]);
    }
}

TEST(MapWorkbook, IsTheSameBytesEachTime) {
    const Folder folder;
    const model::SupplyMap map = random_map(2);
    ASSERT_TRUE(write_map_workbook(map, folder / "a.xlsx"));
    ASSERT_TRUE(write_map_workbook(map, folder / "b.xlsx"));
    EXPECT_EQ(read_file(folder / "a.xlsx"), read_file(folder / "b.xlsx"));
}

TEST(MapWorkbook, RefusesATextLongerThanACell) {
    const Folder folder;
    model::SupplyMap map = random_map(3);
    map.provenances[0].note = std::string(40'000, 'x');
    const auto refused = write_map_workbook(map, folder / "a.xlsx");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

// --- the template -------------------------------------------------------------------------------

TEST(MapTemplate, IsAnEmptyMapWithoutAMistake) {
    const Folder folder;
    ASSERT_TRUE(write_template(folder / "t.xlsx"));
    ImportReport report;
    const auto counts = check_map_package(folder / "t.xlsx", report);
    ASSERT_TRUE(counts);
    EXPECT_EQ(listing(report), "");
    ASSERT_EQ(counts->size(), map_tables().size());
    for (const TableCount& count : *counts) {
        EXPECT_EQ(count.rows, 0U) << count.table;
    }
}

TEST(MapTemplate, OffersListsHelpAndAFrozenFirstRow) {
    const Folder folder;
    ASSERT_TRUE(write_template(folder / "t.xlsx"));
    int error = 0;
    zip_t* const archive = zip_open((folder / "t.xlsx").c_str(), ZIP_RDONLY, &error);
    ASSERT_NE(archive, nullptr);
    const auto part = [&](const std::string& name) {
        zip_stat_t stat;
        EXPECT_EQ(zip_stat(archive, name.c_str(), 0, &stat), 0) << name;
        std::string text(stat.size, '\0');
        zip_file_t* const file = zip_fopen(archive, name.c_str(), 0);
        EXPECT_EQ(zip_fread(file, text.data(), text.size()), static_cast<zip_int64_t>(text.size()));
        zip_fclose(file);
        return text;
    };
    EXPECT_THAT(part("xl/workbook.xml"), ::testing::HasSubstr(R"(<sheet name="read me")"));
    const std::string items = part("xl/worksheets/sheet6.xml");
    EXPECT_THAT(
        items,
        ::testing::HasSubstr("\"system,component,material,mineral,tool,software,service\"")
    );
    EXPECT_THAT(items, ::testing::HasSubstr(R"(state="frozen")"));
    EXPECT_THAT(part("xl/comments5.xml"), ::testing::HasSubstr("must have a value"));
    zip_discard(archive);
}

/// The examples of the columns, as a file of one row.
TEST(MapTemplate, ShowsExamplesThatAreValid) {
    testing::Tables tables;
    for (const Table& table : map_tables()) {
        std::string head;
        std::string row;
        for (const std::string& name : cell_names(table)) {
            head += (head.empty() ? "" : ",") + name;
        }
        for (const Column& column : table.columns) {
            std::string example(column.example);
            std::replace(example.begin(), example.end(), '|', ',');
            const bool is_plain = column.kind == CellKind::estimate;
            row += (row.empty() ? "" : ",") + (is_plain ? example : "\"" + example + "\"");
        }
        tables[std::string(table.name)] = head + "\n" + row + "\n";
    }
    std::string& items = tables.at("items");
    const std::string row = items.substr(items.find('\n') + 1);
    items += "\"bearing-steel\"" + row.substr(row.find(','));
    const Folder folder;
    write_package(folder, tables);
    ImportReport report;
    EXPECT_TRUE(read_map_package(folder.path(), report));
    EXPECT_EQ(listing(report), "");
}

}  // namespace
}  // namespace adic::ingest
