// The same small economy, made up, in the layout of each publisher.
#include "adic/ingest/input_output_reader.hpp"

#include "map_files.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using testing::Folder;
using testing::write_file;

constexpr std::string_view icio =
    "V1,IDN_A01_02,IDN_B,MYS_A01_02,MYS_B,IDN_HFCE,IDN_INVNT,MYS_HFCE,MYS_INVNT,OUT\n"
    "IDN_A01_02,1,2,3,4,10,-1,5,0,24\n"
    "IDN_B,5,6,7,8,20,0,4,0,50\n"
    "MYS_A01_02,0,1,0,2,1,0,6,-1,9\n"
    "MYS_B,2,0,1,0,2,0,3,0,8\n"
    "TLS,1,1,1,1,2,0,2,0,\n"
    "VA,15,40,-3,-7,,,,,\n"
    "OUT,24,50,9,8,,,,,\n";

constexpr std::string_view wiod_2013 =
    "row,IDN_c1,IDN_c2,MYS_c1,MYS_c2,IDN_c37,IDN_c42,MYS_c37,MYS_c42,output\n"
    "IDN_c1,1,2,3,4,10,-1,5,0,24\n"
    "IDN_c2,5,6,7,8,20,0,4,0,49\n"  // rounded
    "MYS_c1,0,1,0,2,1,0,6,-1,9\n"
    "MYS_c2,2,0,1,0,2,0,3,0,8\n";

constexpr std::string_view wiod_2016 =
    "IndustryCode,IndustryDescription,Country,RNr,Year,IDN1,IDN2,MYS1,MYS2,IDN57,IDN61,MYS57,"
    "MYS61,TOT\n"
    "A01,\"Crops, animals\",IDN,1,2014,1,2,3,4,10,-1,5,0,24\n"
    "B,Mining,IDN,2,2014,5,6,7,8,20,0,4,0,50\n"
    "A01,\"Crops, animals\",MYS,1,2014,0,1,0,2,1,0,6,-1,9\n"
    "B,Mining,MYS,2,2014,2,0,1,0,2,0,3,0,8\n"
    "VA,Value added,TOT,70,2014,16,41,-2,-6,0,0,0,0,49\n"
    "GO,Output at basic prices,TOT,73,2014,24,50,9,8,0,0,0,0,91\n";

constexpr std::string_view cells =
    "year,from_country,from_industry,to_country,to_use,value\n"
    "2011,IDN,c1,IDN,c1,1\n2011,IDN,c1,IDN,c2,2\n2011,IDN,c1,IDN,c37,10\n"
    "2011,IDN,c1,IDN,c42,-1\n2011,IDN,c1,MYS,c1,3\n2011,IDN,c1,MYS,c2,4\n"
    "2011,IDN,c1,MYS,c37,5\n2011,IDN,c2,IDN,c1,5\n2011,IDN,c2,IDN,c2,6\n"
    "2011,IDN,c2,IDN,c37,20\n2011,IDN,c2,MYS,c1,7\n2011,IDN,c2,MYS,c2,8\n"
    "2011,IDN,c2,MYS,c37,4\n2011,MYS,c1,IDN,c2,1\n2011,MYS,c1,IDN,c37,1\n"
    "2011,MYS,c1,MYS,c2,2\n2011,MYS,c1,MYS,c37,6\n2011,MYS,c1,MYS,c42,-1\n"
    "2011,MYS,c2,IDN,c1,2\n2011,MYS,c2,IDN,c37,2\n2011,MYS,c2,MYS,c1,1\n"
    "2011,MYS,c2,MYS,c37,3\n";

constexpr std::string_view exiobase_top =
    "region\t\tID\tID\tMY\tMY\nsector\t\tPaddy rice\tMining\tPaddy rice\tMining\n"
    "region\tsector\t\t\t\t\n";

