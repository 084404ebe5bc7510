// Readings of many viewpoints together: the same as of each by itself, on any number of threads.

#include "adic/supply/indicators/readings_by_viewpoint.hpp"

#include "adic/base/random.hpp"

#include "recorded.hpp"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::Flow;
using model::ItemIndex;
using model::SupplyMap;

constexpr std::array states{"IDN", "MYS", "VNM", "CHN", "JPN", "USA"};
constexpr std::array goods{"ore", "part", "chip", "boat"};

Estimate around(RandomStream& random, double most) {
    const double likely = most * random.uniform();
    return between(0.8 * likely, likely, 1.1 * likely);
}

/// Whether this fact is recorded; `one_in` of them are.
bool recorded(RandomStream& random, std::uint64_t one_in) {
    return random.below(one_in) == 0;
}

void record_states(Recorder& records, RandomStream& random) {
    for (const char* state : states) {
        for (const char* measure :
             {"wgi_political_stability",
              "policy_perception_index",
              "unwillingness",
              "tariff_rate"}) {
            if (recorded(random, 2)) {
                records.of_state(state, measure, around(random, 1.0));
            }
        }
        if (recorded(random, 3)) {
            records.of_state(state, "unwillingness.MYS", around(random, 1.0));
        }
        if (recorded(random, 2)) {
            records.of_state(state, "sector_value_added.C25", around(random, 9.0));
        }
    }
}

void record_goods(Recorder& records, RandomStream& random) {
    for (const char* good : goods) {
        for (const char* measure :
             {"substitutability", "use_share.C25", "economic_vulnerability"}) {
            if (recorded(random, 3)) {
                records.of_item(good, measure, around(random, 0.5));
            }
        }
        if (recorded(random, 4)) {
            records.of_item(good, "controlled.MYS", around(random, 0.5));
        }
        if (recorded(random, 2)) {
            records.code(good, "list", "1A001");
        }
        for (const char* state : states) {
            for (const Flow flow : {Flow::production, Flow::imports, Flow::exports}) {
                if (recorded(random, 4)) {
                    const bool has_partner = flow == Flow::imports && recorded(random, 2);
                    const char* partner = has_partner ? states.at(random.below(states.size())) : "";
                    records.trade(good, state, flow, around(random, 100.0), partner);
                }
            }
        }
        if (recorded(random, 3)) {
            const char* market = recorded(random, 2) ? "ASEAN" : "MYS";
            records.bought_by(market, good, states.at(random.below(6)), around(random, 0.9));
        }
    }
}

/// "ore from IDN 0.3, CHN 0.2", or nothing.
std::string random_origins(RandomStream& random, const std::string& good) {
    std::string origins;
    double left = 1.0;
    for (const char* state : states) {
        if (recorded(random, 2)) {
            const double share = left * random.uniform();
            left -= share;
            origins +=
                (origins.empty() ? "" : ", ") + std::string(state) + ' ' + std::to_string(share);
        }
    }
    return origins.empty() ? "" : good + " from " + origins + '\n';
}

/// Gives each fact a source of its own, so that readings tell which they were made of.
template <typename Facts>
void tell_apart(SupplyMap& map, Facts& facts) {
    for (auto& fact : facts) {
        fact.provenance =
            model::ProvenanceIndex{static_cast<std::uint32_t>(map.provenances.size())};
        map.provenances.push_back(map.provenances.front());
    }
}

