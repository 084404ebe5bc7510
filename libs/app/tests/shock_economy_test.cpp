#include "adic/app/shock_economy.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace adic::app {
namespace {

/// Two regions with two sectors each, made up, in the layout of OECD ICIO.
class ShockEconomy : public ::testing::Test {
  public:
    ShockEconomy()
        : file_(
            std::filesystem::temp_directory_path()
            / ("adic_economy_" + std::to_string(getpid()) + ".csv")
        ) {
        std::ofstream(file_) << "V1,IDN_A,IDN_B,MYS_A,MYS_B,IDN_HFCE,MYS_HFCE,OUT\n"
                                "IDN_A,1,2,3,4,9,5,24\nIDN_B,5,6,7,8,20,4,50\n"
                                "MYS_A,0,1,0,2,10,15,28\nMYS_B,2,0,1,0,22,13,38\n";
    }

    ShockEconomy(const ShockEconomy&) = delete;
    ShockEconomy& operator=(const ShockEconomy&) = delete;
    ShockEconomy(ShockEconomy&&) = delete;
    ShockEconomy& operator=(ShockEconomy&&) = delete;

    ~ShockEconomy() override { std::filesystem::remove(file_); }

  protected:
    ShockEconomyRequest request() const {
        ShockEconomyRequest wanted{.table = file_, .losses = {{"IDN B", 0.4}}};
        wanted.day = 3;
        wanted.repair_from = 10;
        wanted.repair_days = 20;
        wanted.options.days = 90;
        return wanted;
    }

    ShockEconomyAnswer answer_to(const ShockEconomyRequest& wanted) const {
        auto answer = shock_economy(wanted);
        EXPECT_TRUE(answer);
        return *std::move(answer);
    }

  private:
    std::filesystem::path file_;
};

TEST_F(ShockEconomy, FollowsALossInATableWithNames) {
    const ShockEconomyAnswer answer = answer_to(request());
    EXPECT_EQ(answer.layout, ingest::TableLayout::by_code);
    ASSERT_EQ(answer.run.days(), 90U);
    // On the day of the loss 40 % of the capacity of 50 / 365 a day is gone.
    EXPECT_NEAR(answer.run.on_day(3)[1], 0.6 * 50.0 / 365.0, 1e-12);
    EXPECT_EQ(answer.industries.front().industry, 1U);
    EXPECT_FALSE(answer.industries.front().highest_price);
}

TEST_F(ShockEconomy, RebuildsWithWhatSectorsMake) {
    ShockEconomyRequest wanted = request();
    wanted.rebuilding = {{"A", 0.25}, {"B", 0.75}};
    const ShockEconomyAnswer answer = answer_to(wanted);
    // Four years of value added: 50 less what it buys (2 + 6 + 1 + 0 = 9), of which 40 % are lost.
    EXPECT_NEAR(answer.run.capital_lost[4], 0.4 * 4.0 * 41.0, 1e-9);
    EXPECT_LT(answer.run.capital_lost.back(), answer.run.capital_lost[4]);
    EXPECT_GT(answer.run.capital_lost.back(), 0.0);  // goods have to arrive first
}

TEST_F(ShockEconomy, RaisesPricesOfWhatIsShort) {
    ShockEconomyRequest wanted = request();
    wanted.options.price_rise = 0.5;
    const ShockEconomyAnswer answer = answer_to(wanted);
    ASSERT_TRUE(answer.industries.front().highest_price);
    EXPECT_GT(*answer.industries.front().highest_price, 1.05);
    EXPECT_LE(*answer.industries.front().highest_price, 1.5);
}

TEST_F(ShockEconomy, ChangesDemandForAWhile) {
    ShockEconomyRequest wanted = request();
    wanted.losses = {};
    wanted.demand = {{"MYS", 0.5, 2, 4}};
    const ShockEconomyAnswer answer = answer_to(wanted);
    const auto made = [&](std::size_t day) { return answer.run.on_day(day)[3] * 365.0; };
    EXPECT_NEAR(made(1), 38.0, 1e-9);
    EXPECT_NEAR(made(2), 38.0 - 0.5 * 35.0, 1e-6);  // its own demand of 35 is halved
    EXPECT_GT(made(4), made(3) + 10.0);
    wanted.demand = {{"MYS", 1.0, 0, 90}};
    EXPECT_NEAR(answer_to(wanted).run.days_of_output_lost(), 0.0, 1e-9);
}

TEST_F(ShockEconomy, RefusesWhatCannotBe) {
    struct Case {
        const char* name;
        std::function<void(ShockEconomyRequest&)> change;
        ErrorCode code;
    };

    const std::vector<Case> cases{
        {"no such industry",
         [](auto& r) {
             r.losses = {{"IDN C", 0.4}};
         },
         ErrorCode::not_found},
        {"a loss above all", [](auto& r) { r.losses[0].lost = 1.1; }, ErrorCode::invalid_argument},
        {"repair before the loss", [](auto& r) { r.repair_from = 2; }, ErrorCode::invalid_argument},
        {"a region rebuilds",
         [](auto& r) {
             r.rebuilding = {{"IDN", 1.0}};
         },
         ErrorCode::not_found},
        {"parts below 1",
         [](auto& r) {
             r.rebuilding = {{"A", 0.5}};
         },
         ErrorCode::invalid_argument},
        {"demand below 0",
         [](auto& r) {
             r.demand = {{"A", -1.0}};
         },
         ErrorCode::invalid_argument},
        {"three values for two sectors",
         [](auto& r) {
             r.options.restock_days = {9.0, 9.0, 9.0};
         },
         ErrorCode::invalid_argument},
        {"no stock is wanted",
         [](auto& r) { r.options.stock_days = {0.0}; },
         ErrorCode::invalid_argument},
        {"capacity below the usual",
         [](auto& r) { r.options.capacity_most = {0.9}; },
         ErrorCode::invalid_argument},
        {"prices fall", [](auto& r) { r.options.price_rise = -1.0; }, ErrorCode::invalid_argument},
    };
    for (const Case& c : cases) {
        ShockEconomyRequest wanted = request();
        c.change(wanted);
        const auto answer = shock_economy(wanted);
        ASSERT_FALSE(answer) << c.name;
        EXPECT_EQ(answer.error().code, c.code) << c.name;
    }
}

}  // namespace
}  // namespace adic::app
