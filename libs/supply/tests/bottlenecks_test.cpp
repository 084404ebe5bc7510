#include "adic/supply/bottlenecks.hpp"

#include "adic/base/random.hpp"

#include "drawn_map.hpp"
#include "shortage_probability.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::SupplyMap;

BottleneckRanking rank(
    const SupplyMap& map,
    std::string_view viewpoint,
    const std::vector<std::string>& targets,
    const BottleneckOptions& options = {}
) {
    const MapIndex index{map};
    std::vector<model::ItemIndex> items;
    for (const std::string& target : targets) {
        items.push_back(item(map, target));
    }
    return rank_bottlenecks(index, seen_from(map, viewpoint), items, options);
}

std::vector<std::string> names(const SupplyMap& map, const BottleneckRanking& ranking) {
    std::vector<std::string> ids;
    for (const Bottleneck& bottleneck : ranking.bottlenecks) {
        ids.push_back(map.items[bottleneck.item].id);
    }
    return ids;
}

const char* const drawing = R"(
    bloc ASEAN IDN
    drone <- motor, cell
    radio <- cell, gps | glonass
    motor <- magnet
    magnet from CHN 0.9, JPN 0.1
    cell from CHN 0.5, KOR 0.3, JPN 0.2
    gps from USA 1
    glonass from RUS 1
    tin from IDN 0.7, CHN 0.3
    radio <- tin, resin
    hazard CHN 0.05..0.1..0.2
    hazard JPN 0.01
    hazard KOR 0.02
    hazard USA 0.05
    hazard RUS 0.3
    hazard IDN 0.05
)";

TEST(Bottlenecks, AreOrderedByExpectedStopsAndShowTheirFactors) {
    const SupplyMap map = draw_map(drawing);
    const BottleneckRanking ranking = rank(map, "ASEAN", {"drone", "radio"});
    // magnet stops one item, when China fails: 0.1. cell stops both, when China and another fail:
    // 0.1 (1 - 0.98 0.99) = 0.00298, twice. A radio lives with gps or glonass.
    ASSERT_THAT(names(map, ranking), testing::ElementsAre("magnet", "cell"));
    const Bottleneck& magnet = ranking.bottlenecks[0];
    EXPECT_THAT(magnet.stops, testing::ElementsAre(item(map, "drone")));
    EXPECT_EQ(magnet.states_to_stop, 1U);
    ASSERT_TRUE(magnet.largest.has_value());
    EXPECT_EQ(magnet.largest->state, state(map, "CHN"));
    EXPECT_NEAR(magnet.concentration, 0.82, 1e-12) << "0.9^2 + 0.1^2";
    ASSERT_TRUE(magnet.stop_probability.has_value());
    EXPECT_NEAR(magnet.stop_probability->low(), 0.05, 1e-12);
    EXPECT_NEAR(magnet.stop_probability->likely(), 0.1, 1e-12);
    EXPECT_NEAR(magnet.stop_probability->high(), 0.2, 1e-12);
    const Bottleneck& cell = ranking.bottlenecks[1];
    EXPECT_EQ(cell.states_to_stop, 2U);
    EXPECT_NEAR(cell.expected_stops->likely(), 2 * 0.1 * (1 - 0.98 * 0.99), 1e-12);
    EXPECT_NEAR(cell.inside_share, 0.0, 1e-12);
    EXPECT_EQ(magnet.rank, 1U);
    EXPECT_EQ(magnet.rank_from, 1U);
    EXPECT_EQ(magnet.rank_to, 1U) << "no uncertainty turns 0.05 against 0.012";
}

TEST(Bottlenecks, DependOnWhoIsInside) {
    const SupplyMap map = draw_map(drawing);
    EXPECT_THAT(names(map, rank(map, "ASEAN", {"radio"})), testing::Not(testing::Contains("tin")));
    const BottleneckRanking outside = rank(map, "nobody", {"radio"});
    ASSERT_THAT(names(map, outside), testing::Contains("tin"));
    EXPECT_EQ(outside.bottlenecks[0].states_to_stop, 1U);
}

TEST(Bottlenecks, CallAnItemWithoutKnownSuppliersABlindSpot) {
    const SupplyMap map = draw_map(drawing);
    const BottleneckRanking ranking = rank(map, "ASEAN", {"drone", "radio"});
    std::vector<std::string> blind;
    for (const BlindSpot& spot : ranking.blind_spots) {
        blind.push_back(map.items[spot.item].id);
    }
    EXPECT_THAT(blind, testing::UnorderedElementsAre("drone", "radio", "motor", "resin"));
}

