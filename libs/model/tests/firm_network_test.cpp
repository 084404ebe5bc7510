#include "adic/model/firm_network.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace adic::model {
namespace {

TEST(FirmNetwork, StandsBySupplierAndAddsUpLinksOfOnePair) {
    const FirmNetwork network(
        {"yard", "steel", "engines"},
        {0, 1, 1},
        2,
        {InputClass::none, InputClass::none, InputClass::essential, InputClass::non_essential},
        {{1, 0, 5.0}, {2, 0, 4.0}, {1, 2, 1.0}, {1, 0, 2.0}}
    );
    const std::vector<FirmLink> links(network.links().begin(), network.links().end());
    EXPECT_EQ(links, (std::vector<FirmLink>{{1, 0, 7.0}, {1, 2, 1.0}, {2, 0, 4.0}}));
    EXPECT_TRUE(network.sales_of(0).empty());
    EXPECT_EQ(network.sales_of(1).size(), 2U);
    EXPECT_EQ(network.class_of(1, 0), InputClass::essential);
    EXPECT_EQ(network.class_of(1, 1), InputClass::non_essential);
}

TEST(FirmNetwork, OfNobodyIsEmpty) {
    const FirmNetwork network;
    EXPECT_EQ(network.firms(), 0U);
    EXPECT_TRUE(network.links().empty());
}

}  // namespace
}  // namespace adic::model
