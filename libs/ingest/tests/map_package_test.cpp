#include "adic/ingest/map_package.hpp"

#include "adic/ingest/import_rules.hpp"

#include "map_files.hpp"

#include <set>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using testing::edited;
using testing::Folder;
using testing::good_tables;
using testing::listing;
using testing::Tables;
using testing::write_file;
using testing::write_package;

model::SupplyMap read(const std::filesystem::path& path) {
    ImportReport report;
    Result<model::SupplyMap> map = read_map_package(path, report);
    EXPECT_TRUE(map) << listing(report);
    return *std::move(map);
}

TEST(MapPackage, IsReadAsWritten) {
    const Folder folder;
    write_package(folder, good_tables());
    const model::SupplyMap map = read(folder.path());
    EXPECT_EQ(map.name, "small");
    EXPECT_EQ(map.title, "A small map");
    EXPECT_EQ(map.sources.size(), 2U);
    EXPECT_EQ(map.states.size(), 3U);
    ASSERT_EQ(map.blocs.size(), 1U);
    EXPECT_EQ(map.blocs[model::BlocIndex{0}].members.size(), 2U);
    ASSERT_EQ(map.items.size(), 3U);
    EXPECT_EQ(map.items[model::ItemIndex{0}].enough, std::nullopt);
    EXPECT_EQ(map.items[model::ItemIndex{1}].enough, 0.8);
    EXPECT_EQ(map.codes.size(), 1U);
    ASSERT_EQ(map.groups.size(), 3U);
    EXPECT_EQ(map.groups[0].take, 1U);
    ASSERT_EQ(map.needs.size(), 3U);
    EXPECT_EQ(map.needs[0].quantity, Estimate::exactly(12));
    EXPECT_EQ(map.needs[0].value_share, *Estimate::create(0.1, 0.2, 0.3));
    EXPECT_EQ(map.needs[2].quantity, std::nullopt);
    ASSERT_EQ(map.supplies.size(), 3U);
    EXPECT_EQ(map.supplies[0].market, model::Market{});
    EXPECT_EQ(map.supplies[1].capacity, Estimate::exactly(1000));
    EXPECT_EQ(map.supplies[2].market, model::Market{model::BlocIndex{0}});
    const model::Provenance& own = map[map.supplies[1].provenance];
    EXPECT_EQ(own.owner, model::StateIndex{0});
    EXPECT_EQ(own.release, "MYS;ASEAN");
    EXPECT_EQ(own.note, "two\nlines");
    EXPECT_EQ(map.stocks.size(), 1U);
    EXPECT_EQ(map.recoveries.size(), 1U);
    EXPECT_EQ(map.hazards.size(), 1U);
    ASSERT_EQ(map.trades.size(), 2U);
    EXPECT_EQ(map.trades[1].amount, Estimate::exactly(-5));
    EXPECT_EQ(map.figures.size(), 1U);
    EXPECT_EQ(map.provenances.size(), 3U) << "each distinct one once";
}

TEST(MapPackage, IsFoundByItsFolderOrItsDescriptor) {
    const Folder folder;
    write_package(folder, good_tables());
    EXPECT_EQ(read(folder / "").items.size(), 3U);
    EXPECT_EQ(read(folder / "datapackage.json").items.size(), 3U);
}

TEST(MapPackage, IsCheckedByTheRulesItIsReadBy) {
    const Folder folder;
    write_package(folder, good_tables());
    ImportReport report;
    const Result<MapCounts> counts = check_map_package(folder.path(), report);
    ASSERT_TRUE(counts);
    EXPECT_EQ(report.errors() + report.warnings(), 0U) << listing(report);
    ASSERT_EQ(counts->size(), map_tables().size());
    EXPECT_EQ((*counts)[7].table, "supplies");
    EXPECT_EQ((*counts)[7].rows, 3U);
}

struct Case {
    std::string_view rule;
    std::string_view table;
    std::string_view from;
    std::string_view to;
    std::uint64_t row;
    std::string_view column;
    std::string_view value;
    std::string_view message;  ///< a part of it
    Severity severity = Severity::error;
};

