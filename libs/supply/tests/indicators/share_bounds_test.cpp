// Bounds over completions: brute force stays inside, and the ends are reached.

#include "adic/base/random.hpp"
#include "adic/supply/indicators/concentration.hpp"
#include "adic/supply/indicators/shares.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

struct Completion {
    std::vector<double> known;
    double unknown_new =
        0.0;  ///< what a supplier that is not recorded holds; the rest is with the known
};

MarketShares random_market(RandomStream& random, bool complete) {
    MarketShares market;
    const std::size_t n = 1 + random.below(5);
    std::vector<double> likely;
    for (std::size_t i = 0; i < n; ++i) {
        likely.push_back(0.05 + random.uniform());
    }
    const double whole = complete ? 1.0 : 0.3 + 0.6 * random.uniform();
    const double sum = std::accumulate(likely.begin(), likely.end(), 0.0);
    std::vector<ShareRange> shares;
    for (const double l : likely) {
        const double share = l / sum * whole;
        const bool exact = random.below(3) == 0;
        const double low = exact ? share : share * random.uniform();
        const double high = exact ? share : share + (1.0 - share) * random.uniform();
        const double w = random.uniform() * 5.0;
        shares.push_back({low, share, high});
        market.known.push_back({shares.back(), {w * 0.8, w, w * 1.2}});
    }
    market.unknown = unknown_part(shares, {0.0, 0.0, 0.0});
    market.unknown_weight = {0.0, 2.0, 6.0};
    return market;
}

/// A random completion: shares in their bounds, the rest in up to three lumps for anybody.
std::optional<Completion> complete(const MarketShares& market, RandomStream& random) {
    Completion completion;
    double left = 1.0;
    for (const WeightedShare& w : market.known) {
        // Ends are drawn often: extremes are at corners.
        const std::uint64_t kind = random.below(3);
        const double t = kind == 0 ? 0.0 : kind == 1 ? 1.0 : random.uniform();
        const double share = w.share.low + t * (w.share.high - w.share.low);
        completion.known.push_back(share);
        left -= share;
    }
    const std::size_t adjusted = random.below(market.known.size());
    const WeightedShare& w = market.known[adjusted];
    if (left < 0.0 || left > market.unknown.high) {
        const double target = left < 0.0 ? 0.0 : market.unknown.high;
        const double moved =
            std::clamp(completion.known[adjusted] + left - target, w.share.low, w.share.high);
        left -= moved - completion.known[adjusted];
        completion.known[adjusted] = moved;
    }
    if (left < -1e-12 || left > market.unknown.high + 1e-12) {
        return std::nullopt;
    }
    left = std::max(left, 0.0);
    const std::uint64_t lumps = 1 + random.below(3);
    for (std::uint64_t lump = 0; lump < lumps; ++lump) {
        const double part = lump + 1 == lumps ? left : left * random.uniform();
        left -= part;
        const std::uint64_t who = random.below(market.known.size() + 1);
        (who < market.known.size() ? completion.known[who] : completion.unknown_new) += part;
    }
    return completion;
}

using Measure = std::function<double(const MarketShares&, const Completion&)>;

double square_sum(const MarketShares& market, const Completion& c) {
    double sum = market.unknown_weight.likely * c.unknown_new * c.unknown_new;
    for (std::size_t i = 0; i < c.known.size(); ++i) {
        sum += market.known[i].weight.likely * c.known[i] * c.known[i];
    }
    return sum;
}

double linear_sum(const MarketShares& market, const Completion& c) {
    double sum = market.unknown_weight.likely * c.unknown_new;
    for (std::size_t i = 0; i < c.known.size(); ++i) {
        sum += market.known[i].weight.likely * c.known[i];
    }
    return sum;
}

double top(const MarketShares&, const Completion& c, std::size_t count) {
    std::vector<double> all = c.known;
    all.push_back(c.unknown_new);
    std::ranges::sort(all, std::greater{});
    all.resize(std::min(count, all.size()));
    return std::accumulate(all.begin(), all.end(), 0.0);
}

