#include "adic/app/simulate_map.hpp"

#include "adic/app/blocks/job.hpp"
#include "adic/app/opened_map.hpp"
#include "adic/app/run_scenario.hpp"

#include "blocks/scratch_folder.hpp"

#include <filesystem>
#include <fstream>
#include <stop_token>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

std::filesystem::path data() {
    return std::filesystem::path(ADIC_SOURCE_DIR) / "data";
}

class Simulation : public ::testing::Test {
  protected:
    Simulation() : opened_(*open_map(data() / "sample")) {
        request_.data = data();
        request_.viewpoint = *supply::parse_viewpoint(opened_->map(), "ASEAN");
        request_.targets = {*opened_->map().items.find("relief-drone")};
        request_.rule.runs = 256;
    }

    SimulateMapAnswer run(const Computing& computing = {}) const {
        return *simulate_map(opened_->index(), request_, computing);
    }

    std::unique_ptr<const OpenedMap> opened_;
    SimulateMapRequest request_;
};

TEST_F(Simulation, OfHazardsTakesTwoYearsAndSaysTheSameByTheWeekAndInAll) {
    request_.draws.starts = shock::Starts::anywhere;
    const SimulateMapAnswer answer = run();
    EXPECT_EQ(answer.weeks, 104U);
    EXPECT_EQ(answer.summary.runs, 256U);
    ASSERT_EQ(answer.stopped_by.size(), 1U);
    EXPECT_DOUBLE_EQ(answer.stopped_by[0].back(), answer.summary.targets[0].stopped.likely());
    EXPECT_TRUE(std::ranges::is_sorted(answer.stopped_by[0]));
    EXPECT_GT(answer.stopped_by[0].back(), 0.0);
}

TEST_F(Simulation, WeighsRareEventsInWhatHasStoppedByThen) {
    request_.draws.starts = shock::Starts::anywhere;
    request_.draws.raise_to = 0.02;
    request_.rule.runs = 2048;
    const SimulateMapAnswer answer = run();
    EXPECT_LT(answer.summary.effective_runs, 2048.0);
    const Estimate& stopped = answer.summary.targets[0].stopped;
    EXPECT_GE(answer.stopped_by[0].back(), stopped.low());
    EXPECT_LE(answer.stopped_by[0].back(), stopped.high());
}

TEST_F(Simulation, RefusesWeightsThatAHandfulOfRunsCarry) {
    request_.draws.raise_to = 0.3;
    const auto answer = simulate_map(opened_->index(), request_);
    ASSERT_FALSE(answer);
    EXPECT_THAT(answer.error().message, testing::HasSubstr("raise them to less"));
}

TEST_F(Simulation, IsTheSameOnAnyNumberOfThreads) {
    request_.scenario = *find_scenario(data(), "heavy-rare-earths-2025");
    Computing one;
    one.threads = 1;
    Computing seven;
    seven.threads = 7;
    const SimulateMapAnswer first = run(one);
    const SimulateMapAnswer second = run(seven);
    EXPECT_EQ(first.stopped_by, second.stopped_by);
    EXPECT_EQ(first.summary.items_lost, second.summary.items_lost);
    EXPECT_EQ(first.summary.targets[0].output, second.summary.targets[0].output);
}

TEST_F(Simulation, NeedsAHazardFromOutside) {
    model::SupplyMap quiet = opened_->map();
    quiet.hazards.clear();
    const OpenedMap map(std::move(quiet));
    const auto answer = simulate_map(map.index(), request_);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::invalid_argument);
    EXPECT_THAT(answer.error().message, testing::HasSubstr("no hazard"));
}

}  // namespace
}  // namespace adic::app
