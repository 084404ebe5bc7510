#include "adic/ingest/map_package.hpp"
#include "adic/ingest/scenario_file.hpp"
#include "adic/shock/scenario/paths.hpp"
#include "adic/shock/scenario/resolve.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::shock {
namespace {

const std::filesystem::path data = std::filesystem::path(ADIC_SOURCE_DIR) / "data";

/// The library of episodes against the sample map.
class Episodes : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        ingest::ImportReport report;
        auto map = ingest::read_map_package(data / "sample", report);
        auto routes = ingest::read_sea_routes(data / "reference", report);
        ASSERT_TRUE(map) << map.error().message;
        ASSERT_TRUE(routes) << routes.error().message << report.issues().front().message;
        map_ = std::make_unique<model::SupplyMap>(*std::move(map));
        index_ = std::make_unique<supply::MapIndex>(*map_);
        routes_ = std::make_unique<model::SeaRoutes>(*std::move(routes));
    }

    static void TearDownTestSuite() {
        routes_.reset();
        index_.reset();
        map_.reset();
    }

    static model::Scenario read(const std::string& id) {
        ingest::ImportReport report;
        const auto path = data / "scenarios" / (id + ".json");
        auto scenario = ingest::read_scenario(path, report);
        for (const ingest::Issue& issue : report.issues()) {
            ADD_FAILURE() << path << ":" << issue.row << " " << issue.column << " '" << issue.value
                          << "' " << issue.message;
        }
        return *std::move(scenario);
    }

    static ResolvedScenario resolved(const std::string& id, std::string_view buyer) {
        auto answer = resolve(read(id), *index_, *routes_, *supply::parse_viewpoint(*map_, buyer));
        EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
        return *std::move(answer);
    }

    /// The path of the one supply of an item from an origin.
    static const SupplyPath*
    path_of(const ScenarioPaths& paths, std::string_view item, std::string_view origin) {
        for (const SupplyPath& path : paths.supplies) {
            const model::Supply& supply = map_->supplies[path.supply];
            if (map_->items[supply.item].id == item && supply.origin
                && map_->states[*supply.origin].id == origin) {
                return &path;
            }
        }
        return nullptr;
    }

    static inline std::unique_ptr<model::SupplyMap> map_;
    static inline std::unique_ptr<supply::MapIndex> index_;
    static inline std::unique_ptr<model::SeaRoutes> routes_;
};

struct Episode {
    std::string id;
    std::string buyer;
    std::vector<std::uint32_t> touched;  ///< by event: more than nothing, or nothing
};

TEST_F(Episodes, ResolveAgainstTheSample) {
    const std::vector<Episode> episodes{
        {"antimony-2024", "ASEAN", {1, 0}},
        {"antimony-2024", "USA", {1, 1}},
        {"chip-tools-2022", "CHN", {1, 1, 1}},
        {"chip-tools-2022", "ASEAN", {0, 0, 0}},
        {"gallium-germanium-2023", "ASEAN", {1, 0}},
        {"graphite-2023", "ASEAN", {1}},
        {"heavy-rare-earths-2025", "ASEAN", {1}},
        {"malacca-closure", "ASEAN", {1, 1, 1}},
        {"neon-2022", "ASEAN", {1}},
        {"nickel-ore-2020", "CHN", {1}},
        {"nickel-ore-2020", "IDN", {0}},
        {"nitrocellulose-2023", "ASEAN", {0}},
        {"rare-earth-content-2025", "ASEAN", {1}},
        {"rare-earths-2010", "ASEAN", {1, 0}},
        {"rare-earths-2010", "JPN", {1, 1}},
        {"red-sea-2023", "ASEAN", {1}},
    };
    for (const Episode& episode : episodes) {
        const ResolvedScenario scenario = resolved(episode.id, episode.buyer);
        ASSERT_EQ(scenario.events.size(), episode.touched.size()) << episode.id;
        for (std::size_t e = 0; e < episode.touched.size(); ++e) {
            const std::string event = episode.id + " " + scenario.events[e].event.id;
            EXPECT_EQ(scenario.events[e].touched > 0, episode.touched[e] > 0)
                << event << " for " << episode.buyer;
            const auto is_about = [&](const Sentence& note) {
                return note.text.find("'" + scenario.events[e].event.id + "'") != std::string::npos;
            };
            EXPECT_TRUE(episode.touched[e] > 0 || std::ranges::any_of(scenario.notes, is_about))
                << event << " touches nothing, and nobody says so";
        }
    }
}

