#include "adic/supply/map_index.hpp"

#include "drawn_map.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::Market;
using model::SupplyMap;

TEST(Viewpoint, ReadsStatesBlocsAndCoalitions) {
    const SupplyMap map = draw_map(R"(
        bloc ASEAN IDN MYS
        x from USA 1
    )");
    EXPECT_THAT(seen_from(map, "ASEAN").inside, testing::ElementsAre(true, true, false));
    EXPECT_THAT(seen_from(map, "MYS+USA").inside, testing::ElementsAre(false, true, true));
    EXPECT_THAT(seen_from(map, "nobody").inside, testing::ElementsAre(false, false, false));
}

TEST(Viewpoint, LooksAtItsOwnMarketFirst) {
    const SupplyMap map = draw_map(R"(
        bloc ASEAN IDN MYS
        x from USA 1
    )");
    const Market asean{model::BlocIndex{0}};
    const Market indonesia{state(map, "IDN")};
    const Market world{};
    EXPECT_THAT(seen_from(map, "ASEAN").markets, testing::ElementsAre(asean, world));
    EXPECT_THAT(seen_from(map, "IDN+MYS").markets, testing::ElementsAre(asean, world));
    EXPECT_THAT(seen_from(map, "IDN").markets, testing::ElementsAre(indonesia, world));
    EXPECT_THAT(seen_from(map, "IDN+USA").markets, testing::ElementsAre(world));
}

TEST(Viewpoint, NamesTheNearestWhenItDoesNotKnowOne) {
    const SupplyMap map = draw_map("bloc ASEAN IDN MYS");
    const auto missing = parse_viewpoint(map, "ASEEN");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    EXPECT_THAT(missing.error().message, testing::HasSubstr("did you mean 'ASEAN'?"));
    EXPECT_FALSE(parse_viewpoint(map, ""));
    EXPECT_FALSE(parse_viewpoint(map, "IDN+"));
}

TEST(MapIndex, FindsTheRowsOfEachTable) {
    const SupplyMap map = draw_map(R"(
        boat <- hull, diesel | outboard
        hull from CHN 0.5, IDN 0.5
        diesel from DEU 1
    )");
    const MapIndex index{map};
    EXPECT_THAT(index.groups_of(item(map, "boat")), testing::ElementsAre(0, 1));
    EXPECT_THAT(index.groups_of(item(map, "hull")), testing::IsEmpty());
    EXPECT_THAT(index.needs_of(model::GroupIndex{1}), testing::ElementsAre(1, 2));
    EXPECT_THAT(index.uses_of(item(map, "outboard")), testing::ElementsAre(2));
    EXPECT_THAT(index.supplies_of(item(map, "hull")), testing::ElementsAre(0, 1));
    EXPECT_THAT(index.supplies_of(item(map, "outboard")), testing::IsEmpty());
}

TEST(MapIndex, SeesTheFirstMarketThatHasSupplies) {
    SupplyMap map = draw_map(R"(
        x from CHN 0.9, USA 0.1
        bloc ASEAN IDN MYS
    )");
    model::Supply own = map.supplies[0];
    own.market = Market{state(map, "IDN")};
    map.supplies.push_back(own);
    const MapIndex index{map};
    EXPECT_THAT(
        index.supplies_seen(item(map, "x"), seen_from(map, "IDN")),
        testing::ElementsAre(2)
    );
    EXPECT_THAT(
        index.supplies_seen(item(map, "x"), seen_from(map, "ASEAN")),
        testing::ElementsAre(0, 1)
    );
}

TEST(MapIndex, GivesTheNewestFigureAndTheLaterRowAmongEquals) {
    SupplyMap map = draw_map("x from CHN 1");
    const auto add_figure = [&](model::Subject subject, const char* period, double value) {
        const model::ProvenanceIndex provenance{static_cast<std::uint32_t>(map.provenances.size())};
        map.provenances.push_back(map.provenances[0]);
        map.provenances.back().period = *model::parse_period(period);
        map.figures.push_back({subject, "wgi", Estimate::exactly(value), "", provenance});
    };
    add_figure(state(map, "CHN"), "2021", 1.0);
    add_figure(state(map, "CHN"), "2022", 2.0);
    add_figure(state(map, "CHN"), "2022", 3.0);
    add_figure(state(map, "CHN"), "2020", 4.0);
    add_figure(item(map, "x"), "2024", 5.0);
    const MapIndex index{map};
    ASSERT_NE(index.figure(state(map, "CHN"), "wgi"), nullptr);
    EXPECT_EQ(index.figure(state(map, "CHN"), "wgi")->value.likely(), 3.0);
    EXPECT_EQ(index.figure(item(map, "x"), "wgi")->value.likely(), 5.0);
    EXPECT_EQ(index.figure(item(map, "x"), "price"), nullptr);
}

}  // namespace
}  // namespace adic::supply
