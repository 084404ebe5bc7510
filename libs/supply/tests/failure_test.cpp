#include "adic/supply/failure.hpp"

#include "adic/base/random.hpp"

#include "drawn_map.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::SupplyMap;

/// Whether `top` stops when these events (by name, "state:CHN") happen.
bool stops(
    const SupplyMap& map,
    std::string_view viewpoint,
    std::string_view top,
    const std::set<std::string>& failed,
    const FailureOptions& options = {}
) {
    const MapIndex index{map};
    const Viewpoint seen = seen_from(map, viewpoint);
    const FailureModel model = failure_model(index, seen, item(map, top), options);
    std::vector<bool> events;
    for (const auto& event : model.tree.events) {
        events.push_back(failed.contains(event.name));
    }
    return failure_rounds(model.tree, events)[model.tree.top].has_value();
}

TEST(Failure, NeedsAllGroupsAndAnyAlternative) {
    const SupplyMap map = draw_map(R"(
        boat <- hull, diesel | outboard
        hull from CHN 1
        diesel from DEU 1
        outboard from JPN 1
    )");
    EXPECT_TRUE(stops(map, "nobody", "boat", {"state:CHN"}));
    EXPECT_FALSE(stops(map, "nobody", "boat", {"state:DEU"}));
    EXPECT_TRUE(stops(map, "nobody", "boat", {"state:DEU", "state:JPN"}));
}

TEST(Failure, TakesSoManyOfAGroup) {
    const SupplyMap map = draw_map(R"(
        boat <- 2: radar | sonar | camera
        radar from A 1
        sonar from B 1
        camera from C 1
    )");
    EXPECT_FALSE(stops(map, "nobody", "boat", {"state:A"}));
    EXPECT_TRUE(stops(map, "nobody", "boat", {"state:A", "state:C"}));
}

TEST(Failure, IsShortBelowTheEnoughLevelAndNotAtIt) {
    const SupplyMap map = draw_map(R"(
        magnet from CHN 0.65, JPN 0.35
        wire from CHN 0.66, JPN 0.34
        enough strict 0.5
        strict from CHN 0.51, JPN 0.49
    )");
    EXPECT_FALSE(stops(map, "nobody", "magnet", {"state:CHN"})) << "0.35 is left, and is enough";
    EXPECT_TRUE(stops(map, "nobody", "wire", {"state:CHN"})) << "0.34 is left";
    EXPECT_TRUE(stops(map, "nobody", "strict", {"state:CHN"})) << "its own level is 0.5";
}

TEST(Failure, LeavesWhatIsInsideAlone) {
    const SupplyMap map = draw_map(R"(
        bloc ASEAN IDN MYS
        nickel from IDN 0.7, CHN 0.3
    )");
    EXPECT_TRUE(stops(map, "nobody", "nickel", {"state:IDN"}));
    EXPECT_FALSE(stops(map, "ASEAN", "nickel", {"state:IDN", "state:CHN"}));
    EXPECT_TRUE(stops(map, "MYS", "nickel", {"state:IDN"}));
}

TEST(Failure, NeedsNoEquipmentWhenItIsLeftOutAndNeverWhatIsNotEssential) {
    const SupplyMap map = draw_map(R"(
        shaft <= lathe
        shaft <~ paint
        lathe from JPN 1
        paint from DEU 1
    )");
    EXPECT_TRUE(stops(map, "nobody", "shaft", {"state:JPN"}));
    EXPECT_FALSE(stops(map, "nobody", "shaft", {"state:JPN"}, {.equipment = Equipment::left_out}));
    EXPECT_FALSE(stops(map, "nobody", "shaft", {"state:DEU"}));
}

