#include "adic/ingest/merge_maps.hpp"

#include "adic/base/text.hpp"

#include "map_files.hpp"

#include <array>
#include <functional>
#include <string>
#include <utility>
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
using testing::write_package;

model::SupplyMap map_of(const Tables& tables) {
    const Folder folder;
    write_package(folder, tables);
    ImportReport report;
    Result<model::SupplyMap> map = read_map_package(folder.path(), report);
    EXPECT_TRUE(map) << listing(report);
    return *std::move(map);
}

/// A map stays one: what was merged is written and read without a complaint.
void expect_valid(const model::SupplyMap& map) {
    const Folder folder;
    ASSERT_TRUE(write_map_package(map, folder / "m"));
    ImportReport report;
    EXPECT_TRUE(read_map_package(folder / "m", report)) << listing(report);
}

TEST(MergeMaps, AddsEverythingToAnEmptyMap) {
    model::SupplyMap map;
    ImportReport report;
    const model::SupplyMap fragment = map_of(good_tables());
    const MergeCounts counts = merge_maps(map, fragment, report).counts;
    EXPECT_EQ(listing(report), "");
    EXPECT_EQ(counts.kept + counts.replaced + counts.left_out + counts.same, 0U);
    EXPECT_EQ(map.supplies.size(), fragment.supplies.size());
    EXPECT_EQ(map.needs.size(), fragment.needs.size());
    EXPECT_EQ(map.groups.size(), fragment.groups.size());
    EXPECT_EQ(map.provenances, fragment.provenances);
    expect_valid(map);
}

TEST(MergeMaps, ChangesNothingTheSecondTime) {
    model::SupplyMap map = map_of(good_tables());
    const std::size_t provenances = map.provenances.size();
    ImportReport report;
    const MergeCounts counts = merge_maps(map, map_of(good_tables()), report).counts;
    EXPECT_EQ(listing(report), "");
    EXPECT_EQ(counts.added, 0U);
    EXPECT_EQ(counts.same, 1U + 3U + 3U + 1U + 1U + 1U + 2U + 1U) << "codes, needs, supplies, ...";
    EXPECT_EQ(map.provenances.size(), provenances);
    EXPECT_EQ(map.supplies.size(), 3U);
}

struct Case {
    std::string_view name;
    Tables fragment;
    std::string_view rule;
    Severity severity;
    std::string_view value;
    std::size_t issues = 1;
};

std::vector<Case> conflicts() {
    constexpr Severity error = Severity::error;
    constexpr Severity warning = Severity::warning;
    return {
        {"another share",
         edited("supplies", "CHN,,,0.5,", "CHN,,,0.6,"),
         "MG-007",
         warning,
         "steel from CHN"},
        {"another stock", edited("stocks", "90,days", "80,days"), "MG-007", warning, "engine"},
        {"another recovery",
         edited("recoveries", "10,20,30", "10,20,31"),
         "MG-007",
         warning,
         "yard"},
        {"another hazard", edited("hazards", "0.01", "0.02"), "MG-007", warning, "CHN"},
        {"another trade", edited("trade", "500", "501"), "MG-007", warning, "steel, IDN"},
        {"another figure",
         edited("figures", "-0.4", "-0.5"),
         "MG-007",
         warning,
         "wgi_political_stability of CHN"},
        {"another quantity",
         edited("needs", "yes,12,", "yes,13,"),
         "MG-007",
         warning,
         "boat needs steel"},
        {"another kind",
         edited("items", "Steel,material", "Steel,component"),
         "MG-007",
         warning,
         "steel"},
        {"another state of an organisation",
         edited("organisations", "IDN", "MYS"),
         "MG-007",
         warning,
         "yard"},
        {"other members",
         edited("blocs", "ASEAN,South-East Asia,MYS\n", ""),
         "MG-003",
         warning,
         "ASEAN"},
        {"another group",
         edited("needs", "hull,,steel,consumed,yes", "hull,,steel,consumed,no"),
         "MG-005",
         error,
         "boat, hull",
         2},
        {"too much value",
         edited(
             "needs",
             "boat,power,1,engine,consumed,yes,2,,0.3,",
             "boat,radio,1,engine,consumed,yes,2,,0.6,"
         ),
         "MG-009",
         error,
         "boat"},
        {"too much share",
         edited("supplies", "steel,CHN,,,0.5,", "steel,MYS,,,0.5,"),
         "MG-009",
         error,
         "steel"},
    };
}

