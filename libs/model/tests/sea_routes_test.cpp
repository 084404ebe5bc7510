#include "adic/model/sea_routes.hpp"

#include <gtest/gtest.h>

namespace adic::model {
namespace {

TEST(SeaRoutes, FindsARouteByItsEndsInAnyOrderOfTheFile) {
    const SeaRoutes routes{
        {{"malacca", "Malacca Strait"}},
        {{"SAU", "VNM", 11.0}, {"CHN", "SGP", 6.0}, {"CHN", "IDN", 7.5}}};
    ASSERT_NE(routes.find("CHN", "IDN"), nullptr);
    EXPECT_EQ(routes.find("CHN", "IDN")->days, 7.5);
    EXPECT_EQ(routes.find("SAU", "VNM")->days, 11.0);
    EXPECT_EQ(routes.find("VNM", "SAU"), nullptr);  // a way is not its way back
    EXPECT_EQ(routes.find("ZZZ", "ZZZ"), nullptr);
    EXPECT_EQ(SeaRoutes{}.find("CHN", "IDN"), nullptr);
    EXPECT_TRUE(routes.knows_chokepoint("malacca"));
    EXPECT_FALSE(routes.knows_chokepoint("suez"));
}

}  // namespace
}  // namespace adic::model