TEST(Bottlenecks, WithoutHazardsAreOrderedByWhatIsKnown) {
    const SupplyMap map = draw_map(R"(
        a <- x, y
        b <- x, y
        x from CHN 0.5, USA 0.5
        y from CHN 0.7, USA 0.3
    )");
    const BottleneckRanking ranking = rank(map, "nobody", {"a", "b"});
    EXPECT_THAT(names(map, ranking), testing::ElementsAre("y", "x")) << "one state before two";
    EXPECT_FALSE(ranking.bottlenecks[0].stop_probability.has_value()) << "unknown is not zero";
}

TEST(Bottlenecks, ShowHowFarTheRankMovesWhenInputsAreUncertain) {
    const SupplyMap map = draw_map(R"(
        a <- x, y
        x from CHN 0.55..0.7..0.8, USA 0.2
        y from RUS 0.7
        hazard CHN 0.01..0.05..0.2
        hazard USA 0.01
        hazard RUS 0.01..0.04..0.2
    )");
    const BottleneckRanking ranking = rank(map, "nobody", {"a"});
    for (const Bottleneck& bottleneck : ranking.bottlenecks) {
        EXPECT_EQ(bottleneck.rank_from, 1U);
        EXPECT_EQ(bottleneck.rank_to, 2U);
    }
    const BottleneckRanking again = rank(map, "nobody", {"a"});
    EXPECT_EQ(again.bottlenecks[0].rank_to, ranking.bottlenecks[0].rank_to);
}

TEST(Bottlenecks, BoundTheProbabilityOfEveryCompletion) {
    const SupplyMap map = draw_map(R"(
        x from CHN 0.3, USA 0.2
        hazard CHN 0.1
        hazard USA 0.2
    )");
    const BottleneckRanking ranking = rank(map, "nobody", {"x"});
    ASSERT_EQ(ranking.bottlenecks.size(), 1U);
    const Bottleneck& x = ranking.bottlenecks[0];
    EXPECT_NEAR(x.stop_probability->low(), 0.0, 1e-12) << "half of it may be with nobody who fails";
    EXPECT_NEAR(x.stop_probability->high(), 1 - 0.9 * 0.8, 1e-12) << "or all with one who does";
    EXPECT_FALSE(x.states_to_stop.has_value());
    EXPECT_EQ(x.states_to_stop_possible, 1U);
}

/// Sum over all subsets: an independent reading of the same probability.
double by_enumeration(const std::vector<LossTerm>& terms, double limit) {
    double probability = 0.0;
    for (std::uint32_t subset = 0; subset < (1U << terms.size()); ++subset) {
        double chance = 1.0;
        double lost = 0.0;
        for (std::size_t t = 0; t < terms.size(); ++t) {
            const bool fails = (subset >> t & 1U) != 0;
            chance *= fails ? terms[t].probability : 1.0 - terms[t].probability;
            lost += fails ? terms[t].weight : 0.0;
        }
        probability += lost > limit + 1e-9 ? chance : 0.0;
    }
    return probability;
}

TEST(ShortageProbability, AgreesWithTheSumOverAllSubsets) {
    ShortageProbability shortage;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        RandomStream random{seed, 3};
        std::vector<LossTerm> terms(1 + random.below(10));
        for (LossTerm& term : terms) {
            term = {static_cast<double>(random.below(400)) / 1000.0, random.uniform()};
        }
        const double limit = static_cast<double>(random.below(1000)) / 1000.0;
        EXPECT_NEAR(shortage(terms, limit), by_enumeration(terms, limit), 1e-12) << seed;
    }
}

TEST(ShortageProbability, GrowsWithEveryProbability) {
    ShortageProbability shortage;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        RandomStream random{seed, 4};
        std::vector<LossTerm> terms(2 + random.below(20));
        for (LossTerm& term : terms) {
            term = {random.uniform() / 4.0, 0.5 * random.uniform()};
        }
        const double before = shortage(terms, 0.65);
        terms[random.below(terms.size())].probability += 0.3;
        EXPECT_GE(shortage(terms, 0.65), before - 1e-15) << seed;
    }
}

}  // namespace
}  // namespace adic::supply
