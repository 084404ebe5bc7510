#include "adic/ingest/monthly_flow_reader.hpp"

#include "map_files.hpp"

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using testing::Folder;
using testing::write_file;

struct Outcome {
    Result<model::MonthlyFlows> flows;
    ImportReport report;
};

Outcome read_text(std::string_view text) {
    const Folder folder;
    write_file(folder / "flows.csv", text);
    ImportReport report;
    auto flows = read_monthly_flows(folder / "flows.csv", report);
    return {std::move(flows), std::move(report)};
}

/// A row as "2023-8 CHN->JPN 250410 20 5".
std::vector<std::string> rows_of(const model::MonthlyFlows& flows) {
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < flows.size(); ++i) {
        rows.push_back(fmt::format(
            "{}-{} {}->{} {} {} {}",
            static_cast<int>(flows.month[i].year()),
            static_cast<unsigned>(flows.month[i].month()),
            flows.states[flows.exporter[i]],
            flows.states[flows.importer[i]],
            flows.products[flows.product[i]],
            flows.quantity[i],
            flows.value[i]
        ));
    }
    return rows;
}

using Rows = std::vector<std::string>;

TEST(MonthlyFlowReader, ReadsTheColumnsInAnyOrder) {
    const Outcome read = read_text(
        "value_usd,month,hs6,reporter,partner,net_weight_kg,unit\n"
        "5,2023-08,250410,CHN,JPN,20,0.25\n"
        "6.5,2023-09,250410,CHN,JPN,,\n"
    );
    ASSERT_TRUE(read.flows);
    EXPECT_EQ(
        rows_of(*read.flows),
        (Rows{"2023-8 CHN->JPN 250410 20 5", "2023-9 CHN->JPN 250410 nan 6.5"})
    );
    EXPECT_TRUE(read.report.may_commit());
}

TEST(MonthlyFlowReader, ReadsTheDownloadOfComtradeAndLeavesOutImportsAndTheWorld) {
    const Outcome read = read_text(
        "period,reporterISO,partnerISO,cmdCode,flowCode,netWgt,primaryValue\n"
        "202312,CHN,W00,250410,X,90,9\n"
        "202312,CHN,KOR,250410,X,30,3\n"
        "202312,CHN,KOR,250410,M,1,1\n"
    );
    ASSERT_TRUE(read.flows);
    EXPECT_EQ(rows_of(*read.flows), (Rows{"2023-12 CHN->KOR 250410 30 3"}));
    EXPECT_TRUE(read.report.may_commit());
}

TEST(MonthlyFlowReader, ReportsEveryBadCellAndKeepsTheOtherRows) {
    const Outcome read = read_text(
        "month,reporter,partner,hs6,net_weight_kg,value_usd\n"
        "2023-13,CHN,JPN,250410,1,1\n"
        "2023,CHN,JPN,250410,1,1\n"
        "2023-01,CHN,,250410,1,1\n"
        "2023-01,CHN,JPN,20130,1,1\n"
        "2023-01,CHN,JPN,250410,-1,1\n"
        "2023-01,CHN,JPN,250410,1,many\n"
        "2023-01,CHN,JPN,250410,1,1\n"
        "2023-01,CHN,JPN,250410,2,2\n"
    );
    ASSERT_TRUE(read.flows);
    EXPECT_EQ(rows_of(*read.flows), (Rows{"2023-1 CHN->JPN 250410 1 1"}));
    std::vector<std::string> complaints;
    for (const Issue& issue : read.report.issues()) {
        complaints.push_back(fmt::format("{} {} '{}'", issue.row, issue.column, issue.value));
    }
    EXPECT_EQ(
        complaints,
        (Rows{
            "2 month '2023-13'",
            "3 month '2023'",
            "4 partner ''",
            "5 hs6 '20130'",
            "6 net_weight_kg '-1'",
            "7 value_usd 'many'",
            "9 partner 'JPN'"})
    );
}

TEST(MonthlyFlowReader, NamesTheColumnThatIsMissing) {
    const Outcome read = read_text("month,reporter,partner,net_weight_kg,value_usd\n");
    ASSERT_FALSE(read.flows);
    EXPECT_NE(read.flows.error().message.find("no column 'hs6'"), std::string::npos);
}

}  // namespace
}  // namespace adic::ingest
