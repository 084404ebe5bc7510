#include "adic/shock/survival/stockpile.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

TEST(Stockpile, MatchesTheWorkedExampleOfANamedDisruption) {
    // 120 a month, surge 1.5, 30 % from elsewhere, 9 months, sd 20: 120 * 1.5 * 0.7 * 9 = 1134, and
    // 1.645 * 30 * 3 = 148; 1282 in all, 321 days of normal use at 30 days a month.
    const auto size = size_stockpile(
        {.use = 120, .use_sd = 20, .surge = 1.5, .alternatives = 0.3, .periods_to_recover = 9}
    );
    ASSERT_TRUE(size);
    EXPECT_NEAR(size->base, 1134.0, 1e-9);
    EXPECT_EQ(std::round(size->safety), 148.0);
    EXPECT_EQ(std::round(size->total()), 1282.0);
    EXPECT_EQ(std::round(size->periods_of_use * 30.0), 321.0);
    EXPECT_FALSE(size_stockpile({.use = 0}));
    EXPECT_FALSE(size_stockpile({.use = 1, .alternatives = 1.5}));
}

TEST(Stockpile, PoolsTheSpreadOfSeveralHolders) {
    const std::vector<double> five(5, 20.0);
    EXPECT_EQ(std::round(10.0 * pooled_sd(five, 0.0)) / 10.0, 44.7);
    EXPECT_EQ(std::round(10.0 * pooled_sd(five, 0.5)) / 10.0, 77.5);
    EXPECT_NEAR(pooled_sd(five, 1.0), 100.0, 1e-12);  // no gain
    EXPECT_NEAR(pooled_sd(std::vector{3.0, 4.0}, 0.0), 5.0, 1e-12);
    EXPECT_EQ(pooled_sd(std::vector{3.0, 3.0}, -1.0), 0.0);
}

/// Expected cost of a level by adding up the demand curve in small steps.
double newsvendor_cost(double mean, double sd, const UnitCosts& costs, double level) {
    double sum = 0.0;
    constexpr int steps = 40'000;
    for (int i = 0; i < steps; ++i) {
        const double z = -8.0 + 16.0 * (i + 0.5) / steps;
        const double density = std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::acos(-1.0));
        const double over = level - (mean + sd * z);
        sum += density * (over > 0.0 ? costs.holding * over : -costs.shortage * over);
    }
    return sum * 16.0 / steps;
}

TEST(Newsvendor, MatchesATextbookAndTheSumOverDemand) {
    // Snyder, Shen, example 4.3: h = 0.18, p = 0.70, mean 50, sd 8: level 56.6, cost 1.9976.
    const UnitCosts costs{.holding = 0.18, .shortage = 0.70};
    const auto stock = newsvendor_stock(50.0, 8.0, costs);
    ASSERT_TRUE(stock);
    EXPECT_NEAR(stock->level, 56.6, 0.05);
    EXPECT_NEAR(stock->cost, 1.9976, 5e-4);
    EXPECT_NEAR(newsvendor_cost(50.0, 8.0, costs, stock->level), stock->cost, 1e-6);
    EXPECT_GT(newsvendor_cost(50.0, 8.0, costs, stock->level + 0.5), stock->cost);
    EXPECT_GT(newsvendor_cost(50.0, 8.0, costs, stock->level - 0.5), stock->cost);
    EXPECT_FALSE(newsvendor_stock(50.0, 8.0, {.holding = 0.0, .shortage = 1.0}));
    EXPECT_FALSE(newsvendor_stock(50.0, -1.0, costs));
}

/// Expected cost of holding n periods of use, summed over the length of the disruption so far.
double up_down_cost(const UpDownSupplier& supplier, const UnitCosts& costs, double periods) {
    double chance = supplier.recovery / (supplier.failure + supplier.recovery);
    double sum = 0.0;
    for (int down = 0; down < 20'000; ++down) {
        const double over = periods - (down + 1);
        sum += chance * (over > 0.0 ? costs.holding * over : -costs.shortage * over);
        chance = down == 0 ? chance * supplier.failure : chance * (1.0 - supplier.recovery);
    }
    return sum;
}

TEST(PeriodsToHold, CostLeastOverAllLevels) {
    RandomStream random{71, 0};
    for (int trial = 0; trial < 100; ++trial) {
        const UpDownSupplier supplier{0.01 + 0.3 * random.uniform(), 0.05 + 0.6 * random.uniform()};
        const UnitCosts costs{0.1 + random.uniform(), 1.0 + 20.0 * random.uniform()};
        const auto periods = periods_to_hold(supplier, costs);
        ASSERT_TRUE(periods);
        double least = std::numeric_limits<double>::infinity();
        for (int n = 0; n < 200; ++n) {
            least = std::min(least, up_down_cost(supplier, costs, n));
        }
        EXPECT_NEAR(up_down_cost(supplier, costs, *periods), least, 1e-9) << trial;
    }
    EXPECT_FALSE(periods_to_hold({0.0, 0.5}, {1.0, 1.0}));
    EXPECT_FALSE(periods_to_hold({0.5, 1.5}, {1.0, 1.0}));
}