TEST(Failure, CarriesUnknownSharesAsCertainLikelyAndPossible) {
    const SupplyMap map = draw_map(R"(
        known from CHN 0.6..0.7..0.8, USA 0.1
        mostly_unknown from CHN 0.2, USA 0.1
        origin_only from CHN ?
    )");
    const FailureOptions certain{.completion = Completion::certain};
    const FailureOptions possible{.completion = Completion::possible};
    // At most 0.8 and at least 0.6 is lost: certain needs more than 0.65.
    EXPECT_FALSE(stops(map, "nobody", "known", {"state:CHN"}, certain));
    EXPECT_TRUE(stops(map, "nobody", "known", {"state:CHN"}));
    EXPECT_TRUE(stops(map, "nobody", "known", {"state:CHN"}, possible));
    EXPECT_FALSE(stops(map, "nobody", "mostly_unknown", {"state:CHN", "state:USA"}));
    EXPECT_TRUE(stops(map, "nobody", "mostly_unknown", {"state:USA"}, possible))
        << "only 0.2 survives for sure";
    EXPECT_FALSE(stops(map, "nobody", "origin_only", {"state:CHN"}));
    EXPECT_TRUE(stops(map, "nobody", "origin_only", {"state:CHN"}, possible));
    EXPECT_FALSE(stops(map, "nobody", "origin_only", {}, possible)) << "nothing fails by itself";
}

TEST(Failure, OfACircleIsWellFounded) {
    const SupplyMap map = draw_map(R"(
        steel <- ore
        steel <= machine_tool
        machine_tool <- steel, spindle
        ore from AUS 1
        spindle from JPN 1
    )");
    EXPECT_FALSE(stops(map, "nobody", "steel", {})) << "the circle does not declare itself failed";
    EXPECT_TRUE(stops(map, "nobody", "steel", {"state:JPN"}));
    EXPECT_TRUE(stops(map, "nobody", "machine_tool", {"state:AUS"}));
}

TEST(Failure, TellsSuppliersFromStates) {
    const SupplyMap map = draw_map(R"(
        chip from TWN/tsmc 0.6, TWN/umc 0.1, USA 0.3
        wafer from TWN/tsmc 0.9
        board <- chip, wafer
    )");
    const FailureOptions by_supplier{.events = {.states = false, .suppliers = true}};
    EXPECT_FALSE(stops(map, "nobody", "chip", {"organisation:tsmc"}, by_supplier));
    EXPECT_TRUE(stops(map, "nobody", "chip", {"organisation:tsmc", "organisation:umc"}, by_supplier)
    );
    EXPECT_TRUE(stops(map, "nobody", "board", {"organisation:tsmc"}, by_supplier))
        << "one firm, two items";
    EXPECT_TRUE(stops(map, "nobody", "chip", {"organisation:tsmc", "supply:chip@USA"}, by_supplier)
    );
    const FailureOptions both{.events = {.states = true, .suppliers = true}};
    EXPECT_TRUE(stops(map, "nobody", "chip", {"state:TWN"}, both));
    EXPECT_TRUE(stops(map, "nobody", "chip", {"organisation:tsmc", "state:USA"}, both));
}

TEST(Failure, TakesProbabilitiesFromHazardsAndCountsCoverage) {
    const SupplyMap map = draw_map(R"(
        boat <- engine, sail
        engine from DEU 0.7, USA 0.3
        hazard DEU 0.01..0.02..0.05
    )");
    const MapIndex index{map};
    const Viewpoint nobody = seen_from(map, "nobody");
    const FailureModel model = failure_model(index, nobody, item(map, "boat"), {});
    ASSERT_EQ(model.tree.events.size(), 2U);
    ASSERT_TRUE(model.tree.events[0].probability.has_value());
    EXPECT_EQ(*model.tree.events[0].probability, *Estimate::create(0.01, 0.02, 0.05));
    EXPECT_FALSE(model.tree.events[1].probability.has_value()) << "unknown is not zero";
    EXPECT_EQ(model.items, 3U);
    EXPECT_EQ(model.items_with_shares, 1U);
}

/// A small random map with alternatives, votes, unknown shares and circles.
std::string random_picture(std::uint64_t seed) {
    RandomStream random{seed, 7};
    std::string picture = "bloc IN A\ni0 <~ i1\n";
    const auto name = [](std::uint64_t i) { return "i" + std::to_string(i); };
    for (std::uint64_t i = 0; i < 7; ++i) {
        const std::uint64_t groups = random.below(3);
        for (std::uint64_t g = 0; g < groups; ++g) {
            const std::uint64_t first = random.below(7);
            const std::uint64_t second = (first + 1 + random.below(6)) % 7;
            picture += name(i) + " <- " + (random.below(3) == 0 ? "2: " : "") + name(first) + " | "
                       + name(second) + "\n";
        }
        if (random.below(4) != 0) {
            for (const char* origin : {"A", "B", "C", "D"}) {
                const double low = 0.12 * random.uniform();
                picture += name(i) + " from " + origin + " " + std::to_string(low) + ".."
                           + std::to_string(low + 0.06) + ".." + std::to_string(low + 0.13) + "\n";
            }
        }
    }
    return picture;
}