constexpr std::string_view exiobase_flows =
    "ID\tPaddy rice\t1\t2\t3\t4\nID\tMining\t5\t6\t7\t8\nMY\tPaddy rice\t0\t1\t0\t2\n"
    "MY\tMining\t2\t0\t1\t0\n";

constexpr std::string_view exiobase_coefficients =
    "ID\tPaddy rice\t0.25\t0.04\t0.5\t0.5\nID\tMining\t0.5\t0.12\t0.5\t1\n"
    "MY\tPaddy rice\t0\t0.02\t0\t0.25\nMY\tMining\t0.25\t0\t0.125\t0\n";

constexpr std::string_view exiobase_demand =
    "region\t\tID\tID\tMY\tMY\ncategory\t\tHouseholds\tInventories\tHouseholds\tInventories\n"
    "region\tsector\t\t\t\t\n"
    "ID\tPaddy rice\t10\t-1\t5\t0\nID\tMining\t20\t0\t4\t0\nMY\tPaddy rice\t1\t0\t6\t-1\n"
    "MY\tMining\t2\t0\t3\t0\n";

constexpr std::string_view exiobase_outputs =
    "region\tsector\tindout\nID\tPaddy rice\t24\nID\tMining\t50\nMY\tPaddy "
    "rice\t9\nMY\tMining\t8\n";

struct Outcome {
    Result<model::InputOutputTable> table;
    ImportReport report;
    std::optional<TableLayout> layout;
};

Outcome read_at(const std::filesystem::path& path) {
    ImportReport report;
    auto table = read_input_output_table(path, report);
    return {std::move(table), std::move(report), find_input_output_table(path)};
}

Outcome read_text(std::string_view text) {
    const Folder folder;
    write_file(folder / "table.csv", text);
    return read_at(folder / "table.csv");
}

using Texts = std::vector<std::pair<std::string, std::string>>;

Outcome read_folder(const Texts& files) {
    const Folder folder;
    for (const auto& [name, text] : files) {
        write_file(folder / name, text);
    }
    return read_at(folder.path());
}

Texts exiobase_files() {
    return {
        {"Z.txt", std::string(exiobase_top) + std::string(exiobase_flows)},
        {"Y.txt", std::string(exiobase_demand)},
        {"x.txt", std::string(exiobase_outputs)}};
}

std::string changed(std::string_view text, std::string_view from, std::string_view to) {
    std::string result(text);
    const std::size_t at = result.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return result.replace(at, from.size(), to);
}

void expect_the_economy(const Outcome& read, TableLayout layout, std::vector<std::string> names) {
    ASSERT_TRUE(read.table);
    ASSERT_EQ(testing::listing(read.report), "");
    EXPECT_EQ(read.layout, layout);
    std::vector<std::string> found;
    std::vector<double> sales;
    for (std::size_t i = 0; i < read.table->industries(); ++i) {
        found.push_back(read.table->name_of(i));
        const auto row = read.table->sales_of(i);
        sales.insert(sales.end(), row.begin(), row.end());
    }
    EXPECT_EQ(found, names);
    EXPECT_EQ(sales, (std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 0, 2, 2, 0, 1, 0}));
    EXPECT_EQ(read.table->final_demand(), (std::vector<double>{14, 24, 6, 5}));
    EXPECT_EQ(read.table->output(), (std::vector<double>{24, 50, 9, 8}));
}

TEST(PublishedEconomies, AreTheSameInEveryLayout) {
    const std::vector<std::string> c{"IDN c1", "IDN c2", "MYS c1", "MYS c2"};
    expect_the_economy(
        read_text(icio),
        TableLayout::by_code,
        {"IDN A01_02", "IDN B", "MYS A01_02", "MYS B"}
    );
    expect_the_economy(read_text(wiod_2013), TableLayout::by_code, c);
    expect_the_economy(
        read_text(wiod_2016),
        TableLayout::by_number,
        {"IDN A01", "IDN B", "MYS A01", "MYS B"}
    );
    expect_the_economy(read_text(cells), TableLayout::cells, c);
    expect_the_economy(
        read_folder(exiobase_files()),
        TableLayout::exiobase,
        {"ID Paddy rice", "ID Mining", "MY Paddy rice", "MY Mining"}
    );
}