TEST(MergeMaps, ReportsEachConflictAndKeepsTheOld) {
    for (const Case& c : conflicts()) {
        SCOPED_TRACE(c.name);
        model::SupplyMap map = map_of(good_tables());
        ImportReport report;
        merge_maps(map, map_of(c.fragment), report);
        ASSERT_EQ(report.issues().size(), c.issues) << listing(report);
        EXPECT_EQ(report.issues()[0].rule, c.rule) << listing(report);
        EXPECT_EQ(report.issues()[0].severity, c.severity);
        EXPECT_EQ(report.issues()[0].value, c.value);
        EXPECT_EQ(map.supplies[0].share, Estimate::exactly(0.5));
        EXPECT_EQ(map.needs[0].quantity, Estimate::exactly(12));
        EXPECT_EQ(map.supplies.size(), 3U);
        expect_valid(map);
    }
}

TEST(MergeMaps, ReplacesTheOldWhenAsked) {
    model::SupplyMap map = map_of(good_tables());
    ImportReport report;
    const MergeCounts counts = merge_maps(
                                   map,
                                   map_of(edited("supplies", "CHN,,,0.5,", "CHN,,,0.6,")),
                                   report,
                                   {.replace = true}
    )
                                   .counts;
    EXPECT_EQ(listing(report), "");
    EXPECT_EQ(counts.replaced, 1U);
    EXPECT_EQ(map.supplies[0].share, Estimate::exactly(0.6));
    EXPECT_EQ(map.supplies.size(), 3U);
    expect_valid(map);
}

/// These rows as the codes of a map, and these items beside those that it has.
Tables coded(Tables tables, std::string_view codes, std::string_view items) {
    tables["codes"] = "item,scheme,code,source,period,confidence,release\n";
    for (const std::string_view row : split(codes, ' ')) {
        if (!row.empty()) {
            tables["codes"] += std::string(row) + ",s1,2024,B,public\n";
        }
    }
    for (const std::string_view item : split(items, ' ')) {
        if (!item.empty()) {
            tables["items"] += std::string(item) + ",Thing,component,piece,0,s1,2024,B,public\n";
        }
    }
    return tables;
}

Tables boat_and_engine() {
    return {
        {"sources", good_tables().at("sources")},
        {"states", good_tables().at("states")},
        {"items",
         "id,name,kind,unit,sensitivity,source,period,confidence,release\n"
         "boat,Boat,system,piece,0,s1,2024,B,public\n"
         "engine,Engine,component,piece,0,s1,2024,B,public\n"}};
}

Tables nothing_yet() {
    Tables tables = boat_and_engine();
    tables.at("items").resize(tables.at("items").find('\n') + 1);
    return tables;
}

/// "motor is engine by HS 840810", one line for each item that was joined.
std::string joins_of(const MergeOutcome& outcome) {
    std::string text;
    for (const JoinedItem& item : outcome.joined) {
        text.append(text.empty() ? "" : "\n").append(item.item).append(" is ").append(item.as);
        text.append(" by ").append(item.scheme).append(" ").append(item.code);
    }
    return text;
}

TEST(MergeMaps, KnowsAnItemByItsCode) {
    Tables fragment = good_tables();
    for (auto& [table, text] : fragment) {
        for (std::size_t i = text.find("engine"); i != std::string::npos;
             i = text.find("engine", i + 1)) {
            text.replace(i, 6, "hs8408");
        }
    }
    fragment.at("supplies") += "hs8408,CHN,,,0.4,,,,s1,2024,B,,public,\n";
    model::SupplyMap map = map_of(good_tables());
    ImportReport report;
    const MergeOutcome outcome = merge_maps(map, map_of(fragment), report);
    EXPECT_EQ(listing(report), "");
    EXPECT_EQ(joins_of(outcome), "hs8408 is engine by HS 840810");
    EXPECT_EQ(map.items.size(), 3U);
    ASSERT_EQ(map.supplies.size(), 4U);
    EXPECT_EQ(map.items[map.supplies[3].item].id, "engine");
    expect_valid(map);
}