// --- several stages -----------------------------------------------------------------------------

struct RandomTree {
    std::vector<ServiceStage> stages;
    std::vector<ServiceLink> links;
};

RandomTree random_tree(std::uint64_t seed) {
    RandomStream random{seed, 5};
    RandomTree tree;
    const auto count = static_cast<std::uint32_t>(1 + random.below(5));
    for (std::uint32_t stage = 0; stage < count; ++stage) {
        tree.stages.push_back(
            {static_cast<std::uint32_t>(random.below(4)),
             1.0 + 5.0 * random.uniform(),
             1.0 + 5.0 * random.uniform(),
             static_cast<std::uint32_t>(random.below(3))}
        );
        if (stage > 0) {
            const auto other = static_cast<std::uint32_t>(random.below(stage));
            tree.links.push_back(
                random.below(2) == 0 ? ServiceLink{other, stage} : ServiceLink{stage, other}
            );
        }
    }
    return tree;
}

/// Tries every service time of every stage.
class BruteForce {
  public:
    explicit BruteForce(const RandomTree& tree) : tree_(tree), service_(tree.stages.size(), 0) {
        try_from(0);
    }

    double least = std::numeric_limits<double>::infinity();

  private:
    void try_from(std::size_t stage) {
        if (stage == service_.size()) {
            least = std::min(least, cost());
            return;
        }
        std::uint32_t most = 0;
        for (const ServiceStage& one : tree_.stages) {
            most += one.periods;
        }
        for (std::uint32_t time = 0; time <= most; ++time) {
            service_[stage] = time;
            try_from_if_allowed(stage);
        }
        service_[stage] = 0;
    }

    void try_from_if_allowed(std::size_t stage) {
        const auto supplies = [&](const ServiceLink& link) { return link.from == stage; };
        const bool is_last = std::ranges::none_of(tree_.links, supplies);
        if (!is_last || service_[stage] <= tree_.stages[stage].promised) {
            try_from(stage + 1);
        }
    }

    double cost() const {
        double sum = 0.0;
        for (std::size_t stage = 0; stage < service_.size(); ++stage) {
            std::uint32_t inbound = 0;
            for (const ServiceLink& link : tree_.links) {
                inbound = link.to == stage ? std::max(inbound, service_[link.from]) : inbound;
            }
            const std::uint32_t most = inbound + tree_.stages[stage].periods;
            if (service_[stage] > most) {
                return std::numeric_limits<double>::infinity();
            }
            sum += tree_.stages[stage].holding_cost * 1.645 * tree_.stages[stage].use_sd
                   * std::sqrt(static_cast<double>(most - service_[stage]));
        }
        return sum;
    }

    const RandomTree& tree_;
    std::vector<std::uint32_t> service_;
};

TEST(SafetyStocks, CostLeastOverAllServiceTimes) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const RandomTree tree = random_tree(seed);
        const auto plan = place_safety_stocks(tree.stages, tree.links);
        ASSERT_TRUE(plan) << seed;
        EXPECT_NEAR(plan->cost, BruteForce(tree).least, 1e-9) << seed;
        for (const ServiceLink& link : tree.links) {
            const StagePlan& to = plan->stages[link.to];
            const std::uint32_t inbound = to.covered + to.service - tree.stages[link.to].periods;
            EXPECT_LE(plan->stages[link.from].service, inbound) << seed;
        }
    }
}

TEST(SafetyStocks, HoldsAllAtTheEndIfThatIsAsCheap) {
    // 2 and 3 periods in a row, same cost: sqrt(5) < sqrt(2) + sqrt(3), all at the second.
    const std::vector<ServiceStage> stages{{2, 1.0, 10.0}, {3, 1.0, 10.0}};
    const std::vector<ServiceLink> links{{0, 1}};
    const auto plan = place_safety_stocks(stages, links, 1.0);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->stages[0].covered, 0U);
    EXPECT_EQ(plan->stages[0].service, 2U);
    EXPECT_EQ(plan->stages[1].covered, 5U);
    EXPECT_NEAR(plan->cost, 10.0 * std::sqrt(5.0), 1e-12);
}

TEST(SafetyStocks, RefusesWhatIsNoTree) {
    const std::vector<ServiceStage> three(3, ServiceStage{1, 1.0, 1.0});
    const std::vector<ServiceLink> twice{{0, 1}, {0, 1}};
    const std::vector<ServiceLink> self{{0, 0}, {0, 1}};
    const std::vector<ServiceLink> outside{{0, 1}, {1, 7}};
    const std::vector<ServiceLink> few{{0, 1}};
    for (const auto& links : {twice, self, outside, few}) {
        EXPECT_FALSE(place_safety_stocks(three, links));
    }
    const std::vector<ServiceStage> slow{{3'000, 1.0, 1.0}};
    EXPECT_FALSE(place_safety_stocks(slow, {}));
    const std::vector<ServiceStage> negative{{1, -1.0, 1.0}};
    EXPECT_FALSE(place_safety_stocks(negative, {}));
}

}  // namespace
}  // namespace adic::shock
