#include "adic/ingest/merge_maps.hpp"

#include "map_files.hpp"

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
    const MergeCounts counts = merge_maps(map, fragment, report);
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
    const MergeCounts counts = merge_maps(map, map_of(good_tables()), report);
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
    );
    EXPECT_EQ(listing(report), "");
    EXPECT_EQ(counts.replaced, 1U);
    EXPECT_EQ(map.supplies[0].share, Estimate::exactly(0.6));
    EXPECT_EQ(map.supplies.size(), 3U);
    expect_valid(map);
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
    merge_maps(map, map_of(fragment), report);
    EXPECT_EQ(listing(report), "");
    EXPECT_EQ(map.items.size(), 3U);
    ASSERT_EQ(map.supplies.size(), 4U);
    EXPECT_EQ(map.items[map.supplies[3].item].id, "engine");
    expect_valid(map);
}

TEST(MergeMaps, DoesNotGuessBetweenItemsOfOneCode) {
    Tables target = good_tables();
    target.at("codes") += "boat,HS,840810,s1,2024,B,public\n";
    Tables fragment = good_tables();
    fragment.at("items") += "diesel,Diesel,component,piece,0,,s1,2024,B,public\n";
    fragment.at("codes") =
        "item,scheme,code,source,period,confidence,release\n"
        "diesel,HS,840810,s1,2024,B,public\n";
    model::SupplyMap map = map_of(target);
    ImportReport report;
    merge_maps(map, map_of(fragment), report);
    ASSERT_EQ(report.issues().size(), 1U) << listing(report);
    EXPECT_EQ(report.issues()[0].rule, "MG-006");
    EXPECT_EQ(map.items.size(), 4U);
    expect_valid(map);
}

TEST(MergeMaps, LeavesOutWhatWouldCiteAnotherWork) {
    model::SupplyMap map = map_of(good_tables());
    Tables fragment = edited("sources", "own,Judgement", "own,Hearsay");
    fragment.at("supplies") += "engine,CHN,,,0.4,,,,own,2024,D,,public,\n";
    ImportReport report;
    const MergeCounts counts = merge_maps(map, map_of(fragment), report);
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