/// An item `motor` of a fragment, and what a map makes of it.
struct Joining {
    std::string_view name;
    std::string_view old_codes;
    std::string_view new_codes;
    std::string_view joined;      ///< empty: `motor` is an item of its own
    std::string_view doubt = "";  ///< in the warning; empty: there is none
    std::string_view old_items = "";
    std::string_view new_items = "motor";
};

constexpr std::array joinings{
    Joining{
        "a subheading of one item on each side",
        "engine,HS,840810",
        "motor,HS,840810",
        "motor is engine by HS 840810"},
    Joining{"a heading", "engine,HS,8408", "motor,HS,8408", ""},
    Joining{"a chapter", "engine,HS,84", "motor,HS,84", ""},
    Joining{"two subheadings of one heading", "engine,HS,840810", "motor,HS,840820", ""},
    Joining{"a federal supply class", "engine,FSC,2815", "motor,FSC,2815", ""},
    Joining{"a class of UNSPSC", "engine,UNSPSC,26101500", "motor,UNSPSC,26101500", ""},
    Joining{
        "a commodity of UNSPSC",
        "engine,UNSPSC,26101509",
        "motor,UNSPSC,26101509",
        "motor is engine by UNSPSC 26101509"},
    Joining{"a division of CPV", "engine,CPV,34300000", "motor,CPV,34300000", ""},
    Joining{"an entry of a control list", "engine,CHPL,840810", "motor,CHPL,840810", ""},
    Joining{"an entry of another", "engine,ML,ML9.a", "motor,ML,ML9.a", ""},
    Joining{"a kind of weapon", "engine,SIPRI,Engines", "motor,SIPRI,Engines", ""},
    Joining{
        "a publisher's series",
        "engine,USGS-MCS,Iron:_pig",
        "motor,USGS-MCS,Iron:_pig",
        "motor is engine by USGS-MCS Iron:_pig"},
    Joining{
        "a stock number",
        "engine,NSN,2815012345678",
        "motor,NSN,2815012345678",
        "motor is engine by NSN 2815012345678"},
    Joining{
        "a trade number (GS1's example)",
        "engine,GTIN,6291041500213",
        "motor,GTIN,6291041500213",
        "motor is engine by GTIN 6291041500213"},
    Joining{
        "a trade number that is none",
        "engine,GTIN,6291041500214",
        "motor,GTIN,6291041500214",
        ""},
    Joining{"a row of zeros", "engine,GTIN,00000000", "motor,GTIN,00000000", ""},
    Joining{
        "a substance (water)",
        "engine,CAS,7732-18-5",
        "motor,CAS,7732-18-5",
        "motor is engine by CAS 7732-18-5"},
    Joining{"a substance that is none", "engine,CAS,7732-18-4", "motor,CAS,7732-18-4", ""},
    Joining{
        "a stock number decides before a subheading of several",
        "engine,NSN,2815012345678 engine,HS,840810 boat,HS,840810",
        "motor,NSN,2815012345678 motor,HS,840810",
        "motor is engine by NSN 2815012345678"},
    Joining{
        "two stock numbers are two articles",
        "engine,NSN,2815012345678 engine,HS,840810",
        "motor,NSN,2815012345679 motor,HS,840810",
        ""},
    Joining{
        "a subheading of several items of the map",
        "engine,HS,840810 boat,HS,840810",
        "motor,HS,840810",
        "",
        "several items of the map have the code HS 840810 ('boat', 'engine')"},
    Joining{
        "a subheading of several new items",
        "engine,HS,840810",
        "motor,HS,840810 diesel,HS,840810",
        "",
        "'engine' of the map has the code HS 840810 too, and several of the new items",
        "",
        "motor diesel"},
    Joining{
        "codes of two items",
        "engine,HS,840810 boat,HS,890690",
        "motor,HS,840810 motor,HS,890690",
        "",
        "its codes are those of several items of the map"},
    Joining{
        "two items by two codes of one",
        "engine,HS,840810 engine,HS,840820",
        "motor,HS,840810 diesel,HS,840820",
        "",
        "'engine' of the map has its code HS 840810, but is another of the new items as well",
        "",
        "motor diesel"},
    Joining{
        "an item that is known by its id",
        "thing,HS,840810",
        "motor,HS,840810",
        "",
        "'thing' of the map has its code HS 840810, but is another of the new items as well",
        "thing",
        "motor thing"},
};

