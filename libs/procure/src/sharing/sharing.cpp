#include "adic/procure/sharing.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace adic::procure {
namespace {

Fraction total(const CostGame& game) {
    return Fraction{game.costs[game.everybody()]};
}

/// Mean and variance of the mean of what was drawn.
struct Drawn {
    double mean = 0.0;
    double variance_of_mean = 0.0;
};

Drawn summary(const std::vector<double>& draws) {
    const auto count = static_cast<double>(draws.size());
    const double mean = std::accumulate(draws.begin(), draws.end(), 0.0) / count;
    double squares = 0.0;
    for (const double draw : draws) {
        squares += (draw - mean) * (draw - mean);
    }
    return {mean, squares / (count - 1.0) / count};
}

/// A random set of `before` players other than `player`: a partial Fisher-Yates shuffle.
std::vector<bool>
random_before(std::size_t players, std::size_t player, std::size_t before, RandomStream& random) {
    std::vector<std::size_t> others;
    for (std::size_t p = 0; p < players; ++p) {
        if (p != player) {
            others.push_back(p);
        }
    }
    std::vector<bool> coalition(players, false);
    for (std::size_t k = 0; k < before; ++k) {
        std::swap(others[k], others[k + random.below(others.size() - k)]);
        coalition[others[k]] = true;
    }
    return coalition;
}

/// What each set of players saves by going alone, over all of them. Cost: O(2^n).
template <typename Visit>
void each_objection(const CostGame& game, const Shares& shares, const Visit& visit) {
    std::vector<Fraction> paid(game.costs.size(), Fraction{0});
    for (Coalition coalition = 1; coalition < game.everybody(); ++coalition) {
        const auto lowest = static_cast<std::size_t>(std::countr_zero(coalition));
        paid[coalition] = paid[coalition & (coalition - 1)] + shares[lowest];
        visit(coalition, Fraction{paid[coalition] - game.costs[coalition]});
    }
}

}  // namespace

Shares proportional_shares(const CostGame& game, const std::vector<std::int64_t>& weights) {
    Fraction sum = 0;
    for (const std::int64_t weight : weights) {
        sum += weight;
    }
    Shares shares;
    for (const std::int64_t weight : weights) {
        shares.push_back(total(game) * weight / sum);
    }
    return shares;
}

std::optional<Shares> stand_alone_shares(const CostGame& game) {
    std::vector<std::int64_t> alone;
    std::int64_t sum = 0;
    for (std::size_t p = 0; p < game.size(); ++p) {
        alone.push_back(game.alone(p));
        sum += alone.back();
    }
    return sum == 0 ? std::nullopt : std::optional{proportional_shares(game, alone)};
}

Shares separable_cost_shares(const CostGame& game) {
    const Coalition all = game.everybody();
    Shares shares;
    Shares benefits;
    Fraction left = total(game);
    Fraction benefit = 0;
    for (std::size_t p = 0; p < game.size(); ++p) {
        const std::int64_t adds = game.costs[all] - game.costs[all & ~(Coalition{1} << p)];
        shares.emplace_back(adds);
        benefits.emplace_back(std::max<std::int64_t>(0, game.alone(p) - adds));
        left -= shares.back();
        benefit += benefits.back();
    }
    const Fraction equal = Fraction{1} / static_cast<std::int64_t>(game.size());
    for (std::size_t p = 0; p < game.size(); ++p) {
        shares[p] += left * (benefit == 0 ? equal : Fraction{benefits[p] / benefit});
    }
    return shares;
}

Shares shapley_shares(const CostGame& game) {
    const std::size_t n = game.size();
    // What a player adds to all sets of one size, added up: within 64 bits by `largest_amount`.
    std::vector<std::vector<std::int64_t>> added(n, std::vector<std::int64_t>(n, 0));
    for (Coalition coalition = 0; coalition < game.costs.size(); ++coalition) {
        for (std::size_t p = 0; p < n; ++p) {
            const Coalition one = Coalition{1} << p;
            if ((coalition & one) == 0) {
                added[p][static_cast<std::size_t>(model::size_of(coalition))] +=
                    game.costs[coalition | one] - game.costs[coalition];
            }
        }
    }
    Shares shares(n, Fraction{0});
    for (std::size_t p = 0; p < n; ++p) {
        Fraction sets_of_size = 1;  // n - 1 choose k
        for (std::size_t k = 0; k < n; ++k) {
            shares[p] += Fraction{added[p][k]} / sets_of_size;
            sets_of_size *= Fraction{static_cast<std::int64_t>(n - 1 - k)};
            sets_of_size /= Fraction{static_cast<std::int64_t>(k + 1)};
        }
        shares[p] /= static_cast<std::int64_t>(n);
    }
    return shares;
}

SampledShares sample_shapley(
    std::size_t players,
    std::size_t draws,
    std::uint64_t seed,
    const std::function<double(const std::vector<bool>& coalition)>& cost
) {
    SampledShares sampled;
    const auto places = static_cast<double>(players);
    for (std::size_t player = 0; player < players; ++player) {
        double share = 0.0;
        double variance = 0.0;
        for (std::size_t place = 0; place < players; ++place) {
            RandomStream random(seed, player * players + place);
            std::vector<double> added;
            for (std::size_t d = 0; d < draws; ++d) {
                std::vector<bool> coalition = random_before(players, player, place, random);
                const double without = cost(coalition);
                coalition[player] = true;
                added.push_back(cost(coalition) - without);
            }
            const Drawn drawn = summary(added);
            share += drawn.mean / places;
            variance += drawn.variance_of_mean / (places * places);
        }
        sampled.shares.push_back(share);
        sampled.standard_error.push_back(std::sqrt(variance));
    }
    return sampled;
}

std::vector<Objection> worst_objections(const CostGame& game, const Shares& shares) {
    std::vector<Objection> worst(game.size());
    each_objection(game, shares, [&](Coalition coalition, const Fraction& saves) {
        for (std::size_t p = 0; p < game.size(); ++p) {
            const bool is_in = (coalition >> p & 1U) != 0;
            if (is_in && (worst[p].coalition == 0 || saves > worst[p].saves)) {
                worst[p] = {coalition, saves};
            }
        }
    });
    return worst;
}

bool is_in_core(const CostGame& game, const Shares& shares) {
    Fraction sum = 0;
    for (const Fraction& share : shares) {
        sum += share;
    }
    bool is_in = sum == total(game);
    each_objection(game, shares, [&](Coalition, const Fraction& saves) {
        is_in = is_in && saves <= 0;
    });
    return is_in;
}

}  // namespace adic::procure