/// One mistake each, and the one issue that it gives.
std::vector<Case> single_mistakes() {
    const std::string_view ref = "MP-023";
    return {
        // columns
        {"MP-009",
         "stocks",
         "organisation",
         "organisaton",
         1,
         "organisaton",
         "organisaton",
         "did you mean 'organisation'?"},
        {"MP-010", "stocks", "item,holder,", "item,item,holder,", 1, "item", "item", "twice"},
        {"MP-011", "hazards", ",confidence", "", 1, "confidence", "", "missing"},
        {"MP-012", "states", "MYS,Malaysia", "MYS,Malaysia,", 3, "", "MYS", "3 cells"},
        {"MP-012", "states", "MYS,Malaysia", "MYS", 3, "", "MYS", "1 cells"},
        // cells
        {"MP-013", "states", "MYS,Malaysia", "MYS,", 3, "name", "", "must have a value"},
        {"MP-013", "stocks", "90,days", ",days", 2, "quantity", "", "must have a value"},
        {"MP-013", "hazards", "s1,2024", "s1,", 2, "period", "", "must have a value"},
        {"MP-014",
         "sources",
         "own,",
         "s 2,Book,Office,2025,CC0\nown,",
         3,
         "id",
         "s 2",
         "A-Z a-z 0-9"},
        {"MP-015", "supplies", "CHN,,,0.5", "CHN,,,50%", 2, "share", "50%", "35 % is 0.35"},
        {"MP-015", "supplies", "CHN,,,0.5", "CHN,,,\"0,5\"", 2, "share", "0,5", "decimal point"},
        {"MP-015", "supplies", "CHN,,,0.5", "CHN,,,nan", 2, "share", "nan", "not a number"},
        {"MP-015", "supplies", "CHN,,,0.5", "CHN,,,inf", 2, "share", "inf", "not a number"},
        {"MP-015", "supplies", "CHN,,,0.5", "CHN,,, 0.5", 2, "share", " 0.5", "space"},
        {"MP-016", "supplies", "CHN,,,0.5", "CHN,,,50", 2, "share", "50", "at most 1"},
        {"MP-016", "supplies", ",1.1,", ",0.9,", 2, "trade_restriction", "0.9", "0.8, 1, or above"},
        {"MP-016", "items", "t,0,0.8", "t,0,0", 3, "enough", "0", "above 0"},
        {"MP-016", "items", "t,0,0.8", "t,5,0.8", 3, "sensitivity", "5", "at most 4"},
        {"MP-016", "items", "t,0,0.8", "t,0.5,0.8", 3, "sensitivity", "0.5", "whole"},
        {"MP-016", "needs", "yes,12,", "yes,0,", 2, "quantity", "0", "above 0"},
        {"MP-016", "needs", "0.1,0.2,0.3", "-0.1,0.2,0.3", 2, "value_share_low", "-0.1", "least 0"},
        {"MP-016", "needs", "power,1,", "power,0,", 3, "take", "0", "at least 1"},
        {"MP-016", "trade", "CHN,500", "CHN,-1", 2, "amount", "-1", "stock_release"},
        {"MP-016", "sources", "Office,2025", "Office,20255", 2, "year", "20255", "at most 2999"},
        {"MP-017",
         "items",
         "Steel,material",
         "Steel,materal",
         3,
         "kind",
         "materal",
         "did you mean 'material'?"},
        {"MP-017",
         "items",
         "Steel,material",
         "Steel,Material",
         3,
         "kind",
         "Material",
         "did you mean 'material'?"},
        {"MP-017", "hazards", "2024,B", "2024,F", 2, "confidence", "F", "A, B, C, D, E"},
        {"MP-017",
         "trade",
         "IDN,imports",
         "IDN,import",
         2,
         "flow",
         "import",
         "did you mean 'imports'?"},
        {"MP-017",
         "needs",
         "steel,consumed,yes,12",
         "steel,consumed,TRUE,12",
         2,
         "essential",
         "TRUE",
         "yes, no"},
        {"MP-018", "hazards", "s1,2024", "s1,2024-13", 2, "period", "2024-13", "2016/2020"},
        {"MP-018", "hazards", "s1,2024", "s1,2025/2024", 2, "period", "2025/2024", "2016/2020"},
        {"MP-019", "needs", "0.1,0.2,0.3", "0.1,0.2,", 2, "value_share", "0.2", "only value_share"},
        {"MP-019", "needs", "0.1,0.2,0.3", "0.1,,0.3", 2, "value_share", "", "only value_share"},
        {"MP-019", "needs", "0.1,0.2,0.3", "0.1,0.4,0.3", 2, "value_share", "0.4", "0.1 and 0.3"},
        {"MP-020", "states", "MYS,Malaysia", "MYS,  ", 3, "name", "  ", "only spaces"},
        {"MP-020", "states", "MYS,Malaysia", "MYS,\x1B[31m", 3, "name", "\x1B[31m", "control"},
        {"MP-021", "codes", "840810", "84.08", 2, "code", "84.08", "2 or 4 or 6 digits"},
        {"MP-021", "codes", "HS,840810", "NSN,284001", 2, "code", "284001", "13 digits"},
        {"MP-022", "hazards", "B,public", "B,", 2, "release", "", "without owner"},
        {"MP-022", "supplies", "MYS;ASEAN", "MYS;public", 3, "release", "MYS;public", "alone"},
        {"MP-022",
         "supplies",
         "MYS;ASEAN",
         "MYS;ASEA",
         3,
         "release",
         "MYS;ASEA",
         "did you mean 'ASEAN'?"},
        {"MP-022", "supplies", "MYS;ASEAN", "MYS;MYS", 3, "release", "MYS;MYS", "twice"},
        {"MP-022", "supplies", "IDN,MYS;ASEAN", ",MYS;ASEAN", 3, "release", "MYS;ASEAN", "owner"},
        // references
        {ref, "hazards", "0.01,s1", "0.01,s9", 2, "source", "s9", "did you mean 's1'?"},
        {ref, "supplies", "steel,CHN", "stell,CHN", 2, "item", "stell", "did you mean 'steel'?"},
        {ref, "supplies", "steel,CHN", "steel,chn", 2, "origin", "chn", "did you mean 'CHN'?"},
        {ref, "supplies", "IDN,yard", "IDN,yord", 3, "organisation", "yord", "'yard'"},
        {ref, "supplies", ",,ASEAN", ",,ASEN", 5, "market", "ASEN", "did you mean 'ASEAN'?"},
        {ref, "recoveries", "organisation,yard", "item,yard", 2, "subject", "yard", "table items"},
        {ref, "recoveries", "organisation,yard", "bloc,yard", 2, "subject", "yard", "table blocs"},
        {ref, "blocs", "Asia,MYS", "Asia,MYX", 3, "state", "MYX", "did you mean 'MYS'?"},
        {"MP-024", "states", "CHN,China", "CHN,China\nMYS,Again", 5, "id", "MYS", "row 3"},
        {"MP-024",
         "items",
         "engine,Engine",
         "boat,Boat,system,piece,0,,s1,2024,B,public\nengine,Engine",
         4,
         "id",
         "boat",
         "row 2"},
        {"MP-025", "states", "CHN,China", "CHN,China\nnobody,Nobody", 5, "id", "nobody", "meaning"},
        {"MP-025",
         "blocs",
         "bloc,name,state\n",
         "bloc,name,state\nCHN,China,CHN\n",
         2,
         "bloc",
         "CHN",
         "a state has"},
        {"MP-026",
         "states",
         "CHN,China",
         "CHN,China\nchina2,Other",
         5,
         "id",
         "china2",
         "ISO 3166-1",
         Severity::warning},
        {"MP-027", "blocs", "Asia,MYS", "Asias,MYS", 3, "name", "South-East Asias", "row 2"},
        {"MP-028",
         "blocs",
         "Asia,MYS",
         "Asia,MYS\nASEAN,South-East Asia,IDN",
         4,
         "state",
         "IDN",
         "row 2"},
        // facts
        {"MP-029",
         "needs",
         "engine,block",
         "boat,hull,,engine,equipment,yes,,,,,s1,2024,B,,public\nengine,block",
         4,
         "role",
         "equipment",
         "row 2 of the same group has consumed"},
        {"MP-029",
         "needs",
         "engine,block",
         "boat,hull,,engine,consumed,no,,,,,s1,2024,B,,public\nengine,block",
         4,
         "essential",
         "no",
         "has yes"},
        {"MP-029",
         "needs",
         "engine,block",
         "boat,hull,2,engine,consumed,yes,,,,,s1,2024,B,,public\nengine,block",
         4,
         "take",
         "2",
         "has 1"},
        {"MP-030",
         "needs",
         "engine,block",
         "boat,hull,,steel,consumed,yes,,,,,s1,2024,B,,public\nengine,block",
         4,
         "input",
         "steel",
         "row 2"},
        {"MP-031", "needs", "power,1,", "power,2,", 3, "take", "2", "only 1 inputs"},
        {"MP-032", "needs", ",0.3,,own", ",0.81,,own", 2, "value_share", "1.01", "'boat'"},
        {"MP-033", "supplies", "CHN,,,0.5", "CHN,,,0.76", 3, "share", "1.01", "'steel'"},
        {"MP-034", "supplies", "1000,t", "1000,", 3, "capacity_unit", "", "needs a unit"},
        {"MP-034", "supplies", "1000,t", ",t", 3, "capacity_unit", "t", "no capacity"},
        {"MP-035", "stocks", "90,days", "90,weeks", 2, "unit", "weeks", "'days' of normal use"},
        {"MP-035", "trade", "500,USD", "500,kg", 2, "unit", "kg", "currency code"},
        {"MP-036",
         "supplies",
         "steel,IDN,yard,,0.25",
         "steel,CHN,,,0.25",
         3,
         "item",
         "steel",
         "row 2"},
        {"MP-036",
         "codes",
         "engine,HS,840810,s1,2024,B,public\n",
         "engine,HS,840810,s1,2024,B,public\nengine,HS,840810,s1,2023,B,public\n",
         3,
         "code",
         "840810",
         "row 2"},
        {"MP-036",
         "hazards",
         "state,CHN,0.01,s1,2024,B,public\n",
         "state,CHN,0.01,s1,2024,B,public\nstate,CHN,0.02,s1,2024,B,public\n",
         3,
         "subject",
         "CHN",
         "row 2"},
        {"MP-036",
         "recoveries",
         "organisation,yard,10,20,30,s1,2024,B,public\n",
         "organisation,yard,10,20,30,s1,2024,B,public\norganisation,yard,,1,,s1,2024,B,public\n",
         3,
         "subject",
         "yard",
         "row 2"},
        {"MP-036",
         "stocks",
         "engine,ASEAN,,90,days,s1,2024,B,public\n",
         "engine,ASEAN,,90,days,s1,2024,B,public\nengine,ASEAN,,9,piece,s1,2024,B,public\n",
         3,
         "item",
         "engine",
         "row 2"},
        {"MP-036",
         "trade",
         "steel,IDN,stock_release,,-5,t,s1,2024,B,public\n",
         "steel,IDN,imports,CHN,7,USD,s1,2024,B,public\n",
         3,
         "item",
         "steel",
         "row 2"},
        {"MP-037",
         "figures",
         "-0.4,index,s1,2024,B,public\n",
         "-0.4,index,s1,2024,B,public\nstate,CHN,wgi_political_stability,1,,s1,2024,B,public\n",
         3,
         "measure",
         "wgi_political_stability",
         "row 2",
         Severity::warning},
    };
}

