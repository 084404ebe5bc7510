#include "adic/ingest/map_package.hpp"
#include "adic/supply/bottlenecks.hpp"
#include "adic/supply/cuts/analysis.hpp"
#include "adic/supply/failure.hpp"
#include "adic/supply/lookthrough.hpp"
#include "adic/supply/why.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::ItemIndex;
using model::SupplyMap;

/// What must hold on the sample, from the files to the answers.
class Sample : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        ingest::ImportReport report;
        auto read = ingest::read_map_package(
            std::filesystem::path(ADIC_SOURCE_DIR) / "data" / "sample",
            report
        );
        for (const ingest::Issue& issue : report.issues()) {
            ADD_FAILURE() << issue.file << ":" << issue.row << " " << issue.message;
        }
        ASSERT_TRUE(read) << read.error().message;
        map_ = std::make_unique<SupplyMap>(*std::move(read));
        index_ = std::make_unique<MapIndex>(*map_);
    }

    static void TearDownTestSuite() {
        index_.reset();
        map_.reset();
    }

    static const SupplyMap& map() { return *map_; }

    static const MapIndex& index() { return *index_; }

    static Viewpoint seen_from(std::string_view text) { return *parse_viewpoint(map(), text); }

    static std::vector<ItemIndex> systems() {
        std::vector<ItemIndex> found;
        for (std::uint32_t i = 0; i < map().items.size(); ++i) {
            if (map().items[ItemIndex{i}].kind == model::ItemKind::system) {
                found.push_back(ItemIndex{i});
            }
        }
        return found;
    }

    static std::set<std::string>
    single_points(std::string_view viewpoint, ItemIndex item, Completion completion) {
        const Viewpoint seen = seen_from(viewpoint);
        const FailureModel model = failure_model(index(), seen, item, {.completion = completion});
        const auto analysis = analyse_cuts(model.tree);
        std::set<std::string> names;
        for (const std::uint32_t event : analysis->single_points_of_failure) {
            names.insert(model.tree.events[event].name);
        }
        return names;
    }

  private:
    static inline std::unique_ptr<SupplyMap> map_;
    static inline std::unique_ptr<MapIndex> index_;
};

TEST_F(Sample, HasSixSystemsDownToMineralsAndMachines) {
    EXPECT_EQ(systems().size(), 6U);
    EXPECT_GE(map().items.size(), 250U);
    for (const ItemIndex system : systems()) {
        const FailureModel model = failure_model(index(), seen_from("nobody"), system, {});
        EXPECT_GT(model.items, 50U) << map().items[system].id;
    }
}

TEST_F(Sample, HasFewerSinglePointsTheMoreStatesAreInside) {
    for (const ItemIndex system : systems()) {
        const auto nobody = single_points("nobody", system, Completion::likely);
        const auto one = single_points("IDN", system, Completion::likely);
        const auto all = single_points("ASEAN", system, Completion::likely);
        EXPECT_TRUE(std::ranges::includes(nobody, one)) << map().items[system].id;
        EXPECT_TRUE(std::ranges::includes(one, all)) << map().items[system].id;
    }
}

TEST_F(Sample, CertainSinglePointsAreLikelyAndLikelyOnesPossible) {
    for (const ItemIndex system : systems()) {
        const auto certain = single_points("ASEAN", system, Completion::certain);
        const auto likely = single_points("ASEAN", system, Completion::likely);
        const auto possible = single_points("ASEAN", system, Completion::possible);
        EXPECT_TRUE(std::ranges::includes(likely, certain)) << map().items[system].id;
        EXPECT_TRUE(std::ranges::includes(possible, likely)) << map().items[system].id;
    }
}

TEST_F(Sample, HasAReasonForEverySinglePoint) {
    const Viewpoint asean = seen_from("ASEAN");
    for (const ItemIndex system : systems()) {
        const FailureModel model = failure_model(index(), asean, system, {});
        const auto analysis = analyse_cuts(model.tree);
        for (const std::uint32_t event : analysis->single_points_of_failure) {
            const FailureSubject subject = model.event_subjects[event];
            const auto links = why(index(), asean, system, std::span{&subject, 1}, {});
            ASSERT_FALSE(links.empty()) << model.tree.events[event].name;
            EXPECT_EQ(links.front().item, system);
            EXPECT_TRUE(std::ranges::any_of(links, [](const WhyLink& link) {
                return std::holds_alternative<ShortOfSupply>(link.because);
            }));
        }
    }
}

TEST_F(Sample, LooksThroughToSharesThatAddUpToOne) {
    const ValueNetwork network{index(), {}};
    const Viewpoint asean = seen_from("ASEAN");
    const Lookthrough shares = look_through(network, index(), asean);
    for (const ItemIndex system : systems()) {
        double sum = 0.0;
        double unknown = 0.0;
        for (const OriginShare& origin : shares.list_origins(system)) {
            sum += origin.share.likely();
            unknown += origin.origin ? 0.0 : origin.share.likely();
        }
        EXPECT_NEAR(sum, 1.0, 1e-9) << map().items[system].id;
        EXPECT_GT(unknown, 0.0) << "the makers of most components are not published";
    }
}

TEST_F(Sample, RanksBottlenecksInTheSameWayEachTime) {
    const std::vector<ItemIndex> targets = systems();
    const auto first = rank_bottlenecks(index(), seen_from("ASEAN"), targets, {});
    const auto again = rank_bottlenecks(index(), seen_from("ASEAN"), targets, {});
    ASSERT_EQ(first.bottlenecks.size(), again.bottlenecks.size());
    ASSERT_GT(first.bottlenecks.size(), 20U);
    for (std::size_t b = 0; b < first.bottlenecks.size(); ++b) {
        const Bottleneck& bottleneck = first.bottlenecks[b];
        EXPECT_EQ(bottleneck.item, again.bottlenecks[b].item);
        EXPECT_EQ(bottleneck.rank_from, again.bottlenecks[b].rank_from);
        EXPECT_EQ(bottleneck.rank_to, again.bottlenecks[b].rank_to);
        EXPECT_LE(bottleneck.inside_share, bottleneck.known_share + 1e-12);
        EXPECT_LE(bottleneck.known_share, 1.0 + 1e-3);
        ASSERT_TRUE(bottleneck.stop_probability.has_value());
        EXPECT_LE(bottleneck.stop_probability->low(), bottleneck.stop_probability->likely());
        EXPECT_LE(bottleneck.stop_probability->likely(), bottleneck.stop_probability->high());
    }
}

}  // namespace
}  // namespace adic::supply