TEST(MergeMaps, JoinsItemsByCodesThatIdentifyAndByNoOthers) {
    for (const Joining& c : joinings) {
        SCOPED_TRACE(c.name);
        model::SupplyMap map = map_of(coded(boat_and_engine(), c.old_codes, c.old_items));
        const model::SupplyMap fragment = map_of(coded(nothing_yet(), c.new_codes, c.new_items));
        ImportReport report;
        const MergeOutcome outcome = merge_maps(map, fragment, report);
        EXPECT_EQ(joins_of(outcome), c.joined);
        EXPECT_EQ(map.items.find("motor").has_value(), c.joined.empty());
        EXPECT_EQ(report.issues().empty(), c.doubt.empty()) << listing(report);
        for (const Issue& issue : report.issues()) {
            EXPECT_EQ(issue.rule, "MG-006");
        }
        if (!c.doubt.empty()) {
            EXPECT_THAT(report.issues().at(0).message, ::testing::HasSubstr(c.doubt));
        }
        expect_valid(map);
    }
}

TEST(MergeMaps, LeavesOutWhatWouldCiteAnotherWork) {
    model::SupplyMap map = map_of(good_tables());
    Tables fragment = edited("sources", "own,Judgement", "own,Hearsay");
    fragment.at("supplies") += "engine,CHN,,,0.4,,,,own,2024,D,,public,\n";
    ImportReport report;
    const MergeCounts counts = merge_maps(map, map_of(fragment), report).counts;
    EXPECT_EQ(report.issues().at(0).rule, "MG-001");
    EXPECT_EQ(report.issues().back().rule, "MG-008");
    EXPECT_EQ(counts.left_out, 2U) << "a need and a supply: " << listing(report);
    EXPECT_EQ(map.supplies.size(), 3U);
    expect_valid(map);
}

TEST(MergeMaps, LeavesOutAmountsInAnotherUnit) {
    model::SupplyMap map = map_of(good_tables());
    Tables fragment = edited("items", "Engine,component,piece", "Engine,component,t");
    ImportReport report;
    merge_maps(map, map_of(fragment), report);
    EXPECT_EQ(report.issues().at(0).rule, "MG-004");
    EXPECT_FALSE(report.may_commit());
    EXPECT_EQ(map.stocks.size(), 1U);
    expect_valid(map);
}

TEST(MergeMaps, NeverReleasesToSomebodyElse) {
    // In the fragment ASEAN is a bloc of two states; in the map it is the name of a state.
    Tables target = good_tables();
    target.erase("blocs");
    target.at("states") += "ASEAN,A state of that name\n";
    target.at("supplies") =
        "item,origin,source,period,confidence,owner,release\n"
        "steel,CHN,s1,2024,B,,public\n";
    target.erase("stocks");
    model::SupplyMap map = map_of(target);
    ImportReport report;
    merge_maps(map, map_of(good_tables()), report);
    EXPECT_EQ(report.issues().at(0).rule, "MG-002");
    for (const model::Supply& supply : map.supplies) {
        EXPECT_NE(map[supply.provenance].release, "MYS;ASEAN");
    }
}

}  // namespace
}  // namespace adic::ingest
