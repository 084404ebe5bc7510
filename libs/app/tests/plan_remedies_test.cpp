#include "adic/app/plan_remedies.hpp"

#include "adic/ingest/scenario_file.hpp"

#include "blocks/scratch_folder.hpp"

#include <filesystem>
#include <stop_token>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

using testing::HasSubstr;

std::filesystem::path data() {
    return std::filesystem::path(ADIC_SOURCE_DIR) / "data";
}

/// Gallium for the drone, with the remedies that come with the program.
class Remedies : public ::testing::Test {
  protected:
    Remedies() {
        ingest::ImportReport report;
        opened_ = *open_remedies(data() / "sample", data() / "remedies" / "sample.csv", "", report);
        const model::SupplyMap& map = opened_.map->map();
        request_.data = data();
        request_.scenario =
            *ingest::read_scenario(data() / "scenarios" / "gallium-germanium-2023.json", report);
        request_.question.together = *supply::parse_viewpoint(map, "IDN+MYS");
        request_.question.targets = {*map.items.find("relief-drone")};
        request_.question.remedies = opened_.remedies;
        request_.question.budget_musd = 7;
        request_.question.runs = 16;
    }

    Result<shock::RemedyAnswer> plan(const Computing& computing = {}) const {
        return plan_remedies(opened_.map->index(), request_, computing);
    }

    OpenedRemedies opened_;
    PlanRemediesRequest request_;
};

TEST_F(Remedies, GoOnFromACheckpointWhereverTheyWereStopped) {
    const test::ScratchFolder folder;
    const shock::RemedyAnswer whole = *plan();
    for (const double until : {0.0, 0.1, 0.15, 0.2}) {
        std::stop_source stop;
        Computing computing;
        computing.checkpoint = folder.path() / std::to_string(until);
        computing.stop = stop.get_token();
        computing.progress = [&](std::string_view, double done) {
            if (done > until) {
                stop.request_stop();
            }
        };
        const auto stopped = plan(computing);
        ASSERT_FALSE(stopped) << until;
        EXPECT_EQ(stopped.error().code, ErrorCode::interrupted);
        EXPECT_THAT(stopped.error().message, HasSubstr("results are computed and kept in"));
        computing.stop = {};
        const shock::RemedyAnswer again = *plan(computing);
        EXPECT_EQ(again.list.found.bought, whole.list.found.bought);
        EXPECT_EQ(again.list.found.loss, whole.list.found.loss);
        EXPECT_EQ(again.list.avoided, whole.list.avoided);
        EXPECT_EQ(again.at_double.found.bound, whole.at_double.found.bound);
        EXPECT_EQ(again.pooling, whole.pooling);
        EXPECT_EQ(again.limits, whole.limits);
    }
}

TEST_F(Remedies, RefuseACheckpointOfOtherFutures) {
    const test::ScratchFolder folder;
    Computing computing;
    computing.checkpoint = folder.path() / "kept";
    ASSERT_TRUE(plan(computing));
    request_.question.budget_musd = 3;
    EXPECT_TRUE(plan(computing)) << "losses serve every budget";
    request_.question.draws.seed = 2;
    EXPECT_EQ(plan(computing).error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace adic::app