// With A.txt: Z = A x.
TEST(PublishedEconomies, HoldsCoefficientsAgainstOutput) {
    const Outcome read = read_folder(
        {{"A.txt", std::string(exiobase_top) + std::string(exiobase_coefficients)},
         {"Y.txt", std::string(exiobase_demand)},
         {"x.txt",
          "region\tsector\tindout\nID\tPaddy rice\t31\nID\tMining\t55\nMY\tPaddy rice\t9\n"
          "MY\tMining\t14\n"}}
    );
    ASSERT_TRUE(read.table);
    // 0.25 * 31 + 0.04 * 55 + 0.5 * 9 + 0.5 * 14 + 14 = 35.45, which is not the 31 of x.txt.
    EXPECT_EQ(read.table->industries(), 0U);
    EXPECT_NE(testing::listing(read.report).find("sells 35.45"), std::string::npos);
}

TEST(PublishedEconomies, ReadsCoefficientsThatAddUp) {
    // One sector in two regions: x = (10, 20), A x + y = (2.5 + 5 + 2.5, 5 + 10 + 5).
    const Outcome read = read_folder(
        {{"A.txt", "region\t\tID\tMY\nsector\t\ts\ts\nID\ts\t0.25\t0.25\nMY\ts\t0.5\t0.5\n"},
         {"Y.txt", "region\t\tID\tMY\ncategory\t\tc\tc\nID\ts\t2\t0.5\nMY\ts\t0\t5\n"},
         {"x.txt", "region\tsector\tindout\nID\ts\t10\nMY\ts\t20\n"}}
    );
    ASSERT_TRUE(read.table);
    ASSERT_EQ(testing::listing(read.report), "");
    EXPECT_EQ(read.table->sales_of(0)[1], 5.0);
    EXPECT_EQ(read.table->sales_of(1)[0], 5.0);
    EXPECT_EQ(read.table->output(), (std::vector<double>{10.0, 20.0}));
}

TEST(PublishedEconomies, CountsDemandBelowZeroAsNothingAndSaysSo) {
    const Outcome read = read_text(changed(changed(icio, "6,-1,9", "6,-9,1"), "50,9,8", "50,1,8"));
    ASSERT_TRUE(read.table);
    ASSERT_TRUE(read.report.may_commit()) << testing::listing(read.report);
    ASSERT_EQ(read.report.warnings(), 1U);
    const Issue& issue = read.report.issues().front();
    EXPECT_EQ(issue.row, 4U);
    EXPECT_EQ(issue.value, "MYS A01_02");
    EXPECT_EQ(
        issue.message,
        "final demand of -2 in all counts as 0; the output is 3 in place of 1"
    );
    EXPECT_EQ(read.table->output()[2], 3.0);
}

TEST(PublishedEconomies, CountsSlightlyNegativeDeliveriesAsNothing) {
    const std::string slight =
        changed(icio, "IDN_B,5,6,7,8,20,0,4,0,50", "IDN_B,5,6,7,-0.1,20,0,4,8.1,50");
    const Outcome read = read_text(slight);
    ASSERT_TRUE(read.report.may_commit()) << testing::listing(read.report);
    EXPECT_EQ(read.report.warnings(), 1U);
    EXPECT_EQ(read.table->sales_of(1)[3], 0.0);
    const Outcome bad =
        read_text(changed(icio, "IDN_B,5,6,7,8,20,0,4,0,50", "IDN_B,5,6,7,-8,20,0,4,16,50"));
    EXPECT_FALSE(bad.report.may_commit());
}

struct Fault {
    const char* name;
    Outcome read;
    std::string complaint;  ///< rule, row, column, and a part of the message
};

