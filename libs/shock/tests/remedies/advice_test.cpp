#include "adic/shock/remedies/advice.hpp"

#include "adic/base/random.hpp"

#include "dynamics/maps.hpp"

#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::ItemIndex;
using model::Remedy;
using model::RemedyKind;
using model::StateIndex;
using testing::ElementsAre;

Remedy remedy(RemedyKind kind, std::vector<StateIndex> states, double amount) {
    return {
        .id = "r",
        .kind = kind,
        .item = ItemIndex{0},
        .states = std::move(states),
        .amount = amount,
        .most = 3,
        .cost = *Estimate::create(2, 4, 8),
        .upkeep = Estimate::exactly(0.5),
        .delay_weeks = Estimate::exactly(10),
        .other = {},
        .payers = {},
        .provenance = {model::SourceIndex{0}, {}, model::Confidence::d, {}, "", ""}};
}

/// Four states, the first three inside.
const supply::Viewpoint three{"three", {true, true, true, false}, {}};
const supply::Viewpoint first{"first", {true, false, false, false}, {}};

class OnAMap : public ::testing::Test {
  protected:
    OnAMap() : maker_(1, 4) {
        maker_.add_supply(0, 1, Estimate::exactly(0.5));
        maker_.add_supply(0, 3, Estimate::exactly(0.5));
        index_ = std::make_unique<supply::MapIndex>(maker_.map());
    }

    double amount(const Remedy& one, const supply::Viewpoint& viewpoint) const {
        const RemedyChanges made = changes_of({&one, 1}, *index_, viewpoint);
        return made.changes.empty() ? 0.0 : made.changes.front().amount;
    }

    test::MapMaker maker_;
    std::unique_ptr<supply::MapIndex> index_;
};

/// (R11) by hand: twelve weeks of two of three who use alike are eight of all.
TEST_F(OnAMap, AStockpileServesThoseWhoHoldIt) {
    const Remedy two = remedy(RemedyKind::stockpile, {StateIndex{0}, StateIndex{1}}, 12);
    EXPECT_DOUBLE_EQ(amount(two, three), 8.0);
    EXPECT_DOUBLE_EQ(amount(two, first), 12.0);
    const Remedy other = remedy(RemedyKind::stockpile, {StateIndex{2}}, 12);
    EXPECT_DOUBLE_EQ(amount(other, first), 0.0);
    const Remedy all = remedy(RemedyKind::stockpile, {}, 12);
    EXPECT_DOUBLE_EQ(amount(all, three), 12.0);
    EXPECT_DOUBLE_EQ(amount(remedy(RemedyKind::recycling, {StateIndex{2}}, 0.4), first), 0.4);
}

TEST_F(OnAMap, ASourceStandsWhereItsStatesSupplyTheItem) {
    const Remedy beside = remedy(RemedyKind::capacity, {StateIndex{1}}, 0.2);
    EXPECT_THAT(changes_of({&beside, 1}, *index_, three).changes[0].supplies, ElementsAre(0U));
    const Remedy elsewhere = remedy(RemedyKind::second_source, {StateIndex{2}}, 0.2);
    EXPECT_TRUE(changes_of({&elsewhere, 1}, *index_, three).changes[0].supplies.empty());
}

TEST_F(OnAMap, APlanBuysOnlyWhatDoesSomething) {
    const std::vector<Remedy> remedies{
        remedy(RemedyKind::stockpile, {StateIndex{1}}, 12),
        remedy(RemedyKind::recycling, {StateIndex{1}}, 0.1)};
    const RemedyChanges made = changes_of(remedies, *index_, first);
    const std::vector<std::uint32_t> bought{2, 3};
    EXPECT_THAT(made.plan_of(bought), ElementsAre(3.0));
}

TEST(Alone, AStateHasItsPartOfAStoreAndAWholeWorks) {
    const std::vector<Remedy> remedies{
        remedy(RemedyKind::stockpile, {}, 12),
        remedy(RemedyKind::second_source, {StateIndex{1}}, 0.2),
        remedy(RemedyKind::second_source, {StateIndex{1}}, 0.5),
        remedy(RemedyKind::recycling, {StateIndex{2}}, 0.1)};
    const auto own = alone(remedies, three, StateIndex{1});
    ASSERT_TRUE(own[0] && own[1] && own[2]);
    EXPECT_FALSE(own[3]);
    EXPECT_DOUBLE_EQ(own[0]->amount, 12.0);
    EXPECT_DOUBLE_EQ(own[0]->cost.likely(), 4.0 / 3.0);
    EXPECT_DOUBLE_EQ(own[1]->amount, 0.6);
    EXPECT_DOUBLE_EQ(own[1]->cost.likely(), 4.0);
    EXPECT_DOUBLE_EQ(own[2]->amount, 1.0) << "no more than all of its use";
    EXPECT_EQ(own[2]->most, 1U);
}

