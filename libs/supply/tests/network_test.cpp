#include "adic/supply/network.hpp"

#include "adic/base/random.hpp"

#include "drawn_map.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::SupplyMap;
using testing::ElementsAre;

std::vector<std::string> told(const SupplyMap& map, const SupplyNetwork& network) {
    constexpr std::array words{"asked", "below", "above"};
    std::vector<std::string> lines;
    for (const NetworkItem& one : network.items) {
        lines.push_back(
            map.items[one.item].id + ' ' + words[static_cast<std::size_t>(one.side)] + ' '
            + std::to_string(one.tier)
        );
    }
    return lines;
}

TEST(Network, CountsTheFewestNeedsDownAndUp) {
    const SupplyMap map = draw_map(R"(
        fleet <- boat
        boat <- hull, engine
        engine <- magnet
        hull <- plate, magnet
        truck <- engine
    )");
    const MapIndex index{map};
    const std::array from{item(map, "engine")};
    EXPECT_THAT(
        told(map, network_of(index, from, Follow::needs)),
        ElementsAre("engine asked 0", "magnet below 1")
    );
    const SupplyNetwork both = network_of(index, from, Follow::needs_and_users);
    EXPECT_THAT(
        told(map, both),
        ElementsAre(
            "engine asked 0",
            "magnet below 1",
            "boat above 1",
            "truck above 1",
            "fleet above 2"
        )
    );
    EXPECT_EQ(both.needs.size(), 4U);  // the hull is beside the thread, and so are its needs
}

TEST(Network, EndsWhereNeedsGoRoundInACircle) {
    const SupplyMap map = draw_map(R"(
        steel <- power
        power <- turbine
        turbine <- steel
    )");
    const MapIndex index{map};
    const std::array from{item(map, "steel"), item(map, "steel")};
    const SupplyNetwork network = network_of(index, from, Follow::needs_and_users);
    EXPECT_THAT(
        told(map, network),
        ElementsAre("steel asked 0", "power below 1", "turbine below 2")
    );
    EXPECT_EQ(network.needs.size(), 3U);
}

TEST(PictureSupply, KeepsWhatIsUnknownOutOfEveryShare) {
    const SupplyMap map = draw_map(R"(
        gallium from CHN 0.6, JPN 0.1..0.2..0.3, IDN 0.1, USA ?
        bloc ASEAN IDN MYS
    )");
    const MapIndex index{map};
    const SupplyPicture seen = picture_supply(index, item(map, "gallium"), seen_from(map, "ASEAN"));
    EXPECT_NEAR(seen.known_share, 0.9, 1e-12);
    EXPECT_NEAR(seen.inside_share, 0.1, 1e-12);
    EXPECT_NEAR(*seen.concentration, 0.36 + 0.04 + 0.01, 1e-12);
    EXPECT_EQ(seen.largest->state, state(map, "CHN"));
    EXPECT_EQ(seen.origins.front(), state(map, "CHN"));
    EXPECT_EQ(seen.origins.size(), 4U);
    EXPECT_EQ(seen.supplies.size(), 4U);
}

TEST(PictureSupply, NamesNoLargestWhereNobodyKnowsAShare) {
    const SupplyMap map = draw_map("resin from CHN ?, JPN ?");
    const MapIndex index{map};
    const SupplyPicture seen = picture_supply(index, item(map, "resin"), seen_from(map, "nobody"));
    EXPECT_FALSE(seen.largest);
    EXPECT_FALSE(seen.concentration);
    EXPECT_EQ(seen.origins.size(), 2U);
}

/// The least number of needs from the first item, by relaxing every need again and again.
std::map<std::string, std::uint32_t> slowly(const SupplyMap& map, const std::string& top) {
    std::map<std::string, std::uint32_t> tier{{top, 0}};
    for (std::size_t round = 0; round < map.items.size(); ++round) {
        for (const model::Need& need : map.needs) {
            const auto user = tier.find(map.items[map[need.group].item].id);
            if (user == tier.end()) {
                continue;
            }
            const auto [input, is_new] = tier.emplace(map.items[need.input].id, user->second + 1);
            input->second = std::min(input->second, user->second + 1);
        }
    }
    return tier;
}

TEST(Network, AgreesWithTheSlowWayOnRandomMaps) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        RandomStream random(seed, 0);
        std::string picture;
        for (int need = 0; need < 40; ++need) {
            picture += "i" + std::to_string(random.below(20)) + " <- i"
                       + std::to_string(random.below(20)) + '\n';
        }
        const SupplyMap map = draw_map(picture);
        const MapIndex index{map};
        const std::array from{model::ItemIndex{0}};
        std::map<std::string, std::uint32_t> quick;
        for (const NetworkItem& one : network_of(index, from, Follow::needs).items) {
            quick.emplace(map.items[one.item].id, one.tier);
        }
        ASSERT_EQ(quick, slowly(map, map.items[model::ItemIndex{0}].id)) << "seed " << seed;
    }
}

}  // namespace
}  // namespace adic::supply