struct Checked {
    const char* name;
    std::function<Estimate(const MarketShares&)> bounds;
    Measure measure;
};

std::vector<Checked> checked_measures() {
    return {
        {"weighted squares", weighted_square_sum, square_sum},
        {"weighted sum", weighted_share_sum, linear_sum},
        {"largest", largest_share, [](const auto& m, const auto& c) { return top(m, c, 1); }},
        {"largest two",
         [](const MarketShares& m) { return largest_shares(m, 2); },
         [](const auto& m, const auto& c) { return top(m, c, 2); }},
    };
}

TEST(ShareBounds, HoldForEveryRandomCompletion) {
    std::size_t tried = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        RandomStream random{seed, 7};
        const MarketShares market = random_market(random, seed % 3 == 0);
        for (const Checked& checked : checked_measures()) {
            const Estimate bounds = checked.bounds(market);
            for (int draw = 0; draw < 50; ++draw) {
                const auto completion = complete(market, random);
                if (!completion) {
                    continue;
                }
                ++tried;
                const double value = checked.measure(market, *completion);
                ASSERT_GE(value, bounds.low() - 1e-9) << checked.name << " seed " << seed;
                ASSERT_LE(value, bounds.high() + 1e-9) << checked.name << " seed " << seed;
            }
        }
    }
    EXPECT_GT(tried, 30'000U);
}

/// The largest sum of squares by trying every corner: a subset at its high end, one in between, and
/// the unknown part with one supplier.
double slow_largest_hhi(const MarketShares& market) {
    const std::size_t n = market.known.size();
    double best = 0.0;
    for (std::size_t recipient = 0; recipient <= n; ++recipient) {
        for (std::size_t free = 0; free <= n; ++free) {
            for (std::size_t subset = 0; subset < (std::size_t{1} << (n + 1)); ++subset) {
                const auto high_of = [&](std::size_t i) {
                    const double own = i < n ? market.known[i].share.high : 0.0;
                    return own + (i == recipient ? market.unknown.high : 0.0);
                };
                double sum = 0.0;
                double squares = 0.0;
                for (std::size_t i = 0; i <= n; ++i) {
                    if (i == free) {
                        continue;
                    }
                    const double low = i < n ? market.known[i].share.low : 0.0;
                    const double share = ((subset >> i) & 1U) != 0 ? high_of(i) : low;
                    sum += share;
                    squares += share * share;
                }
                const double rest = 1.0 - sum;
                const double low = free < n ? market.known[free].share.low : 0.0;
                if (rest >= low - 1e-12 && rest <= high_of(free) + 1e-12) {
                    best = std::max(best, squares + rest * rest);
                }
            }
        }
    }
    return best;
}

TEST(ShareBounds, HighEndOfTheHhiIsReached) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        RandomStream random{seed, 8};
        MarketShares market = random_market(random, seed % 2 == 0);
        for (WeightedShare& w : market.known) {
            w.weight = ShareRange::exactly(1.0);
        }
        market.unknown_weight = ShareRange::exactly(1.0);
        EXPECT_NEAR(weighted_square_sum(market).high(), slow_largest_hhi(market), 1e-9) << seed;
    }
}

