#include "adic/ingest/site_network_reader.hpp"

#include "map_files.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using model::PartIndex;
using model::SiteNetwork;
using testing::Folder;
using testing::write_file;

void write_network(
    const Folder& folder,
    std::string_view sites,
    std::string_view bom,
    std::string_view demand
) {
    write_file(folder / "sites.csv", sites);
    write_file(folder / "bom.csv", bom);
    write_file(folder / "demand.csv", demand);
}

TEST(SiteNetworkReader, ReadsTheReferenceLayout) {
    ImportReport report;
    const auto network = read_site_network(
        std::filesystem::path(ADIC_SOURCE_DIR) / "libs/shock/tests/data/tts/tts_small",
        report
    );
    ASSERT_TRUE(network);
    EXPECT_TRUE(report.issues().empty());
    EXPECT_EQ(network->parts.size(), 60U);
    ASSERT_EQ(network->sites.size(), 126U);
    EXPECT_EQ(network->groups.size(), 82U);
    EXPECT_EQ(network->demands.size(), 5U);
    EXPECT_EQ(network->sites[1].capacity_per_day, Estimate::exactly(6277.469));
    EXPECT_EQ(network->sites[1].stock, Estimate::exactly(132814.21));
    EXPECT_EQ(network->sites[1].place, "3");
    EXPECT_TRUE(model::check_site_network(*network));
}

TEST(SiteNetworkReader, ReadsEstimatesAlternativesAndUnits) {
    const Folder folder;
    write_network(
        folder,
        "site,part,country,organisation,unit,capacity_per_day_low,capacity_per_day,"
        "capacity_per_day_high,inventory,recovery_days\n"
        "y1,yard,IDN,Example Yard,piece,1,2,3,4,90\n"
        "d1,diesel,DEU,,piece,1,1,1,5,\n"
        "d2,turbine,USA,,,1,1,1,5,\n",
        "part,input,qty,group,take\nyard,diesel,1,engine,1\nyard,turbine,0.5,engine,1\n",
        "part,demand_per_day\nyard,1.5\n"
    );
    ImportReport report;
    const auto network = read_site_network(folder.path(), report);
    ASSERT_TRUE(network);
    EXPECT_TRUE(report.issues().empty());
    ASSERT_EQ(network->sites.size(), 3U);
    EXPECT_EQ(network->sites[0].capacity_per_day, *Estimate::create(1, 2, 3));
    EXPECT_EQ(network->sites[0].organisation, "Example Yard");
    EXPECT_EQ(network->sites[0].recovery_days, Estimate::exactly(90));
    EXPECT_FALSE(network->sites[1].recovery_days);
    EXPECT_EQ(network->parts[0].unit, "piece");
    ASSERT_EQ(network->groups.size(), 1U);
    ASSERT_EQ(network->groups[0].choices.size(), 2U);
    EXPECT_EQ(network->groups[0].choices[1].input, PartIndex{2});
    EXPECT_EQ(network->groups[0].choices[1].quantity, Estimate::exactly(0.5));
    EXPECT_EQ(network->demands[0].margin, Estimate::exactly(1.0));
}

TEST(SiteNetworkReader, ReportsEveryProblemAtOnce) {
    const Folder folder;
    write_network(
        folder,
        "site,part,unit,capacity_per_day,inventory\n"
        "a,hull,t,1,1\n"
        "a,hull,kg,-1,x\n"
        ",hull,t,1,1\n",
        "part,input,qty,group,take\n"
        "hull,steal,1,,\n"
        "hull,hull,0,,\n"
        "hull,hull,0.5,,2\n"
        "hull,hull,0.5,g,1\n"
        "hull,hull,0.5,g,2\n",
        "part,demand_per_day\nhull,1\nhull,2\nhull\n"
    );
    ImportReport report;
    const auto network = read_site_network(folder.path(), report);
    ASSERT_TRUE(network);
    EXPECT_TRUE(network->parts.empty() && network->sites.empty());
    std::vector<std::string> found;
    for (const Issue& issue : report.issues()) {
        found.push_back(
            issue.file.substr(issue.file.rfind('/') + 1) + ":" + std::to_string(issue.row) + " "
            + std::string(issue.rule) + " " + issue.column
        );
    }
    const std::vector<std::string> expected{
        "sites.csv:3 MP-016 capacity_per_day",
        "sites.csv:3 MP-015 inventory",
        "sites.csv:3 MP-024 site",
        "sites.csv:3 MP-035 unit",
        "sites.csv:4 MP-013 site",
        "bom.csv:2 MP-023 input",
        "bom.csv:3 MP-016 qty",
        "bom.csv:4 MP-036 input",
        "bom.csv:4 MP-031 take",
        "bom.csv:6 MP-029 take",
        "bom.csv:6 MP-030 input",
        "demand.csv:3 MP-024 part",
        "demand.csv:4 MP-012 ",
    };
    EXPECT_EQ(found, expected);
}

TEST(SiteNetworkReader, RefusesGroupsThatTakeMoreThanTheyHave) {
    const Folder folder;
    write_network(
        folder,
        "site,part,capacity_per_day,inventory\na,hull,1,1\nb,steel,1,1\n",
        "part,input,qty,group,take\nhull,steel,1,g,2\n",
        "part,demand_per_day\nhull,1\n"
    );
    ImportReport report;
    ASSERT_TRUE(read_site_network(folder.path(), report));
    ASSERT_EQ(report.errors(), 1U);
    EXPECT_EQ(report.issues()[0].rule, "MP-031");
    EXPECT_EQ(report.issues()[0].message, "the group 'g' has 1 rows");
}

TEST(SiteNetworkReader, SaysWhichTableIsMissing) {
    const Folder folder;
    write_file(folder / "sites.csv", "site,part,capacity_per_day,inventory\n");
    ImportReport report;
    const auto network = read_site_network(folder.path(), report);
    ASSERT_FALSE(network);
    EXPECT_EQ(network.error().code, ErrorCode::not_found);
    EXPECT_NE(network.error().message.find("no table 'bom'"), std::string::npos);
}

}  // namespace
}  // namespace adic::ingest
