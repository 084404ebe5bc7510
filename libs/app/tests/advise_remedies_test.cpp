#include "adic/app/advise_remedies.hpp"

#include "adic/app/opened_map.hpp"

#include <filesystem>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

std::filesystem::path data() {
    return std::filesystem::path(ADIC_SOURCE_DIR) / "data";
}

/// Two states, so that each for itself does not take long.
class Advice : public ::testing::Test {
  protected:
    Advice() : opened_(*open_map(data() / "sample")) {
        request_.simulation.data = data();
        request_.simulation.viewpoint = *supply::parse_viewpoint(opened_->map(), "IDN+SGP");
        request_.simulation.targets = {*opened_->map().items.find("relief-drone")};
        request_.simulation.draws.starts = shock::Starts::anywhere;
        request_.simulation.rule.runs = 64;
        request_.remedies = data() / "remedies" / "sample.csv";
        request_.budget_musd = 10.0;
        request_.evaluations = 40;
    }

    RemedyAdvice advise(std::size_t threads = 0) const {
        shock::Run run;
        run.threads = threads;
        return *advise_remedies(opened_->index(), request_, run);
    }

    std::unique_ptr<const OpenedMap> opened_;
    AdviseRemediesRequest request_;
};

TEST_F(Advice, ChargesTheStatesForTheListToTheCent) {
    const RemedyAdvice advice = advise();
    ASSERT_FALSE(advice.list.bought.empty());
    std::int64_t bought = 0;
    for (const Bought& one : advice.list.bought) {
        bought += one.cents;
    }
    std::int64_t paid = 0;
    for (const StatePart& state : advice.states) {
        paid += state.pays_cents;
    }
    EXPECT_EQ(paid, bought);
    EXPECT_EQ(bought, advice.list.portfolio.cost);
    EXPECT_LE(bought, 1'000'000'000);
}

TEST_F(Advice, LosesNoMoreWithTheListThanWithoutAndNoMoreForTwiceTheBudget) {
    const RemedyAdvice advice = advise();
    EXPECT_GT(advice.lost_without, 0.0);
    EXPECT_LE(advice.list.portfolio.loss, advice.lost_without);
    EXPECT_LE(advice.list.portfolio.bound, advice.list.portfolio.loss);
    EXPECT_LE(advice.doubled.portfolio.loss, advice.list.portfolio.loss + 1e-9);
    for (const StatePart& state : advice.states) {
        if (!state.lost_without) {
            EXPECT_GT(state.pays_cents, 0) << "who is outside is there because it pays";
            continue;
        }
        EXPECT_LE(*state.lost_with, *state.lost_without + 1e-9);
        ASSERT_TRUE(state.lost_alone);
        EXPECT_LE(*state.lost_alone, *state.lost_without + 1e-9);
    }
    EXPECT_TRUE(advice.pooling_gain);
}

TEST_F(Advice, HasTheMostForADollarFirst) {
    const RemedyAdvice advice = advise();
    EXPECT_EQ(advice.alone.size(), advice.remedies.size());
    EXPECT_TRUE(std::ranges::is_sorted(advice.alone, std::greater{}, [](const RemedyAlone& one) {
        return one.avoided.per_million.likely();
    }));
    ASSERT_TRUE(advice.first_beats_second);
    EXPECT_GE(*advice.first_beats_second, 0.0);
    EXPECT_LE(*advice.first_beats_second, 1.0);
    for (const RemedyAlone& one : advice.alone) {
        EXPECT_GE(one.without_delay, one.avoided.weeks.likely() - 1e-9)
            << "working sooner never avoids less";
    }
}

TEST_F(Advice, IsTheSameOnAnyNumberOfThreads) {
    request_.compares_pooling = false;
    const RemedyAdvice one = advise(1);
    for (const std::size_t threads : {2U, 7U}) {
        const RemedyAdvice other = advise(threads);
        EXPECT_EQ(other.list.portfolio.bought, one.list.portfolio.bought);
        EXPECT_EQ(other.list.portfolio.loss, one.list.portfolio.loss);
        EXPECT_EQ(other.list.portfolio.bound, one.list.portfolio.bound);
        EXPECT_EQ(other.left, one.left);
        EXPECT_EQ(other.held_back, one.held_back);
        for (std::size_t r = 0; r < one.alone.size(); ++r) {
            EXPECT_EQ(other.alone[r].remedy, one.alone[r].remedy);
            EXPECT_EQ(other.alone[r].avoided.weeks, one.alone[r].avoided.weeks);
        }
    }
}

TEST_F(Advice, RefusesABudgetThatBuysNothing) {
    for (const double budget : {0.0, -1.0, 1e7}) {
        request_.budget_musd = budget;
        EXPECT_FALSE(advise_remedies(opened_->index(), request_));
    }
}

}  // namespace
}  // namespace adic::app
