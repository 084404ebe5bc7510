#include "adic/shock/remedies/portfolio.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

constexpr double rounding = 1e-9;

/// Losses by a rule, and how many were asked for.
struct Rule {
    std::function<double(const Purchases&)> loss;
    std::size_t asked = 0;

    LossFunction function() {
        return [this](std::span<const Purchases> plans) -> Result<std::vector<double>> {
            std::vector<double> losses;
            for (const Purchases& plan : plans) {
                losses.push_back(loss(plan));
            }
            asked += plans.size();
            return losses;
        };
    }
};

TEST(FindPortfolio, BuysTwoThingsThatOnlyHelpTogether) {
    // 10 are lost; 0 and 1 together save 8, alone nothing; 2 saves 3. Budget 4: 0 and 1.
    Rule rule{[](const Purchases& p) {
        return 10.0 - (p[0] > 0 && p[1] > 0 ? 8.0 : 0.0) - (p[2] > 0 ? 2.0 : 0.0);
    }};
    const Offers offers{{200, 200, 200}, {1, 1, 1}, 400};
    const auto found = find_portfolio(offers, rule.function());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->bought, (Purchases{1, 1, 0}));
    EXPECT_EQ(found->cost, 400);
    EXPECT_NEAR(found->loss, 2, rounding);
    EXPECT_NEAR(found->bound, 2, rounding);
    EXPECT_EQ(found->gap(), 0);
    EXPECT_EQ(found->worst_rise, 0);
}

TEST(FindPortfolio, LeavesOutWhatGainsNothing) {
    Rule rule{[](const Purchases& p) { return p[0] > 0 ? 1.0 : 5.0; }};
    const auto found = find_portfolio({{100, 100}, {3, 3}, 500}, rule.function());
    EXPECT_EQ(found->bought, (Purchases{1, 0}));
}

TEST(FindPortfolio, SaysHowFarItMayBeFromTheBest) {
    // Ten alike; any five save all. The bound takes all that can be paid for free.
    Rule rule{[](const Purchases& p) {
        const auto bought = std::accumulate(p.begin(), p.end(), 0U);
        return 10.0 - std::min(bought, 5U);
    }};
    const Offers offers{std::vector<std::int64_t>(10, 100), std::vector<std::uint32_t>(10, 1), 300};
    const auto found = find_portfolio(offers, rule.function(), {.evaluations = 60});
    EXPECT_NEAR(found->loss, 7, rounding);
    EXPECT_NEAR(found->bound, 5, rounding);
    EXPECT_NEAR(found->gap(), 0.4, rounding);
    EXPECT_LE(found->evaluations, 60U);
    EXPECT_EQ(found->evaluations, rule.asked);
}

TEST(FindPortfolio, SeesWhenMoreLosesMore) {
    Rule rule{[](const Purchases& p) { return 5.0 - p[0] + (p[0] > 0 && p[1] > 0 ? 0.5 : 0.0); }};
    const auto found = find_portfolio({{100, 100}, {1, 1}, 100}, rule.function());
    EXPECT_NEAR(found->worst_rise, 0.5, rounding);
}

TEST(FindPortfolio, RefusesOffersThatCannotBe) {
    Rule rule{[](const Purchases&) { return 0.0; }};
    EXPECT_FALSE(find_portfolio({{-1}, {1}, 100}, rule.function()));
    EXPECT_FALSE(find_portfolio({{1}, {1}, -1}, rule.function()));
    EXPECT_FALSE(find_portfolio({{1}, {}, 1}, rule.function()));
}

TEST(FindPortfolio, HandsOnTheFailureOfALoss) {
    const LossFunction fails = [](std::span<const Purchases>) -> Result<std::vector<double>> {
        return Error{ErrorCode::interrupted, "stopped", {}};
    };
    EXPECT_EQ(find_portfolio({{1}, {1}, 1}, fails).error().code, ErrorCode::interrupted);
}

/// A loss that falls with every purchase: terms that are saved once all that they need is bought.
struct Covers {
    struct Term {
        double value;
        Purchases needs;
    };

    std::vector<Term> terms;

    explicit Covers(RandomStream& random, std::size_t things) {
        for (std::uint64_t n = 3 + random.below(8); n > 0; --n) {
            Term term{random.uniform(), Purchases(things, 0)};
            for (std::uint64_t m = 1 + random.below(3); m > 0; --m) {
                term.needs[random.below(things)] = 1 + static_cast<std::uint32_t>(random.below(2));
            }
            terms.push_back(std::move(term));
        }
    }

    double operator()(const Purchases& plan) const {
        double loss = 0;
        for (const Term& term : terms) {
            const bool is_met = std::ranges::equal(term.needs, plan, std::less_equal{});
            loss += is_met ? 0.0 : term.value;
        }
        return loss;
    }
};

double least_loss(const Offers& offers, const Covers& covers) {
    double least = covers(Purchases(offers.size(), 0));
    Purchases plan(offers.size(), 0);
    while (true) {
        std::size_t r = 0;
        while (r < plan.size() && plan[r] == offers.most[r]) {
            plan[r++] = 0;
        }
        if (r == plan.size()) {
            return least;
        }
        ++plan[r];
        if (offers.cost_of(plan) <= offers.budget) {
            least = std::min(least, covers(plan));
        }
    }
}

TEST(FindPortfolio, FindsWhatAllSubsetsFind) {
    constexpr std::uint64_t cases = 500;
    const SearchLimits exact{.evaluations = 5'000, .close_enough = 1e-12};
    for (std::uint64_t seed = 1; seed <= cases; ++seed) {
        RandomStream random(seed, 1);
        const std::size_t things = 2 + random.below(6);
        Offers offers;
        for (std::size_t r = 0; r < things; ++r) {
            offers.cost.push_back(static_cast<std::int64_t>(random.below(300)));
            offers.most.push_back(1 + static_cast<std::uint32_t>(random.below(2)));
        }
        offers.budget = static_cast<std::int64_t>(random.below(900));
        const Covers covers(random, things);
        Rule rule{covers};
        const double least = least_loss(offers, covers);
        const auto found = find_portfolio(offers, rule.function(), exact);
        ASSERT_NEAR(found->loss, least, rounding) << seed;
        ASSERT_NEAR(found->bound, least, rounding) << seed;
        ASSERT_LE(found->cost, offers.budget);
        for (std::size_t r = 0; r < things; ++r) {
            Purchases smaller = found->bought;
            if (smaller[r] > 0 && offers.cost[r] > 0) {
                --smaller[r];
                ASSERT_GT(covers(smaller), found->loss) << "nothing is bought in vain, " << seed;
            }
        }
        const auto hurried = find_portfolio(offers, rule.function(), {.evaluations = 12});
        ASSERT_LE(hurried->bound, least + rounding) << seed;
        ASSERT_GE(hurried->loss, least - rounding) << seed;
        Offers richer = offers;
        richer.budget += static_cast<std::int64_t>(random.below(300));
        const auto more = find_portfolio(richer, rule.function(), exact);
        ASSERT_LE(more->loss, found->loss + rounding) << "a larger budget, seed " << seed;
    }
}

}  // namespace
}  // namespace adic::shock