TEST(MapPackage, ReportsEachMistakeWhereASpreadsheetShowsIt) {
    for (const Case& c : single_mistakes()) {
        SCOPED_TRACE(std::string(c.rule) + " " + std::string(c.to));
        const Folder folder;
        write_package(folder, edited(c.table, c.from, c.to));
        ImportReport report;
        ASSERT_TRUE(check_map_package(folder.path(), report));
        ASSERT_EQ(report.issues().size(), 1U) << listing(report);
        const Issue& issue = report.issues()[0];
        EXPECT_EQ(issue.rule, c.rule) << listing(report);
        EXPECT_EQ(issue.severity, c.severity);
        EXPECT_EQ(issue.file, std::string(c.table) + ".csv");
        EXPECT_EQ(issue.row, c.row);
        EXPECT_EQ(issue.column, c.column);
        EXPECT_EQ(issue.value, c.value);
        EXPECT_THAT(issue.message, ::testing::HasSubstr(std::string(c.message)));

        ImportReport read_report;
        const bool is_error = c.severity == Severity::error;
        EXPECT_EQ(bool(read_map_package(folder.path(), read_report)), !is_error);
        EXPECT_EQ(listing(read_report), listing(report));
    }
}

TEST(MapPackage, AllowsWhatTheReferenceAllows) {
    const std::vector<Case> cases{
        {"", "supplies", "CHN,,,0.5", "CHN,,,0.751", 0, "", "", ""},
        {"", "supplies", ",1.1,", ",0.8,", 0, "", "", ""},
        {"", "supplies", "CHN,,,0.5", "CHN,,,", 0, "", "", ""},
        {"", "codes", "HS,840810", "HS,84", 0, "", "", ""},
        {"", "codes", "HS,840810", "ML,9.a.1", 0, "", "", ""},
        {"",
         "states",
         "id,name\n",
         "\xEF\xBB\xBF"
         "id,name\r\n",
         0,
         "",
         "",
         ""},
        {"", "states", "CHN,China\n", "CHN,\"China, People's\"\n,\n\n", 0, "", "", ""},
        {"", "stocks", "90,days", "90,piece", 0, "", "", ""},
        {"", "supplies", ",,ASEAN,1", ",,IDN,1", 0, "", "", ""},
        {"", "needs", "engine,block,1,steel", "engine,block,1,engine", 0, "", "", ""},
        {"", "supplies", "CHN,,,0.5", "CHN,,,5e-1", 0, "", "", ""},
    };
    for (const Case& c : cases) {
        const Folder folder;
        write_package(folder, edited(c.table, c.from, c.to));
        ImportReport report;
        EXPECT_TRUE(read_map_package(folder.path(), report)) << listing(report);
        EXPECT_EQ(listing(report), "") << c.to;
    }
}