/// The definition read aloud, with sets and loops: an independent reading of the failure logic.
bool stops_by_definition(
    const SupplyMap& map,
    const std::set<std::string>& failed,
    std::string_view top,
    Completion how
) {
    std::vector<bool> gone(map.items.size(), false);
    for (std::size_t round = 0; round <= map.items.size(); ++round) {
        for (std::uint32_t i = 0; i < map.items.size(); ++i) {
            double lost = 0.0;
            double survives_for_sure = 0.0;
            bool any_lost = false;
            bool any_outside = false;
            for (const auto& supply : map.supplies) {
                if (supply.item.value() != i) {
                    continue;
                }
                const std::string& origin = map.states[*supply.origin].id;
                const bool is_lost = origin != "A" && failed.contains(origin);
                any_lost = any_lost || is_lost;
                any_outside = any_outside || origin != "A";
                lost +=
                    is_lost
                        ? (how == Completion::likely ? supply.share->likely() : supply.share->low())
                        : 0.0;
                survives_for_sure += is_lost ? 0.0 : supply.share->low();
            }
            const bool short_of_supply = how == Completion::possible
                                             ? any_lost && survives_for_sure < 0.35
                                             : 1.0 - lost < 0.35;
            bool unmet = false;
            for (std::uint32_t g = 0; g < map.groups.size(); ++g) {
                std::uint32_t left = 0;
                for (const auto& need : map.needs) {
                    left += need.group.value() == g && !gone[need.input.value()] ? 1U : 0U;
                }
                const bool counts = map.groups[g].essential == model::Essential::yes;
                const bool is_of_item = map.groups[g].item.value() == i;
                unmet = unmet || (counts && is_of_item && left < map.groups[g].take);
            }
            gone[i] = gone[i] || (any_outside && short_of_supply) || unmet;
        }
    }
    return gone[item(map, top).value()];
}

TEST(Failure, AgreesWithItsDefinitionOnRandomMaps) {
    std::size_t stopped = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const SupplyMap map = draw_map(random_picture(seed));
        for (std::uint32_t mask = 0; mask < 8; ++mask) {
            std::set<std::string> failed;
            std::set<std::string> events;
            for (std::uint32_t bit = 0; bit < 3; ++bit) {
                if ((mask >> bit & 1U) != 0) {
                    failed.insert(std::string(1, static_cast<char>('B' + bit)));
                    events.insert("state:" + std::string(1, static_cast<char>('B' + bit)));
                }
            }
            for (const auto how : {Completion::certain, Completion::likely, Completion::possible}) {
                const bool expected = stops_by_definition(map, failed, "i0", how);
                stopped += expected ? 1U : 0U;
                EXPECT_EQ(stops(map, "IN", "i0", events, {.completion = how}), expected)
                    << "seed " << seed << " mask " << mask;
            }
        }
    }
    EXPECT_GT(stopped, 300U) << "the random maps must not all hold";
}

TEST(Failure, OfMoreNeverRepairsAnythingAndCertainIsPossible) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const SupplyMap map = draw_map(random_picture(seed));
        const std::vector<std::string> states{"state:B", "state:C", "state:D"};
        for (std::size_t first = 0; first < 3; ++first) {
            const std::set<std::string> one{states[first]};
            const std::set<std::string> two{states[first], states[(first + 1) % 3]};
            for (const auto how : {Completion::certain, Completion::likely, Completion::possible}) {
                const FailureOptions options{.completion = how};
                EXPECT_LE(
                    stops(map, "IN", "i0", one, options),
                    stops(map, "IN", "i0", two, options)
                );
            }
            const FailureOptions certain{.completion = Completion::certain};
            const FailureOptions possible{.completion = Completion::possible};
            EXPECT_LE(stops(map, "IN", "i0", two, certain), stops(map, "IN", "i0", two));
            EXPECT_LE(stops(map, "IN", "i0", two), stops(map, "IN", "i0", two, possible));
        }
    }
}

}  // namespace
}  // namespace adic::supply
