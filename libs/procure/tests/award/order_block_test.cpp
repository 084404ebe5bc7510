#include "award/order_block.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include <gtest/gtest.h>

namespace adic::procure {
namespace {

using Kind = BlockPlan::Kind;

constexpr double infinite = std::numeric_limits<double>::infinity();

std::int64_t between(RandomStream& random, std::int64_t least, std::int64_t most) {
    const auto count = static_cast<std::uint64_t>(most - least + 1);
    return least + static_cast<std::int64_t>(random.below(count));
}

/// Up to two brackets, between and below which there may be gaps.
BlockOrder random_order(RandomStream& random, std::size_t supplier) {
    BlockOrder order{supplier};
    const std::int64_t lot = between(random, 1, 2);
    std::int64_t least = between(random, 1, 3);
    for (std::size_t b = 0; b < 2; ++b) {
        OrderBracket bracket{b, (least + lot - 1) / lot * lot, 0, lot};
        bracket.most = (bracket.least + between(random, 0, 3)) / lot * lot;
        bracket.base = between(random, 0, 20);
        bracket.price = between(random, 1, 12);
        order.brackets.push_back(bracket);
        least = bracket.most + between(random, 1, 2);
    }
    return order;
}

struct Drawn {
    OrderBlock block;
    std::vector<OrderTerms> terms;
};

Drawn random_block(std::uint64_t seed) {
    RandomStream random(20261127, seed);
    Drawn drawn;
    OrderBlock& block = drawn.block;
    const std::int64_t orders = between(random, 2, 3);
    for (std::int64_t o = 0; o < orders; ++o) {
        block.orders.push_back(random_order(random, static_cast<std::size_t>(o) % 2));
        OrderTerms terms{0, between(random, 2, 9)};
        terms.least = random.uniform() < 0.2 ? 1 : 0;
        terms.surcharge = random.uniform() < 0.4 ? 5.0 * random.uniform() : 0.0;
        terms.charge = random.uniform() < 0.4 ? 20.0 * random.uniform() : 0.0;
        drawn.terms.push_back(terms);
    }
    const std::int64_t needs = between(random, 1, 3);
    for (std::int64_t n = 0; n < needs; ++n) {
        block.needs.push_back({between(random, 1, 3), {}});
    }
    for (std::int64_t way = 0; way < orders * needs; ++way) {
        const std::int64_t cost = between(random, 0, 4);
        block.ways.push_back(random.uniform() < 0.8 ? std::optional{cost} : std::nullopt);
    }
    if (random.uniform() < 0.3) {
        block.suppliers.push_back({{0, 1}, 2});
    }
    return drawn;
}

/// Every number of pieces of every order, and every way to carry them.
class EveryOrder {
  public:
    explicit EveryOrder(const Drawn& drawn)
        : block_(drawn.block)
        , terms_(drawn.terms)
        , left_(block_.orders.size()) {
        for (const BlockNeed& need : block_.needs) {
            open_.push_back(need.pieces);
        }
    }

    /// Infinite: there is no plan.
    double cheapest() {
        order(0, 0.0);
        return best_;
    }

  private:
    void order(std::size_t o, double cost) {
        if (o == block_.orders.size()) {
            if (has_suppliers()) {
                carry(0, 0, cost);
            }
            return;
        }
        const OrderTerms& terms = terms_[o];
        if (terms.least == 0) {
            left_[o] = 0;
            order(o + 1, cost);
        }
        for (const OrderBracket& bracket : block_.orders[o].brackets) {
            for (std::int64_t pieces = bracket.least; pieces <= bracket.most; ++pieces) {
                if (pieces % bracket.lot == 0 && pieces >= terms.least && pieces <= terms.most) {
                    left_[o] = pieces;
                    ordered_.insert(o);
                    const auto price = static_cast<double>(bracket.price) + terms.surcharge;
                    order(
                        o + 1,
                        cost + terms.charge + static_cast<double>(bracket.base)
                            + price * static_cast<double>(pieces)
                    );
                    ordered_.erase(o);
                }
            }
        }
    }

    bool has_suppliers() const {
        return std::ranges::all_of(block_.suppliers, [&](const BlockSuppliers& rule) {
            std::set<std::size_t> suppliers;
            for (const std::size_t o : rule.orders) {
                if (ordered_.contains(o)) {
                    suppliers.insert(block_.orders[o].supplier);
                }
            }
            return suppliers.size() >= rule.least;
        });
    }

    void carry(std::size_t need, std::size_t from, double cost) {
        if (need == open_.size()) {
            best_ = std::min(best_, cost);
            return;
        }
        if (open_[need] == 0) {
            carry(need + 1, 0, cost);
            return;
        }
        for (std::size_t o = from; o < left_.size(); ++o) {
            const auto way = block_.way(o, need);
            if (way && left_[o] > 0) {
                --left_[o];
                --open_[need];
                carry(need, o, cost + static_cast<double>(*way));
                ++left_[o];
                ++open_[need];
            }
        }
    }