void expect_faults(const std::vector<Fault>& faults) {
    for (const Fault& fault : faults) {
        ASSERT_TRUE(fault.read.table) << fault.name;
        EXPECT_EQ(fault.read.table->industries(), 0U) << fault.name;
        const auto& issues = fault.read.report.issues();
        const bool is_there = std::ranges::any_of(issues, [&](const Issue& issue) {
            const std::string text = fmt::format(
                "{} {} {} '{}': {}",
                issue.rule,
                issue.row,
                issue.column,
                issue.value,
                issue.message
            );
            return issue.severity == Severity::error
                   && text.find(fault.complaint) != std::string::npos;
        });
        EXPECT_TRUE(is_there) << fault.name << "\n" << testing::listing(fault.read.report);
    }
}

TEST(PublishedEconomies, NameWhatIsWrongInAMatrix) {
    const auto icio_with = [](std::string_view from, std::string_view to) {
        return read_text(changed(icio, from, to));
    };
    expect_faults({
        {"a word", icio_with("5,6,7,8,20", "5,x,7,8,20"), "IO-003 3 IDN_B 'x'"},
        {"an empty cell", icio_with("5,6,7,8,20", "5,,7,8,20"), "IO-003 3 IDN_B ''"},
        {"not a number", icio_with("5,6,7,8,20", "5,nan,7,8,20"), "IO-003 3 IDN_B 'nan'"},
        {"too large", icio_with("5,6,7,8,20", "5,1e19,7,8,20"), "IO-003 3 IDN_B '1e19'"},
        {"a cell is missing", icio_with("5,6,7,8,20", "5,7,8,20"), "IO-002 3  '': 9 cells"},
        {"rows changed places", icio_with("\nMYS_B,", "\nMYS_C,"), "IO-002 5 V1 'MYS C'"},
        {"a row is missing", icio_with("MYS_B,2,0,1,0,2,0,3,0,8\n", ""), "IO-002 5 V1 'TLS'"},
        {"a row twice", icio_with("\nTLS,", "\nMYS_B,"), "IO-002 6 V1 'MYS B'"},
        {"sectors differ",
         icio_with("MYS_B,IDN_HFCE", "MYS_C,IDN_HFCE"),
         "IO-001 1  '': sector 2 of MYS is 'C'"},
        {"a sector twice",
         icio_with("IDN_B,MYS", "IDN_A01_02,MYS"),
         "IO-001 1  '': IDN has sector 'A01_02' twice"},
        {"a wrong sum",
         icio_with("5,6,7,8,20,0,4,0,50", "5,6,7,8,20,0,4,9,50.5"),
         "IO-004 3  'IDN B': sells 59 in all"},
        {"a wrong last row", icio_with("OUT,24,50,", "OUT,24,52,"), "IO-004 8 IDN B '52'"},
        {"no final demand",
         read_text("V1,A_s,A_t,B_s,B_t\nA_s,1,1,1,1\n"),
         "IO-001 1  '': there is no column of final demand"},
        {"one region",
         read_text("V1,A_s,A_t,A_u,A_v\nA_s,1,1,1,1\n"),
         "IO-001 1  '': the columns name one region only"},
    });
}

TEST(PublishedEconomies, NameWhatIsWrongInAListOfCells) {
    const auto cells_with = [](std::string_view from, std::string_view to) {
        return read_text(changed(cells, from, to));
    };
    expect_faults({
        {"a word", cells_with("c1,IDN,c2,2", "c1,IDN,c2,x"), "3 value 'x'"},
        {"no number", cells_with("c1,IDN,c2,2", "c1,IDN,c2,"), "IO-003 3 value ''"},
        {"no name", cells_with("c1,IDN,c2,2", "c1,IDN,,2"), "IO-002 3 to_use ''"},
        {"another year",
         cells_with("2011,IDN,c1,IDN,c2", "2010,IDN,c1,IDN,c2"),
         "IO-002 3 year '2010'"},
        {"a cell twice",
         cells_with("IDN,c1,IDN,c2,2", "IDN,c1,IDN,c1,2"),
         "IO-002 3  '': row 2 states"},
        {"no demand",
         read_text("from_country,from_industry,to_country,to_use,value\nA,s,B,s,1\nB,s,A,s,1\n"),
         "there is no final demand"},
        {"nothing",
         read_text("from_country,from_industry,to_country,to_use,value\n"),
         "no cell can be read"},
    });
}

