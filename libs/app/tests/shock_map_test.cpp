#include "adic/app/shock_map.hpp"

#include "adic/app/opened_map.hpp"
#include "adic/app/run_scenario.hpp"

#include <filesystem>

#include <gtest/gtest.h>

namespace adic::app {
namespace {

std::filesystem::path data() {
    return std::filesystem::path(ADIC_SOURCE_DIR) / "data";
}

class ShockedSample : public ::testing::Test {
  protected:
    ShockedSample() : opened_(*open_map(data() / "sample")) {
        request_.scenario = *find_scenario(data(), "heavy-rare-earths-2025");
        request_.data = data();
        request_.viewpoint = *supply::parse_viewpoint(opened_->map(), "ASEAN");
        request_.targets = {*opened_->map().items.find("relief-drone")};
        request_.options.usual.cover_days = 7;
        request_.weeks = 30;
    }

    ItemUnderShock drone() const { return shock_map(opened_->index(), request_)->items.front(); }

    std::unique_ptr<const OpenedMap> opened_;
    ShockMapRequest request_;
};

/// (D15) by hand: with a rise of 2 an item of which nothing can be had costs three times as much.
TEST_F(ShockedSample, CostsMoreTheLessOfItCanBeHadAndIsHadAllTheSame) {
    const ItemUnderShock before = drone();
    request_.price_rise = 2.0;
    const ItemUnderShock after = drone();
    ASSERT_EQ(before.weeks.size(), 30U);
    bool was_dear = false;
    for (std::size_t week = 0; week < before.weeks.size(); ++week) {
        EXPECT_EQ(before.weeks[week].output, after.weeks[week].output);
        EXPECT_EQ(before.weeks[week].price, Estimate::exactly(1));
        const double part = std::min(1.0, after.weeks[week].output.likely());
        EXPECT_DOUBLE_EQ(after.weeks[week].price.likely(), 1.0 + 2.0 * (1.0 - part));
        EXPECT_LE(after.weeks[week].price.low(), after.weeks[week].price.likely());
        was_dear = was_dear || after.weeks[week].price.likely() == 3.0;
    }
    EXPECT_TRUE(was_dear);
}

TEST_F(ShockedSample, IsShortLaterWithMoreInStore) {
    const auto first = drone().first_reduced;
    request_.options.usual.cover_days = 60;
    const auto later = drone().first_reduced;
    ASSERT_TRUE(first);
    EXPECT_TRUE(!later || *later > *first);
}

}  // namespace
}  // namespace adic::app