    const OrderBlock& block_;
    const std::vector<OrderTerms>& terms_;
    std::vector<std::int64_t> left_;  ///< by order, ordered and not carried yet
    std::vector<std::int64_t> open_ = {};
    std::set<std::size_t> ordered_ = {};
    double best_ = infinite;
};

/// What a plan costs by its own numbers; infinite if they are none.
double cost_of(const Drawn& drawn, const BlockPlan& plan) {
    const OrderBlock& block = drawn.block;
    double cost = static_cast<double>(plan.cost);
    for (std::size_t o = 0; o < block.orders.size(); ++o) {
        std::int64_t carried = 0;
        for (std::size_t n = 0; n < block.needs.size(); ++n) {
            carried += plan.carried[o * block.needs.size() + n];
        }
        const auto pieces = static_cast<double>(plan.ordered[o]);
        cost += pieces * drawn.terms[o].surcharge + (pieces > 0.0 ? drawn.terms[o].charge : 0.0);
        cost = carried <= plan.ordered[o] ? cost : infinite;
    }
    for (std::size_t n = 0; n < block.needs.size(); ++n) {
        std::int64_t got = 0;
        for (std::size_t o = 0; o < block.orders.size(); ++o) {
            got += plan.carried[o * block.needs.size() + n];
        }
        cost = got == block.needs[n].pieces ? cost : infinite;
    }
    return cost;
}

TEST(OrderBlock, AgreesWithEveryOrderTried) {
    int found = 0;
    int impossible = 0;
    for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
        const Drawn drawn = random_block(seed);
        const double cheapest = EveryOrder(drawn).cheapest();
        const BlockPlan plan = plan_block(drawn.block, drawn.terms);
        ASSERT_EQ(plan.kind, cheapest < infinite ? Kind::found : Kind::impossible) << seed;
        if (plan.kind == Kind::found) {
            EXPECT_NEAR(cost_of(drawn, plan), cheapest, 1e-5) << seed;
            EXPECT_NEAR(plan.bound, cheapest, 1e-5) << seed;
            EXPECT_LE(plan.bound, cheapest) << seed;
            ++found;
        } else {
            ++impossible;
        }
    }
    EXPECT_GT(found, 1'000);
    EXPECT_GT(impossible, 100);
}

/// Where too few nodes are looked at, there may be a plan, and the bound is still one.
TEST(OrderBlock, SaysWhatItDoesNotKnow) {
    int undecided = 0;
    int open = 0;
    for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
        const Drawn drawn = random_block(seed);
        const double cheapest = EveryOrder(drawn).cheapest();
        for (const std::size_t most_nodes : {0U, 1U, 2U, 3U}) {
            const BlockPlan plan = plan_block(drawn.block, drawn.terms, {.most_nodes = most_nodes});
            EXPECT_LE(plan.bound, cheapest) << seed;
            if (plan.kind == Kind::impossible) {
                EXPECT_EQ(cheapest, infinite) << seed;
            } else if (plan.kind == Kind::found) {
                EXPECT_GE(cost_of(drawn, plan), cheapest - 1e-5) << seed;
                open += plan.bound < cheapest - 1e-5 ? 1 : 0;
            } else {
                undecided += most_nodes > 0 ? 1 : 0;
            }
        }
    }
    EXPECT_GT(open, 100);
    EXPECT_GT(undecided, 20);
}

TEST(OrderBlock, IsAsCloseAsItIsAskedFor) {
    constexpr double gap = 0.1;
    int open = 0;
    for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
        const Drawn drawn = random_block(seed);
        const double cheapest = EveryOrder(drawn).cheapest();
        const BlockPlan plan = plan_block(drawn.block, drawn.terms, {.relative_gap = gap});
        ASSERT_EQ(plan.kind, cheapest < infinite ? Kind::found : Kind::impossible) << seed;
        if (plan.kind == Kind::found) {
            const double cost = cost_of(drawn, plan);
            EXPECT_GE(cost, cheapest - 1e-5) << seed;
            EXPECT_LE(plan.bound, cheapest) << seed;
            EXPECT_GE(plan.bound, (1.0 - gap) * cost - 1e-5) << seed;
            open += cost > cheapest + 1e-5 ? 1 : 0;
        }
    }
    EXPECT_GT(open, 10);
}

/// Nine at 10 cost 90, and ten at 7 cost 70: one is spare.
TEST(OrderBlock, BuysUpToTheNextBreak) {
    OrderBlock block;
    block.orders.push_back({0, {{0, 1, 9, 1, 0, 10}, {1, 10, 20, 1, 0, 7}}});
    block.needs.push_back({9, {}});
    block.ways = {Cents{0}};
    const BlockPlan plan = plan_block(block, {{0, 20}});
    ASSERT_EQ(plan.kind, Kind::found);
    EXPECT_EQ(plan.cost, 70);
    EXPECT_EQ(plan.ordered, (std::vector<std::int64_t>{10}));
    EXPECT_EQ(plan.carried, (std::vector<std::int64_t>{9}));
    EXPECT_NEAR(plan.bound, 70.0, 1e-5);
}

/// Millions of pieces at prices of millions: what rounds stays below a cent in 10^11.
TEST(OrderBlock, BoundsLargeSums) {
    OrderBlock block;
    block.orders.push_back({0, {{0, 1, 3'000'000, 1, 777, 1'000'003}}});
    block.orders.push_back({1, {{1, 7, 2'000'000, 7, 12'345, 1'000'001}}});
    block.needs.push_back({2'500'001, {}});
    block.needs.push_back({1'000'000, {}});
    block.ways = {Cents{3}, Cents{0}, Cents{0}, Cents{5}};
    const BlockPlan plan = plan_block(block, {{0, 3'000'000}, {0, 2'000'000}});
    ASSERT_EQ(plan.kind, Kind::found);
    EXPECT_LE(plan.bound, static_cast<double>(plan.cost));
    EXPECT_GE(plan.bound, static_cast<double>(plan.cost) * (1.0 - 1e-11));
}

}  // namespace
}  // namespace adic::procure