SupplyMap random_map(RandomStream& random) {
    std::string picture =
        "boat <- part, chip | ore\npart <- ore, chip\n"
        "bloc ASEAN IDN MYS VNM\nbloc FAR CHN USA\nbloc NEAR MYS JPN\n";
    for (const char* good : goods) {
        picture += random_origins(random, good);
    }
    SupplyMap map = draw_map(picture);
    Recorder records{map};
    record_states(records, random);
    record_goods(records, random);
    for (model::Need& need : map.needs) {
        if (!recorded(random, 4)) {
            need.value_share = around(random, 0.4);
        }
    }
    for (std::uint32_t s = 0; s < map.states.size(); ++s) {
        if (recorded(random, 2)) {
            map.hazards.push_back(
                {model::StateIndex{s}, around(random, 0.1), model::ProvenanceIndex{0}}
            );
        }
    }
    tell_apart(map, map.figures);
    tell_apart(map, map.hazards);
    tell_apart(map, map.needs);
    tell_apart(map, map.supplies);
    tell_apart(map, map.trades);
    tell_apart(map, map.codes);
    return map;
}

std::vector<Viewpoint> many_viewpoints(const SupplyMap& map) {
    std::vector<Viewpoint> viewpoints;
    for (const char* who :
         {"IDN", "MYS", "VNM", "nobody", "ASEAN", "IDN+VNM", "CHN", "FAR", "JPN", "IDN"}) {
        viewpoints.push_back(*parse_viewpoint(map, who));
    }
    return viewpoints;
}

TEST(ReadingsByViewpoint, AreThoseOfEachViewpointByItself) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        RandomStream random{seed, 31};
        const SupplyMap map = random_map(random);
        const MapIndex index{map};
        const std::vector<Viewpoint> viewpoints = many_viewpoints(map);
        const std::vector<IndicatorContext> contexts = contexts_of(index, viewpoints);
        ReadingsByViewpoint together{contexts};
        for (std::uint32_t i = 0; i < map.items.size(); ++i) {
            together.read(ItemIndex{i});
            for (std::size_t v = 0; v < viewpoints.size(); ++v) {
                const IndicatorContext alone{index, viewpoints[v]};
                const std::vector<Reading> expected = evaluate_all(alone, ItemIndex{i});
                for (std::size_t k = 0; k < expected.size(); ++k) {
                    ASSERT_EQ(together.at(v, k), expected[k])
                        << indicators()[k]->name << ", " << viewpoints[v].label << ", seed "
                        << seed;
                }
            }
        }
    }
}

TEST(ReadingsByViewpoint, AreTheSameOnAnyNumberOfThreads) {
    constexpr std::size_t copies = 600;  // more than one range of items
    std::string picture = "bloc ASEAN IDN MYS VNM\n";
    for (std::size_t i = 0; i < copies; ++i) {
        picture +=
            "ore" + std::to_string(i) + " from IDN 0." + std::to_string(i % 9) + "1, CHN ?\n";
    }
    const SupplyMap map = draw_map(picture);
    const MapIndex index{map};
    const std::vector<Viewpoint> viewpoints{
        *parse_viewpoint(map, "IDN"),
        *parse_viewpoint(map, "ASEAN"),
        *parse_viewpoint(map, "CHN")};
    const std::vector<IndicatorContext> contexts = contexts_of(index, viewpoints);
    const auto read_on = [&](std::size_t threads) {
        std::vector<std::vector<Reading>> all(map.items.size());
        read_all_items(
            contexts,
            [&](ItemIndex item, const ReadingsByViewpoint& readings) {
                for (std::size_t v = 0; v < viewpoints.size(); ++v) {
                    for (std::size_t k = 0; k < indicators().size(); ++k) {
                        all[item.value()].push_back(readings.at(v, k));
                    }
                }
            },
            threads
        );
        return all;
    };
    const auto one = read_on(1);
    ASSERT_EQ(one.size(), copies);
    EXPECT_EQ(one.front().size(), viewpoints.size() * indicators().size());
    EXPECT_EQ(read_on(2), one);
    EXPECT_EQ(read_on(7), one);
}

TEST(ReadingsByViewpoint, AreNoneFromNowhere) {
    ReadingsByViewpoint readings{{}};
    readings.read(ItemIndex{0});
    bool is_called = false;
    read_all_items({}, [&](ItemIndex, const ReadingsByViewpoint&) { is_called = true; });
    EXPECT_FALSE(is_called);
}

}  // namespace
}  // namespace adic::supply
