#include "adic/app/shortfall.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <unistd.h>

namespace adic::app {
namespace {

/// The worked example of docs/explanation/shock-survival.md: 400 t wanted in each of three years,
/// 150 t that can be relied on, 150 t in stock.
class PlanShortfall : public ::testing::Test {
  public:
    PlanShortfall()
        : folder_(
            std::filesystem::temp_directory_path() / ("adic_plans_" + std::to_string(getpid()))
        ) {
        std::filesystem::create_directories(folder_);
        write("materials", "material,unit,stock,source\nantimony,t,150,made up\n");
        write(
            "years",
            "material,year,military_demand,civilian_demand,home_supply\n"
            "antimony,2026,100,300,50\nantimony,2027,100,300,50\nantimony,2028,100,300,50\n"
        );
        write(
            "foreign",
            "material,year,origin,amount,share,reliability\n"
            "antimony,,TJK,200,0.5,1\nantimony,,CHN,1000,0.5,0\nantimony,,RUS,100,0.5,0\n"
        );
        write(
            "measures",
            "material,measure,kind,unit_cost,most_per_year,first_year\n"
            "antimony,thrift,market_response,0,40,2026\n"
            "antimony,recycling,mitigation,5,60,2027\nantimony,mine,mitigation,20,500,2028\n"
        );
    }

    PlanShortfall(const PlanShortfall&) = delete;
    PlanShortfall& operator=(const PlanShortfall&) = delete;
    PlanShortfall(PlanShortfall&&) = delete;
    PlanShortfall& operator=(PlanShortfall&&) = delete;

    ~PlanShortfall() override { std::filesystem::remove_all(folder_); }

  protected:
    void write(const std::string& table, std::string_view text) const {
        std::ofstream(folder_ / (table + ".csv")) << text;
    }

    Result<ShortfallAnswer> answer() const { return plan_shortfall({.plans = folder_}); }

  private:
    std::filesystem::path folder_;
};

TEST_F(PlanShortfall, CountsTheWorkedExample) {
    const auto found = answer();
    ASSERT_TRUE(found);
    ASSERT_TRUE(found->report.may_commit());
    ASSERT_EQ(found->materials.size(), 1U);
    const PlannedMaterial& antimony = found->materials.front();
    ASSERT_EQ(antimony.shortfall.years.size(), 3U);
    EXPECT_DOUBLE_EQ(antimony.shortfall.years[0].open.likely(), 60.0);
    EXPECT_DOUBLE_EQ(antimony.shortfall.years[1].open.likely(), 150.0);
    EXPECT_DOUBLE_EQ(antimony.shortfall.years[2].open.likely(), 0.0);
    EXPECT_DOUBLE_EQ(antimony.shortfall.stock_goal.likely(), 750.0);
    EXPECT_EQ(antimony.first_open, 2026);
    EXPECT_EQ(antimony.missing_from, "CHN");
    EXPECT_DOUBLE_EQ(antimony.missing, 1500.0);  // half of 1,000 t in each of three years
}

TEST_F(PlanShortfall, SaysWhenTheHarshCaseFallsShortFirst) {
    write("materials", "material,unit,stock_low,stock,stock_high\nantimony,t,0,1000,2000\n");
    const auto found = answer();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->materials.front().first_open, std::nullopt);
    EXPECT_EQ(found->materials.front().soonest_open, 2026);
}

TEST_F(PlanShortfall, NamesAMaterialWithoutYears) {
    write("materials", "material,unit,stock\nantimony,t,150\ntungsten,t,0\n");
    const auto found = answer();
    ASSERT_FALSE(found);
    EXPECT_NE(found.error().message.find("'tungsten'"), std::string::npos);
}

TEST_F(PlanShortfall, ReportsBadTables) {
    write("materials", "material,unit,stock\nantimony,t,-1\n");
    const auto found = answer();
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->report.may_commit());
    EXPECT_TRUE(found->materials.empty());
}

}  // namespace
}  // namespace adic::app
