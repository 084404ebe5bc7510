#include "adic/ingest/material_plan_reader.hpp"

#include "map_files.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using model::MaterialPlan;
using testing::Folder;
using testing::write_file;

TEST(MaterialPlanReader, ReadsAllTables) {
    const Folder folder;
    write_file(folder / "materials.csv", "material,unit,stock\nantimony,t,150\ntungsten,t,0\n");
    write_file(
        folder / "years.csv",
        "material,year,military_demand,civilian_demand,home_supply_low,home_supply,"
        "home_supply_high\nantimony,2027,100,300,40,50,60\nantimony,2026,90,300,50,50,50\n"
    );
    write_file(
        folder / "foreign.csv",
        "material,year,origin,amount,share,reliability\n"
        "antimony,,TJK,200,0.5,0.8\nantimony,2027,CHN,1000,0.1,0.2\n"
    );
    write_file(
        folder / "measures.csv",
        "material,measure,kind,unit_cost,most_per_year,first_year\n"
        "antimony,thrift,market_response,30,40,2026\n"
    );
    ImportReport report;
    const auto plans = read_material_plans(folder.path(), report);
    ASSERT_TRUE(plans);
    EXPECT_TRUE(report.issues().empty());
    ASSERT_EQ(plans->size(), 2U);
    const MaterialPlan& plan = plans->front();
    EXPECT_EQ(plan.stock, Estimate::exactly(150));
    ASSERT_EQ(plan.years.size(), 2U);
    EXPECT_EQ(plan.years[0].year, 2026);
    EXPECT_EQ(plan.years[0].foreign.size(), 1U);
    EXPECT_EQ(plan.years[1].home_supply, *Estimate::create(40, 50, 60));
    ASSERT_EQ(plan.years[1].foreign.size(), 2U);
    EXPECT_EQ(plan.years[1].foreign[1].reliability, Estimate::exactly(0.2));
    ASSERT_EQ(plan.measures.size(), 1U);
    EXPECT_EQ(plan.measures[0].kind, model::MeasureKind::market_response);
    EXPECT_TRUE(plans->back().years.empty());
}

TEST(MaterialPlanReader, DoesWithoutForeignSuppliesAndMeasures) {
    const Folder folder;
    write_file(folder / "a_materials.csv", "material,unit,stock\nantimony,t,150\n");
    write_file(
        folder / "a_years.csv",
        "material,year,military_demand,civilian_demand,home_supply\nantimony,2027,100,300,50\n"
    );
    ImportReport report;
    const auto plans = read_material_plans(folder / "a", report);
    ASSERT_TRUE(plans);
    EXPECT_EQ(plans->front().years.size(), 1U);
    EXPECT_FALSE(read_material_plans(folder / "b", report));
}

TEST(MaterialPlanReader, ReportsEveryProblemAtOnce) {
    const Folder folder;
    write_file(folder / "materials.csv", "material,unit,stock\nantimony,t,150\nantimony,t,-1\n");
    write_file(
        folder / "years.csv",
        "material,year,military_demand,civilian_demand,home_supply\n"
        "antimoni,2027,1,1,1\nantimony,2027,1,,1\nantimony,2027,1,1,1\n"
    );
    write_file(
        folder / "foreign.csv",
        "material,year,origin,amount,share,reliability\nantimony,2027,CHN,1,1.5,x\n"
    );
    write_file(
        folder / "measures.csv",
        "material,measure,kind,unit_cost,most_per_year,first_year\n"
        "antimony,thrift,mitigaton,30,40,2026\nantimony,thrift,mitigation,30,40,2026\n"
    );
    ImportReport report;
    const auto plans = read_material_plans(folder.path(), report);
    ASSERT_TRUE(plans);
    EXPECT_TRUE(plans->empty());
    std::vector<std::string> found;
    for (const Issue& issue : report.issues()) {
        found.push_back(
            issue.file.substr(issue.file.rfind('/') + 1) + ":" + std::to_string(issue.row) + " "
            + issue.column
        );
    }
    const std::vector<std::string> expected{
        "materials.csv:3 stock",
        "materials.csv:3 material",
        "years.csv:2 material",
        "years.csv:3 civilian_demand",
        "years.csv:4 year",
        "foreign.csv:2 share",
        "foreign.csv:2 reliability",
        "measures.csv:2 kind",
        "measures.csv:3 measure",
    };
    EXPECT_EQ(found, expected);
}

TEST(MaterialPlanReader, SaysWhichYearIsMissing) {
    const Folder folder;
    write_file(folder / "materials.csv", "material,unit,stock\nantimony,t,150\n");
    write_file(
        folder / "years.csv",
        "material,year,military_demand,civilian_demand,home_supply\nantimony,2027,100,300,50\n"
    );
    write_file(
        folder / "foreign.csv",
        "material,year,origin,amount,share,reliability\nantimony,2028,CHN,1,1,1\n"
    );
    ImportReport report;
    (void)read_material_plans(folder.path(), report);
    ASSERT_EQ(report.errors(), 1U);
    EXPECT_EQ(report.issues()[0].message, "the table years has no such year of 'antimony'");
}

}  // namespace
}  // namespace adic::ingest