PlanLoss loss(std::vector<double> by_run) {
    return {std::move(by_run), {}};
}

TEST(Avoided, IsTheMeanOfTheDifferencesAndHoldsForEveryCost) {
    const Avoided result =
        avoided(loss({4, 6, 8, 10}), loss({3, 5, 5, 7}), *Estimate::create(1, 2, 4), 0.95);
    // Differences 1, 1, 3, 3: mean 2, sd 1.1547, Student's quantile of 3 degrees 3.1824.
    const double half = 3.182446 * 1.154701 / 2.0;
    EXPECT_NEAR(result.weeks.likely(), 2.0, 1e-12);
    EXPECT_NEAR(result.weeks.low(), 2.0 - half, 1e-5);
    EXPECT_NEAR(result.per_million.likely(), 1.0, 1e-12);
    EXPECT_NEAR(result.per_million.low(), (2.0 - half) / 4.0, 1e-5);
    EXPECT_NEAR(result.per_million.high(), 2.0 + half, 1e-5);
}

TEST(ConfidenceOfOrder, IsCertainWhereEveryRunAgreesAndEvenWhereNothingTells) {
    const PlanLoss without = loss({4, 4, 4, 4});
    const Estimate one = Estimate::exactly(1);
    EXPECT_EQ(confidence_of_order(without, loss({1, 1, 1, 1}), one, loss({2, 2, 2, 2}), one), 1.0);
    EXPECT_EQ(confidence_of_order(without, loss({2, 2, 2, 2}), one, loss({1, 1, 1, 1}), one), 0.0);
    EXPECT_EQ(confidence_of_order(without, loss({1, 1, 1, 1}), one, loss({1, 1, 1, 1}), one), 0.5);
    // Twice as dear: 3 weeks for 2 million against 2 for 1.
    EXPECT_EQ(
        confidence_of_order(
            without,
            loss({1, 1, 1, 1}),
            Estimate::exactly(2),
            loss({2, 2, 2, 2}),
            one
        ),
        0.0
    );
    const double apart =
        confidence_of_order(loss({4, 6, 8, 10}), loss({3, 5, 5, 7}), one, loss({3, 3, 7, 9}), one);
    // Avoided 1 1 3 3 and 1 3 1 1: means 2 and 1.5, differences 0 -2 2 2, sd 1.9149.
    EXPECT_NEAR(apart, 0.5 * std::erfc(-(0.5 / (1.914854 / 2.0)) / std::sqrt(2.0)), 1e-6);
}

TEST(ConfidenceOfOrder, OfTheOtherWayRoundIsWhatIsLeft) {
    const PlanLoss without = loss({4, 6, 8, 10});
    const PlanLoss a = loss({3, 5, 5, 7});
    const PlanLoss b = loss({3, 3, 7, 9});
    const Estimate dear = *Estimate::create(1, 3, 9);
    const Estimate cheap = *Estimate::create(1, 2, 3);
    const double one = confidence_of_order(without, a, dear, b, cheap);
    EXPECT_NEAR(one + confidence_of_order(without, b, cheap, a, dear), 1.0, 1e-12);
}

TEST(SplitCents, AddsUpToTheCent) {
    EXPECT_THAT(split_cents(100, std::vector<double>{1, 1, 1}), ElementsAre(34, 33, 33));
    EXPECT_THAT(split_cents(100, std::vector<double>{2, 1, 0}), ElementsAre(67, 33, 0));
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        RandomStream random{seed, 0};
        std::vector<double> weights;
        for (std::uint64_t w = 0; w <= random.below(11); ++w) {
            weights.push_back(static_cast<double>(1 + random.below(1000)) / 7.0);
        }
        const auto cents = static_cast<std::int64_t>(random.below(1'000'000'000'000));
        const auto parts = split_cents(cents, weights);
        EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), cents) << seed;
        const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
        for (std::size_t p = 0; p < parts.size(); ++p) {
            const double exact = static_cast<double>(cents) * (weights[p] / all);
            EXPECT_NEAR(static_cast<double>(parts[p]), exact, 1.0) << seed;
        }
    }
}

/// (R13) by hand: five holders, 10 weeks, coefficient 0.25: apart 1.645 * 2.5 = 4.1125; together at
/// a correlation of 0.5 1.645 * 0.5 * sqrt(5 + 20 * 0.5) = 3.18553.
TEST(ReserveSaved, IsWhatUseThatDoesNotRiseAtOnceSpares) {
    EXPECT_NEAR(reserve_saved(10, 5).likely(), 4.1125 - 3.18553, 1e-5);
    EXPECT_EQ(reserve_saved(10, 1).likely(), 0.0);
    EXPECT_GT(reserve_saved(10, 5).high(), reserve_saved(10, 5).low());
}

}  // namespace
}  // namespace adic::shock