TEST(PublishedEconomies, RefusesAListThatWouldBeAHugeMatrix) {
    std::string text = "from_country,from_industry,to_country,to_use,value\n";
    for (int i = 0; i < 100; ++i) {
        text += fmt::format("r{},s{},r{},c,1\n", i, i, i);
    }
    expect_faults({{"10,000 industries of 100 rows", read_text(text), "are 10000 industries"}});
}

TEST(PublishedEconomies, NameWhatIsWrongInAFolder) {
    const auto folder_with = [](std::size_t file, std::string_view from, std::string_view to) {
        Texts files = exiobase_files();
        files[file].second = changed(files[file].second, from, to);
        return read_folder(files);
    };
    expect_faults({
        {"a word", folder_with(0, "5\t6", "x\t6"), "IO-003 5 ID Paddy rice 'x'"},
        {"a word in Y", folder_with(1, "20\t0", "x\t0"), "IO-003 5 ID Households 'x'"},
        {"a word in x", folder_with(2, "\t50", "\tx"), "IO-003 3 output 'x'"},
        {"a cell is missing", folder_with(0, "5\t6", "5"), "IO-002 5  '': 5 cells"},
        {"another order",
         folder_with(1, "MY\tMining", "MY\tIron"),
         "IO-002 7  'MY Iron': this is the place of MY Mining"},
        {"outputs in another order", folder_with(2, "MY\tMining", "MY\tIron"), "IO-002 5  'Iron'"},
        {"Y is too short",
         folder_with(1, "MY\tMining\t2\t0\t3\t0\n", ""),
         "IO-002 6  '': 3 rows; there are 4"},
        {"Z is too short",
         folder_with(0, "MY\tMining\t2\t0\t1\t0\n", ""),
         "3 rows; the columns name 4"},
        {"x is too short", folder_with(2, "MY\tMining\t8\n", ""), "3 rows; there are 4"},
        {"Y is too long",
         folder_with(1, "MY\tMining\t2", "MY\tMining\t2\t0\t3\t0\nMY\tMore\t2"),
         "there are no more industries"},
        {"a sum", folder_with(2, "\t50", "\t60"), "IO-004 5  'ID Mining': sells 50 in all"},
        {"a region comes again", folder_with(0, "MY\tMY\nsector", "MY\tID\nsector"), "IO-001 2"},
    });
}

TEST(PublishedEconomies, SayWhatIsNotThere) {
    const Folder folder;
    write_file(folder / "A.txt", "region\t\tID\tMY\nsector\t\ts\ts\nID\ts\t0\t0\nMY\ts\t0\t0\n");
    write_file(folder / "Y.txt", "region\t\tID\tMY\ncategory\t\tc\tc\nID\ts\t2\t1\nMY\ts\t0\t5\n");
    const Outcome read = read_at(folder.path());
    ASSERT_FALSE(read.table);
    EXPECT_NE(read.table.error().message.find("x.txt"), std::string::npos);
    write_file(folder / "page.html", "<html>\n<body>\n");
    EXPECT_FALSE(has_input_output_table(folder / "page.html"));
    EXPECT_FALSE(has_input_output_table(folder / "nothing.csv"));
    const Outcome other = read_at(folder / "page.html");
    ASSERT_FALSE(other.table);
    EXPECT_NE(other.table.error().message.find("no input-output table"), std::string::npos);
}

}  // namespace
}  // namespace adic::ingest