TEST(ShareBounds, MatchHandComputedValues) {
    const auto market = [](std::vector<ShareRange> shares) {
        MarketShares result;
        for (const ShareRange& share : shares) {
            result.known.push_back({share});
        }
        result.unknown = unknown_part(shares, {0.0, 0.0, 0.0});
        return result;
    };

    struct Case {
        const char* name;
        std::vector<ShareRange> shares;
        double low;
        double high;
    };

    const std::vector<Case> cases{
        {"two between 0.4 and 0.6: 0.5/0.5 to 0.6/0.4",
         {{0.4, 0.5, 0.6}, {0.4, 0.5, 0.6}},
         0.5,
         0.52},
        {"three between 0.1 and 0.6: thirds to 0.6/0.3/0.1",
         {{0.1, 0.33, 0.6}, {0.1, 0.33, 0.6}, {0.1, 0.34, 0.6}},
         1.0 / 3,
         0.46},
        {"half is not recorded: alone thin, or all with one", {{0.5, 0.5, 0.5}}, 0.25, 1.0},
        {"an interval and a gap: 0.2 thin, or 0.8 + 0.2 with the other",
         {{0.2, 0.5, 0.8}, {0.1, 0.1, 0.1}},
         0.05,
         0.82},
    };
    for (const Case& c : cases) {
        const Estimate hhi = weighted_square_sum(market(c.shares));
        EXPECT_NEAR(hhi.low(), c.low, 1e-12) << c.name;
        EXPECT_NEAR(hhi.high(), c.high, 1e-12) << c.name;
    }
}

TEST(ShareBounds, ManyIntervalsStillGiveAnOuterBound) {
    RandomStream random{5, 5};
    MarketShares market;
    std::vector<ShareRange> shares;
    for (int i = 0; i < 60; ++i) {
        shares.push_back({0.0, 1.0 / 60, 0.05 + 0.1 * random.uniform()});
        market.known.push_back({shares.back()});
    }
    market.unknown = unknown_part(shares, {0.0, 0.0, 0.0});
    const Estimate hhi = weighted_square_sum(market);
    EXPECT_NEAR(hhi.low(), 1.0 / 60, 1e-12);
    for (int draw = 0; draw < 200; ++draw) {
        if (const auto completion = complete(market, random)) {
            EXPECT_LE(square_sum(market, *completion), hhi.high() + 1e-9);
        }
    }
    EXPECT_LE(hhi.high(), 0.15) << "no share can be above 0.15";
}

TEST(Concentration, NeverFallsWhenSuppliersMerge) {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        RandomStream random{seed, 9};
        std::vector<double> amounts;
        for (std::uint64_t i = 0; i < 2 + random.below(8); ++i) {
            amounts.push_back(random.uniform());
        }
        amounts.push_back(1.0);
        const double apart = concentration(amounts);
        const double scale = 0.001 + 1000.0 * random.uniform();
        std::vector<double> scaled = amounts;
        for (double& amount : scaled) {
            amount *= scale;
        }
        EXPECT_NEAR(concentration(scaled), apart, 1e-12) << "scale does not matter";
        std::vector<double> merged = amounts;
        merged[0] += merged.back();
        merged.pop_back();
        EXPECT_GE(concentration(merged), apart - 1e-12);
        EXPECT_GE(apart, 1.0 / static_cast<double>(amounts.size()) - 1e-12);
        EXPECT_LE(apart, 1.0 + 1e-12);
        EXPECT_GE(concentration_ratio(amounts, 2), concentration_ratio(amounts, 1));
    }
}

TEST(SharesOfAmounts, EndlessAmountsLeaveNothingForCertain) {
    const double endless = std::numeric_limits<double>::infinity();
    const std::vector<AmountRange> amounts{{60, 60, 60}, {40, 40, 40}};
    const MarketShares exact = shares_of_amounts(amounts, {0, 0, 0});
    EXPECT_DOUBLE_EQ(exact.known[0].share.low, 0.6);
    EXPECT_DOUBLE_EQ(exact.known[0].share.high, 0.6);
    EXPECT_DOUBLE_EQ(weighted_square_sum(exact).high(), 0.52);
    const MarketShares open = shares_of_amounts(amounts, {0, 0, endless});
    EXPECT_DOUBLE_EQ(open.known[0].share.low, 0.0);
    EXPECT_DOUBLE_EQ(open.known[0].share.high, 0.6);
    EXPECT_DOUBLE_EQ(open.unknown.high, 1.0);
    EXPECT_DOUBLE_EQ(weighted_square_sum(open).likely(), 0.52);
}

}  // namespace
}  // namespace adic::supply
