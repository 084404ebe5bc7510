#include "adic/app/shock_firm_days.hpp"

#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::app {
namespace {

/// The network of 1,000 firms of the reference models stands with the tests of the engine.
std::filesystem::path reference(const std::string& name) {
    const auto folder = std::filesystem::path(ADIC_TEST_DATA) / "../../../shock/tests/data";
    return folder.lexically_normal() / name;
}

ShockFirmDaysRequest reference_request() {
    ShockFirmDaysRequest request{.network = reference("sf1000")};
    request.losses_file = reference("sf1000_shock.csv");
    request.repair_days = 40;
    request.days = 200;
    return request;
}

struct Totals {
    double production;
    double consumption;
};

/// As another program computed them: before the shock, then by step.
std::vector<Totals> reference_totals() {
    std::ifstream file(reference("sf1000_inv9_tau6_recover40_totals.csv"));
    std::string line;
    std::getline(file, line);
    std::vector<Totals> totals;
    char comma = 0;
    double step = 0.0;
    while (std::getline(file, line)) {
        std::istringstream row(line);
        Totals one{};
        row >> step >> comma >> one.production >> comma >> one.consumption;
        totals.push_back(one);
    }
    return totals;
}

TEST(ShockFirmDays, EqualsThePublishedProgramFromItsFiles) {
    const auto answer = shock_firm_days(reference_request());
    ASSERT_TRUE(answer) << answer.error().message;
    ASSERT_TRUE(answer->report.may_commit());
    const std::vector<Totals> expected = reference_totals();
    ASSERT_EQ(expected.size(), 201U);
    EXPECT_NEAR(answer->run.production_before / expected[0].production, 1.0, 1e-9);
    for (std::size_t day = 0; day < 200; ++day) {
        const Totals& totals = expected[day + 1];
        ASSERT_NEAR(answer->run.production[day] / totals.production, 1.0, 1e-9) << day;
        ASSERT_NEAR(answer->run.consumption[day] / totals.consumption, 1.0, 1e-9) << day;
    }
    EXPECT_FALSE(answer->run.collapse);
}

TEST(ShockFirmDays, AddsUpFirmsBySectorAndAll) {
    const auto answer = shock_firm_days(reference_request());
    ASSERT_TRUE(answer);
    const std::size_t sectors = answer->network.sectors();
    for (const std::size_t day : {0U, 17U, 199U}) {
        const auto first =
            answer->output_by_sector.begin() + static_cast<std::ptrdiff_t>(day * sectors);
        const double sum =
            std::accumulate(first, first + static_cast<std::ptrdiff_t>(sectors), 0.0);
        EXPECT_NEAR(sum / answer->run.production[day], 1.0, 1e-12) << day;
    }
    double lost = 0.0;
    for (const OutputLoss& firm : answer->firms) {
        lost += firm.days_lost * firm.usual;
    }
    EXPECT_NEAR(lost / answer->run.production_before, answer->run.steps_of_output_lost(), 1e-9);
    double of_sectors = 0.0;
    for (const OutputLoss& sector : answer->sectors) {
        of_sectors += sector.days_lost * sector.usual;
    }
    EXPECT_NEAR(of_sectors / lost, 1.0, 1e-9);
}

// docs/explanation/shock-firms.md: with 5 days of stock the reference network does not come back.
TEST(ShockFirmDays, SaysThatTheDynamicsCollapse) {
    ShockFirmDaysRequest request = reference_request();
    request.stock_days = {5.0};
    const auto answer = shock_firm_days(request);
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->run.collapse);
}

TEST(ShockFirmDays, TakesLossesByNameToo) {
    ShockFirmDaysRequest by_name = reference_request();
    by_name.losses_file.clear();
    const auto from_file = shock_firm_days(reference_request());
    ASSERT_TRUE(from_file);
    for (const shock::FirmLoss& loss : from_file->shock) {
        by_name.losses.push_back({from_file->network.name_of(loss.firm), loss.lost});
    }
    const auto named = shock_firm_days(by_name);
    ASSERT_TRUE(named);
    EXPECT_EQ(named->run.production, from_file->run.production);
}

TEST(ShockFirmDays, RefusesWhatCannotBe) {
    ShockFirmDaysRequest request = reference_request();
    request.losses = {{"nobody", 0.5}};
    EXPECT_EQ(shock_firm_days(request).error().code, ErrorCode::not_found);
    request.losses = {{"1", 1.5}};
    EXPECT_EQ(shock_firm_days(request).error().code, ErrorCode::invalid_argument);
    request = reference_request();
    request.stock_days = {1.0, 2.0};
    EXPECT_EQ(shock_firm_days(request).error().code, ErrorCode::invalid_argument);
    request.stock_days = {0.0};
    EXPECT_EQ(shock_firm_days(request).error().code, ErrorCode::invalid_argument);
    request = reference_request();
    request.restock_days = 0.5;
    EXPECT_EQ(shock_firm_days(request).error().code, ErrorCode::invalid_argument);
    request = reference_request();
    request.final_demand = reference("sf1000_shock.csv");
    EXPECT_FALSE(shock_firm_days(request));  // no such column
}

}  // namespace
}  // namespace adic::app
