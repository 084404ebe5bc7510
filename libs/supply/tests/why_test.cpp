#include "adic/supply/why.hpp"

#include "drawn_map.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::SupplyMap;

/// One link a line: depth, item, and the reason in words.
std::vector<std::string> told(
    const SupplyMap& map,
    std::string_view top,
    const std::vector<FailureSubject>& failed,
    const FailureOptions& options = {}
) {
    struct Reason {
        const SupplyMap* map;

        std::string operator()(const NeedNotMet& unmet) const {
            std::string text = " needs";
            for (const std::uint32_t need : unmet.needs) {
                text += " " + map->items[map->needs[need].input].id;
            }
            return text;
        }

        std::string operator()(const ShortOfSupply& shortage) const {
            std::string text = " loses";
            for (const std::uint32_t row : shortage.supplies) {
                text += " " + map->states[*map->supplies[row].origin].id;
            }
            return text + " " + std::to_string(shortage.lost).substr(0, 4);
        }

        std::string operator()(Assumed) const { return " assumed"; }
    };

    const MapIndex index{map};
    const Viewpoint nobody = seen_from(map, "nobody");
    std::vector<std::string> lines;
    for (const WhyLink& link : why(index, nobody, item(map, top), failed, options)) {
        lines.push_back(
            std::to_string(link.depth) + " " + map.items[link.item].id
            + std::visit(Reason{&map}, link.because) + (link.told_above ? " (above)" : "")
        );
    }
    return lines;
}

TEST(Why, FollowsTheShortestChainFromTheItemToTheSupplier) {
    const SupplyMap map = draw_map(R"(
        drone <- frame, motor
        motor <- winding, magnet
        magnet <- alloy
        alloy <- neodymium
        winding <- wire
        wire <- alloy
        neodymium from CHN 0.7, AUS 0.3
    )");
    EXPECT_THAT(
        told(map, "drone", {state(map, "CHN")}),
        testing::ElementsAre(
            "0 drone needs motor",
            "1 motor needs magnet",
            "2 magnet needs alloy",
            "3 alloy needs neodymium",
            "4 neodymium loses CHN 0.70"
        )
    );
    EXPECT_THAT(told(map, "drone", {state(map, "AUS")}), testing::IsEmpty());
}

TEST(Why, TellsEveryAlternativeAndRepeatsNoChain) {
    const SupplyMap map = draw_map(R"(
        radio <- battery | fuel_cell
        battery <- foil
        fuel_cell <- foil
        foil from JPN 0.5, KOR 0.3
    )");
    EXPECT_THAT(
        told(map, "radio", {state(map, "JPN"), state(map, "KOR")}),
        testing::ElementsAre(
            "0 radio needs battery fuel_cell",
            "1 battery needs foil",
            "2 foil loses JPN KOR 0.80",
            "1 fuel_cell needs foil",
            "2 foil loses JPN KOR 0.80 (above)"
        )
    );
}

TEST(Why, NamesTheFewestAlternativesThatMustFail) {
    const SupplyMap map = draw_map(R"(
        boat <- 2: radar | sonar | camera
        radar from A 1
        sonar from A 1
        camera from A 1
    )");
    EXPECT_THAT(
        told(map, "boat", {state(map, "A")}),
        testing::ElementsAre(
            "0 boat needs radar sonar",
            "1 radar loses A 1.00",
            "1 sonar loses A 1.00"
        )
    );
}

TEST(Why, TakesItemsAndOrganisationsAsFailures) {
    const SupplyMap map = draw_map(R"(
        board <- chip, resin
        chip from TWN/tsmc 0.8
        resin from JPN 1
    )");
    EXPECT_THAT(
        told(map, "board", {item(map, "resin")}),
        testing::ElementsAre("0 board needs resin", "1 resin assumed")
    );
    EXPECT_THAT(
        told(map, "board", {*map.organisations.find("tsmc")}),
        testing::ElementsAre("0 board needs chip", "1 chip loses TWN 0.80")
    );
}

TEST(Why, SaysWhatIsLostAtMostWhenSharesAreUnknown) {
    const SupplyMap map = draw_map("cell from CHN 0.3, KOR 0.1");
    EXPECT_THAT(
        told(map, "cell", {state(map, "CHN")}, {.completion = Completion::possible}),
        testing::ElementsAre("0 cell loses CHN 0.90")
    );
}

TEST(Why, EndsInACircle) {
    const SupplyMap map = draw_map(R"(
        steel <- machine_tool
        machine_tool <- steel, spindle
        spindle from JPN 1
    )");
    EXPECT_THAT(
        told(map, "steel", {state(map, "JPN")}),
        testing::ElementsAre(
            "0 steel needs machine_tool",
            "1 machine_tool needs spindle",
            "2 spindle loses JPN 1.00"
        )
    );
}

}  // namespace
}  // namespace adic::supply