TEST(MapPackage, CountsTheLargestInputsThatAGroupTakes) {
    // Any one of three: only the largest counts, 0.2 + 0.7. Two of three: 0.2 + 0.7 + 0.2 > 1.
    const auto with_take = [](std::string_view take) {
        Tables tables = edited("needs", "boat,power,1,engine,consumed,yes,2,,0.3,", "");
        const std::string head = "boat,power," + std::string(take) + ",";
        const std::string tail = ",own,2016/2020,D,IDN,\n";
        std::string& text = tables.at("needs");
        const std::size_t place = text.find(",own,");
        text.replace(
            place,
            tail.size(),
            head + "engine,consumed,yes,,,0.7," + tail + head + "boat,consumed,yes,,,0.2," + tail
                + head + "steel,consumed,yes,,,0.1," + tail
        );
        return tables;
    };
    for (const auto& [take, errors] :
         {std::pair{"1", 0U}, std::pair{"2", 1U}, std::pair{"3", 1U}}) {
        const Folder folder;
        write_package(folder, with_take(take));
        ImportReport report;
        ASSERT_TRUE(check_map_package(folder.path(), report));
        EXPECT_EQ(report.errors(), errors) << listing(report);
    }
}

TEST(MapPackage, ReportsTheProblemsOfAllTablesAtOnce) {
    const Folder folder;
    Tables tables = edited("supplies", "CHN,,,0.5,", "CHX,,,5,");
    tables.at("states") += "id,\n";
    tables.at("stocks").replace(0, 4, "itme");
    tables.at("trade") += "steel,IDN,gifts,,x,USD,s1,2024,B,public\n";
    write_package(folder, tables);
    ImportReport report;
    ASSERT_TRUE(check_map_package(folder.path(), report));
    std::vector<std::string> found;
    for (const Issue& issue : report.issues()) {
        found.push_back(issue.file + " " + issue.column);
    }
    EXPECT_THAT(
        found,
        ::testing::ElementsAre(
            "states.csv id",
            "states.csv name",
            "supplies.csv origin",
            "supplies.csv share",
            "stocks.csv itme",
            "stocks.csv item",
            "trade.csv flow",
            "trade.csv amount"
        )
    ) << listing(report);
}