TEST_F(Episodes, AreAllTestedAndReadBackAsWritten) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(data / "scenarios")) {
        if (entry.path().extension() != ".json") {
            continue;
        }
        ++count;
        const model::Scenario scenario = read(entry.path().stem().string());
        EXPECT_EQ(scenario.id, entry.path().stem().string());
        EXPECT_FALSE(scenario.sources.empty());
        ingest::ImportReport report;
        const auto again =
            ingest::parse_scenario(ingest::write_scenario(scenario), scenario.id, report);
        ASSERT_TRUE(again);
        EXPECT_EQ(*again, scenario);
        for (const Harshness harshness : {Harshness::mild, Harshness::harsh}) {
            const ResolvedScenario answer = resolved(scenario.id, "ASEAN");
            for (const SupplyPath& path :
                 trace_paths(answer, list_outcomes(answer, harshness)).supplies) {
                EXPECT_THAT(
                    path.availability,
                    testing::Each(testing::AllOf(testing::Ge(0.0), testing::Le(1.0)))
                );
            }
        }
    }
    EXPECT_GE(count, 12U);
}

// In force on day 29 (1 August 2023), a wait of 63 days, 55 % approved: week 5 (days 35 to 41) is
// empty, week 20 at 0.55, and the first 4 weeks are whole.
TEST_F(Episodes, GalliumStopsForTheWaitAndComesBackInPart) {
    const ResolvedScenario scenario = resolved("gallium-germanium-2023", "ASEAN");
    const ScenarioPaths paths = trace_paths(scenario, list_outcomes(scenario, Harshness::likely));
    const SupplyPath* gallium = path_of(paths, "gallium", "CHN");
    ASSERT_NE(gallium, nullptr);
    EXPECT_DOUBLE_EQ(gallium->availability[3], 1);
    EXPECT_NEAR(gallium->availability[5], 0, 1e-12);
    EXPECT_NEAR(gallium->availability[40], 0.55, 1e-12);
    EXPECT_GT(gallium->late[15], 0);
    EXPECT_EQ(path_of(paths, "gallium", "JPN"), nullptr);
}

// Neon of Ukraine, 95 % likely lost, from the first day; nobody else's.
TEST_F(Episodes, NeonOfOneStateIsLost) {
    const ResolvedScenario scenario = resolved("neon-2022", "ASEAN");
    const ScenarioPaths paths = trace_paths(scenario, list_outcomes(scenario, Harshness::likely));
    const SupplyPath* neon = path_of(paths, "neon", "UKR");
    ASSERT_NE(neon, nullptr);
    EXPECT_NEAR(neon->availability[10], 0.05, 1e-12);
    EXPECT_EQ(paths.supplies.size(), 1U);
}

// Magnets made in Japan carry controlled content; magnets made in China are controlled anyhow.
TEST_F(Episodes, ContentOfRareEarthsReachesGoodsMadeElsewhere) {
    const ResolvedScenario scenario = resolved("rare-earth-content-2025", "ASEAN");
    bool elsewhere = false;
    for (const SupplyEffect& effect : scenario.supply_effects) {
        const model::Supply& supply = map_->supplies[effect.supply];
        const bool is_chinese = supply.origin && map_->states[*supply.origin].id == "CHN";
        EXPECT_EQ(effect.reach == Reach::re_export, !is_chinese) << effect.reason;
        elsewhere = elsewhere || effect.reach == Reach::re_export;
        EXPECT_FALSE(effect.reason.empty());
    }
    EXPECT_TRUE(elsewhere);
}

// Every strait of this scenario can be gone round, so nothing is lost in the end.
TEST_F(Episodes, ShipsGoRoundMalacca) {
    const ResolvedScenario scenario = resolved("malacca-closure", "SGP");
    const ScenarioPaths paths = trace_paths(scenario, list_outcomes(scenario, Harshness::likely));
    const SupplyPath* first = nullptr;
    for (const SupplyEffect& effect : scenario.supply_effects) {
        ASSERT_TRUE(effect.detour_days.has_value()) << effect.reason;
        EXPECT_LT(*effect.detour_days, 15);
        first = first == nullptr ? paths.find(effect.supply) : first;
    }
    ASSERT_NE(first, nullptr);
    double arrivals = 0;
    for (std::size_t week = 0; week < first->availability.size(); ++week) {
        arrivals += first->availability[week] + first->late[week];
    }
    EXPECT_NEAR(arrivals, paths.weeks, 1e-9) << "late, not lost";
}

}  // namespace
}  // namespace adic::shock
