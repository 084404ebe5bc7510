#include "adic/shock/remedies/second_source.hpp"

#include "dynamics/maps.hpp"

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::ItemIndex;
using model::StateIndex;

/// i0 is asked about and made of i1 and i2; i3 has its HS heading; i4 is made of i1; i5 of neither.
/// States 1 to 5 inside, 0 and 6 outside.
TEST(SecondSources, AreThoseWithTheStrongestReasonFirst) {
    test::MapMaker maker(6, 7);
    maker.add_needs(0, {.inputs = {1}});
    maker.add_needs(0, {.inputs = {2}});
    maker.add_needs(4, {.inputs = {1}});
    maker.add_needs(5, {.inputs = {3}});
    maker.add_supply(0, 0, Estimate::exactly(0.8));
    maker.add_supply(0, 1, Estimate::exactly(0.05));
    maker.add_supply(0, 2, Estimate::exactly(0.1));
    maker.add_supply(0, 5, Estimate::exactly(0.0));
    maker.add_supply(3, 3, Estimate::exactly(0.5));
    maker.add_supply(3, 1, Estimate::exactly(0.9));
    maker.add_supply(4, 4, std::nullopt);
    maker.add_supply(4, 6, std::nullopt);
    maker.add_supply(5, 5, Estimate::exactly(0.9));
    model::SupplyMap map = maker.map();
    for (const auto& [item, code] :
         {std::pair{0U, "854231"}, std::pair{3U, "854239"}, std::pair{5U, "85"}}) {
        map.codes.push_back({ItemIndex{item}, "HS", code, model::ProvenanceIndex{0}});
    }
    const supply::MapIndex index(map);
    const supply::Viewpoint inside{"five", {false, true, true, true, true, true, false}, {}};
    const auto found = list_second_sources(index, inside, ItemIndex{0});
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].state, StateIndex{2});
    EXPECT_EQ(found[0].evidence, SourceEvidence::supplies_it);
    EXPECT_EQ(found[0].share, 0.1);
    EXPECT_EQ(found[1].state, StateIndex{1});
    EXPECT_EQ(found[1].evidence, SourceEvidence::supplies_it) << "not the weaker reason";
    EXPECT_EQ(found[2].state, StateIndex{3});
    EXPECT_EQ(found[2].evidence, SourceEvidence::same_heading);
    EXPECT_EQ(found[2].by, ItemIndex{3});
    EXPECT_EQ(found[3].state, StateIndex{4});
    EXPECT_EQ(found[3].evidence, SourceEvidence::same_inputs);
    EXPECT_FALSE(found[3].share);
}

TEST(SecondSources, AreNoneWhereTheMapKnowsNobody) {
    test::MapMaker maker(1, 2);
    maker.add_supply(0, 1, Estimate::exactly(1));
    const supply::MapIndex index(maker.map());
    EXPECT_TRUE(list_second_sources(index, {"one", {true, false}, {}}, ItemIndex{0}).empty());
}

}  // namespace
}  // namespace adic::shock