TEST(MapPackage, DoesNotCallNamesUnknownInATableThatCouldNotBeRead) {
    const Folder folder;
    write_package(folder, edited("items", "id,name", "id,nmae"));
    ImportReport report;
    ASSERT_TRUE(check_map_package(folder.path(), report));
    for (const Issue& issue : report.issues()) {
        EXPECT_EQ(issue.file, "items.csv") << listing(report);
    }
    EXPECT_EQ(report.errors(), 2U);
}

struct DescriptorCase {
    std::string_view rule;
    std::string_view text;
    std::string_view column;
    std::string_view value;
    Severity severity = Severity::error;
};

TEST(MapPackage, ReportsWhatIsWrongWithItsDescriptor) {
    const std::string good = R"({"name":"states","path":"states.csv"},{"name":"items","path":)"
                             R"("items.csv"},{"name":"sources","path":"sources.csv"})";
    const auto with = [&](std::string_view resource) {
        return R"({"name":"x","resources":[)" + good + "," + std::string(resource) + "]}";
    };
    const std::string deep(100'000, '[');
    const std::vector<std::pair<std::string, DescriptorCase>> cases{
        {"{", {"MP-001", "", "", ""}},
        {"[]", {"MP-001", "", "", ""}},
        {deep, {"MP-001", "", "", ""}},
        {R"({"name":"x"})", {"MP-001", "", "/resources", ""}},
        {R"({"resources":[)" + good + "]}", {"MP-001", "", "/name", ""}},
        {R"({"name":7,"resources":[)" + good + "]}", {"MP-001", "", "/name", "7"}},
        {with("7"), {"MP-001", "", "/resources/3", ""}},
        {with(R"({"name":"codes"})"), {"MP-001", "", "/resources/3/path", ""}},
        {with(R"({"name":"codes","path":["a.csv"]})"),
         {"MP-001", "", "/resources/3/path", R"(["a.csv"])"}},
        {with(R"({"name":"codes","path":"codes.csv","encoding":"latin-1"})"),
         {"MP-001", "", "/resources/3/encoding", R"("latin-1")"}},
        {with(R"({"name":"codes","path":"codes.csv","dialect":{"delimiter":";"}})"),
         {"MP-001", "", "/resources/3/dialect", R"({"delimiter":";"})"}},
        {with(R"({"name":"codes","path":"../codes.csv"})"),
         {"MP-002", "", "/resources/3/path", "../codes.csv"}},
        {with(R"({"name":"codes","path":"a/../../codes.csv"})"),
         {"MP-002", "", "/resources/3/path", "a/../../codes.csv"}},
        {with(R"({"name":"codes","path":"/etc/passwd"})"),
         {"MP-002", "", "/resources/3/path", "/etc/passwd"}},
        {with(R"({"name":"codes","path":"C:\\codes.csv"})"),
         {"MP-002", "", "/resources/3/path", "C:\\codes.csv"}},
        {with(R"({"name":"codes","path":"https://example.org/codes.csv"})"),
         {"MP-002", "", "/resources/3/path", "https://example.org/codes.csv"}},
        {with(R"({"name":"codes","path":"no.csv"})"),
         {"MP-003", "", "/resources/3/path", "no.csv"}},
        {with(R"({"name":"supplys","path":"no.csv"})"), {"MP-004", "", "", "supplys"}},
        {with(R"({"name":"pictures","path":"no.csv"})"),
         {"MP-004", "", "", "pictures", Severity::warning}},
        {R"({"name":"x","resources":[{"name":"states","path":"states.csv"},{"name":"items","path":)"
         R"("items.csv"}]})",
         {"MP-005", "", "", "sources"}},
        {with(R"({"name":"items","path":"items.csv"})"),
         {"MP-006", "", "/resources/3/name", "items"}},
    };
    for (const auto& [text, c] : cases) {
        SCOPED_TRACE(text.substr(0, 300));
        const Folder folder;
        Tables tables = good_tables();
        for (const std::string_view table : {"sources", "states", "items"}) {
            write_file(folder / (std::string(table) + ".csv"), tables.at(std::string(table)));
        }
        write_file(folder / "codes.csv.hidden", tables.at("codes"));
        if (text.find("encoding") != std::string::npos
            || text.find("dialect") != std::string::npos) {
            write_file(folder / "codes.csv", tables.at("codes"));
        }
        write_file(folder / "datapackage.json", text);
        ImportReport report;
        ASSERT_TRUE(check_map_package(folder.path(), report));
        const bool has_no_sources = c.rule == "MP-005";
        ASSERT_GE(report.issues().size(), 1U);
        ASSERT_EQ(report.issues().size(), has_no_sources ? 2U : 1U) << listing(report);
        const Issue& issue = report.issues()[has_no_sources ? 1 : 0];
        EXPECT_EQ(issue.rule, c.rule) << listing(report);
        EXPECT_EQ(issue.column, c.column);
        EXPECT_EQ(issue.value, c.value);
        EXPECT_EQ(issue.severity, c.severity);
    }
}

TEST(MapPackage, RefusesASymbolicLinkThatLeadsOutOfIt) {
    const Folder folder;
    const Folder outside;
    write_package(folder, good_tables());
    std::filesystem::rename(folder / "codes.csv", outside / "codes.csv");
    std::filesystem::create_symlink(outside / "codes.csv", folder / "codes.csv");
    ImportReport report;
    ASSERT_TRUE(check_map_package(folder.path(), report));
    ASSERT_EQ(report.issues().size(), 1U) << listing(report);
    EXPECT_EQ(report.issues()[0].rule, "MP-002");
}

TEST(MapPackage, WarnsOfATableThatNoResourceNames) {
    const Folder folder;
    Tables tables = good_tables();
    write_file(folder / "codes.csv", tables.at("codes"));
    tables.erase("codes");
    write_package(folder, tables);
    ImportReport report;
    EXPECT_TRUE(read_map_package(folder.path(), report));
    ASSERT_EQ(report.issues().size(), 1U) << listing(report);
    EXPECT_EQ(report.issues()[0].rule, "MP-007");
    EXPECT_EQ(report.issues()[0].value, "codes.csv");
}

TEST(MapPackage, NeedsAFirstRowInEachTable) {
    const Folder folder;
    Tables tables = good_tables();
    tables.at("hazards") = "\n\n";
    write_package(folder, tables);
    ImportReport report;
    ASSERT_TRUE(check_map_package(folder.path(), report));
    ASSERT_EQ(report.issues().size(), 1U) << listing(report);
    EXPECT_EQ(report.issues()[0].rule, "MP-008");
}

TEST(MapPackage, SaysWhatAPathIsNot) {
    const Folder folder;
    write_file(folder / "map.ods", "x");
    ImportReport report;
    EXPECT_EQ(read_map_package(folder / "no", report).error().code, ErrorCode::not_found);
    EXPECT_EQ(read_map_package(folder.path(), report).error().code, ErrorCode::not_found);
    EXPECT_EQ(
        read_map_package(folder / "map.ods", report).error().code,
        ErrorCode::invalid_argument
    );
    EXPECT_TRUE(report.may_commit());
}

TEST(MapPackage, TakesNoTimeToSuggestNamesForATableOfMistakes) {
    const Folder folder;
    Tables tables = good_tables();
    std::string& items = tables.at("items");
    std::string& supplies = tables.at("supplies");
    for (int i = 0; i < 20'000; ++i) {
        items += "i" + std::to_string(i) + ",N,component,piece,0,,s1,2024,B,public\n";
        supplies += "x" + std::to_string(i) + ",IDN,,,,,,,s1,2024,B,,public,\n";
    }
    write_package(folder, tables);
    ImportReport report;
    ASSERT_TRUE(check_map_package(folder.path(), report));
    EXPECT_EQ(report.errors(), 20'000U);
    EXPECT_EQ(report.issues().size(), ImportReport::kept_issues);
}

TEST(MapPackage, IsTheSameAfterWritingAndReading) {
    const Folder folder;
    write_package(folder, good_tables());
    const model::SupplyMap map = read(folder.path());
    const Folder out;
    ASSERT_TRUE(write_map_package(map, out / "first"));
    ASSERT_TRUE(write_map_package(read(out / "first"), out / "second"));
    for (const auto& entry : std::filesystem::directory_iterator(out / "first")) {
        const std::string name = entry.path().filename().string();
        EXPECT_EQ(testing::read_file(entry.path()), testing::read_file(out / ("second/" + name)))
            << name;
    }
    EXPECT_TRUE(std::filesystem::exists(out / "first/figures.csv"));
}

TEST(MapPackage, IsWrittenWholeOrNotAtAll) {
    const Folder folder;
    write_package(folder, good_tables());
    const model::SupplyMap map = read(folder.path());

    ASSERT_TRUE(write_map_package(map, folder.path())) << "an older package is replaced";
    EXPECT_EQ(read(folder.path()).supplies.size(), 3U);

    write_file(folder / "thesis.docx", "years of work");
    const auto refused = write_map_package(map, folder.path());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_TRUE(std::filesystem::exists(folder / "thesis.docx"));

    write_file(folder / "file", "");
    EXPECT_FALSE(write_map_package(map, folder / "file/below"));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        EXPECT_EQ(entry.path().string().find(".writing-"), std::string::npos);
    }
}

}  // namespace
}  // namespace adic::ingest
