#include "adic/supply/indicators/shares.hpp"

#include "estimates.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace adic::supply {
namespace {

double sum_low(const MarketShares& market) {
    double sum = 0.0;
    for (const WeightedShare& w : market.known) {
        sum += w.share.low;
    }
    return sum;
}

/// Shares clamp(level / weight, low, high) at the level where they add up to `total`, as nearly as
/// the bounds allow. The sum is piecewise linear in the level, with kinks where a share meets a
/// bound, so the level is found by walking the kinks.
std::vector<double> fill_to(
    const std::vector<WeightedShare>& known,
    double total,
    const std::function<double(const WeightedShare&)>& weight_of
) {
    struct Kink {
        double level;
        double slope;
    };

    std::vector<double> shares;
    std::vector<Kink> kinks;
    double sum = 0.0;
    for (const WeightedShare& w : known) {
        const double weight = weight_of(w);
        // A supplier without weight takes all it can at no cost.
        const double start = weight > 0.0 ? w.share.low : w.share.high;
        shares.push_back(start);
        sum += start;
        if (weight > 0.0 && w.share.high > w.share.low) {
            kinks.push_back({w.share.low * weight, 1.0 / weight});
            kinks.push_back({w.share.high * weight, -1.0 / weight});
        }
    }
    if (kinks.empty() || sum >= total) {
        return shares;
    }
    std::ranges::sort(kinks, {}, &Kink::level);
    double level = kinks.front().level;
    double slope = 0.0;
    for (const Kink& kink : kinks) {
        const double next = sum + slope * (kink.level - level);
        if (next >= total && slope > 0.0) {
            break;
        }
        sum = next;
        level = kink.level;
        slope += kink.slope;
    }
    if (slope > 0.0 && sum < total) {
        level += (total - sum) / slope;
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
        const double weight = weight_of(known[i]);
        if (weight > 0.0) {
            shares[i] = std::clamp(level / weight, known[i].share.low, known[i].share.high);
        }
    }
    return shares;
}

/// One share that may rise from its low bound, in the search for the largest sum.
struct Riser {
    double low;
    double width;
    double weight;

    double gain(double rise) const { return weight * rise * (rise + 2.0 * low); }

    double chord() const { return weight * (width + 2.0 * low); }
};

/// Branch and bound for the largest sum of gains when the rises add up to `budget`: at a corner all
/// but one are at a bound. Risers stand in the order of falling chord.
class CornerSearch {
  public:
    CornerSearch(const std::vector<Riser>& risers, double best) : risers_(&risers), best_(best) {}

    /// The exact largest gain, or after `max_nodes` the bound at the root.
    double run(double budget) {
        double room = 0.0;
        for (const Riser& riser : *risers_) {
            room += riser.width;
        }
        budget = std::min(budget, room);
        const double outer = bound(0, budget, nullptr);
        if (outer <= best_) {
            return best_;
        }
        visit(0, budget, 0.0, nullptr);
        return nodes_ > max_nodes || risers_->size() > max_depth ? std::max(best_, outer) : best_;
    }

  private:
    static constexpr std::size_t max_nodes = 4096;
    static constexpr std::size_t max_depth = 24;
    static constexpr double tiny = 1e-15;

    double bound(std::size_t from, double budget, const Riser* partial) const {
        double sum = 0.0;
        const auto take = [&](const Riser& riser) {
            const double rise = std::min(budget, riser.width);
            sum += riser.chord() * rise;
            budget -= rise;
        };
        for (std::size_t i = from; i < risers_->size() && budget > 0.0; ++i) {
            if (partial != nullptr && partial->chord() >= (*risers_)[i].chord()) {
                take(*partial);
                partial = nullptr;
            }
            take((*risers_)[i]);
        }
        if (partial != nullptr && budget > 0.0) {
            take(*partial);
        }
        return sum;
    }

    void visit(std::size_t i, double budget, double gained, const Riser* partial) {
        if (++nodes_ > max_nodes || i >= max_depth) {
            nodes_ = max_nodes + 1;
            return;
        }
        if (budget <= tiny || i == risers_->size()) {
            finish(budget, gained, partial);
            return;
        }
        if (gained + bound(i, budget, partial) <= best_ + tiny) {
            return;
        }
        const Riser& riser = (*risers_)[i];
        if (riser.width <= budget) {
            visit(i + 1, budget - riser.width, gained + riser.gain(riser.width), partial);
        }
        if (partial == nullptr) {
            visit(i + 1, budget, gained, &riser);
        }
        visit(i + 1, budget, gained, partial);
    }

    void finish(double budget, double gained, const Riser* partial) {
        const double rest = partial == nullptr ? 0.0 : std::min(budget, partial->width);
        if (budget - rest <= 1e-12) {
            best_ = std::max(best_, gained + (partial == nullptr ? 0.0 : partial->gain(rest)));
        }
    }

    const std::vector<Riser>* risers_;
    double best_;
    std::size_t nodes_ = 0;
};

/// The part of the gain that the recipient of the unknown part has, whoever it is, and the search
/// over the rest.
double largest_gain(const MarketShares& market, std::size_t recipient, double budget, double best) {
    std::vector<Riser> risers;
    for (std::size_t i = 0; i <= market.known.size(); ++i) {
        const bool is_new = i == market.known.size();
        const ShareRange share = is_new ? ShareRange{0.0, 0.0, 0.0} : market.known[i].share;
        const double weight = is_new ? market.unknown_weight.high : market.known[i].weight.high;
        const double extra = i == recipient ? market.unknown.high : 0.0;
        const double width = std::min(share.high - share.low + extra, budget);
        if (width > 0.0) {
            risers.push_back({share.low, width, weight});
        }
    }
    std::ranges::sort(risers, std::greater{}, &Riser::chord);
    return CornerSearch{risers, best}.run(budget);
}

double largest_square_sum(const MarketShares& market) {
    double base = 0.0;
    bool exact = true;
    for (const WeightedShare& w : market.known) {
        base += w.weight.high * w.share.low * w.share.low;
        exact = exact && w.share.low == w.share.high;
    }
    const double budget = std::max(0.0, 1.0 - sum_low(market));
    if (budget == 0.0) {
        return base;
    }
    const std::size_t recipients = market.unknown.high > 0.0 ? market.known.size() + 1 : 1;
    double best = 0.0;
    for (std::size_t j = 0; j < recipients; ++j) {
        if (exact) {
            const bool is_new = j == market.known.size();
            const double low = is_new ? 0.0 : market.known[j].share.low;
            const double weight = is_new ? market.unknown_weight.high : market.known[j].weight.high;
            const double rise = std::min(budget, market.unknown.high);
            best = std::max(best, Riser{low, rise, weight}.gain(rise));
        } else {
            best = largest_gain(market, j, budget, best);
        }
    }
    return base + best;
}

double most_of(const MarketShares& market, const ShareRange& share, double lows) {
    const double rise = share.high - share.low + market.unknown.high;
    return share.low + std::clamp(1.0 - lows, 0.0, rise);
}

}  // namespace

ShareRange unknown_part(std::span<const ShareRange> known, ShareRange unnamed, double rounding) {
    ShareRange sum{0.0, 0.0, 0.0};
    for (const ShareRange& share : known) {
        sum.low += share.low;
        sum.likely += share.likely;
        sum.high += share.high;
    }
    const auto rest = [](double taken) { return std::max(0.0, 1.0 - taken); };
    const double likely = rest(sum.likely);
    const bool complete = sum.likely + unnamed.likely >= 1.0 - rounding;
    const double low = std::min(likely, std::max(rest(sum.high), unnamed.low));
    const double high = complete ? std::max(likely, unnamed.high) : rest(sum.low);
    return {low, likely, std::max(likely, std::min(high, rest(sum.low)))};
}

std::vector<double> most_equal_shares(const MarketShares& market) {
    return fill_to(market.known, 1.0 - market.unknown.high, [](const auto&) { return 1.0; });
}

Estimate weighted_square_sum(const MarketShares& market) {
    const std::vector<double> equal =
        fill_to(market.known, 1.0 - market.unknown.high, [](const WeightedShare& w) {
            return w.weight.low;
        });
    double low = 0.0;
    double likely = 0.0;
    for (std::size_t i = 0; i < market.known.size(); ++i) {
        const WeightedShare& w = market.known[i];
        low += w.weight.low * equal[i] * equal[i];
        likely += w.weight.likely * w.share.likely * w.share.likely;
    }
    return bracket(low, likely, largest_square_sum(market));
}

namespace {

/// What the part above the low shares adds at least or at most: it goes to the cheapest or dearest
/// weights first, as far as each can take it.
double extreme_rise(const MarketShares& market, bool highest) {
    struct Taker {
        double weight;
        double room;
    };

    const auto weight_at = [&](const ShareRange& weight) {
        return highest ? weight.high : weight.low;
    };
    std::vector<Taker> takers;
    double of_unknown = weight_at(market.unknown_weight);
    for (const WeightedShare& w : market.known) {
        const double weight = weight_at(w.weight);
        takers.push_back({weight, w.share.high - w.share.low});
        of_unknown = highest ? std::max(of_unknown, weight) : std::min(of_unknown, weight);
    }
    takers.push_back({of_unknown, market.unknown.high});
    std::ranges::sort(takers, [&](const Taker& a, const Taker& b) {
        return highest ? a.weight > b.weight : a.weight < b.weight;
    });
    double open = std::max(0.0, 1.0 - sum_low(market));
    double sum = 0.0;
    for (const Taker& taker : takers) {
        const double taken = std::min(open, taker.room);
        sum += taker.weight * taken;
        open -= taken;
    }
    return sum;
}

/// part / (part + others); an endless part is all, endless others leave nothing.
double share_of(double part, double others) {
    if (std::isinf(part)) {
        return 1.0;
    }
    return part > 0.0 ? part / (part + others) : 0.0;
}

}  // namespace

Estimate weighted_share_sum(const MarketShares& market) {
    double low = extreme_rise(market, false);
    double likely = market.unknown.likely * market.unknown_weight.likely;
    double high = extreme_rise(market, true);
    for (const WeightedShare& w : market.known) {
        low += w.weight.low * w.share.low;
        likely += w.weight.likely * w.share.likely;
        high += w.weight.high * w.share.low;
    }
    return bracket(low, likely, high);
}

MarketShares shares_of_amounts(std::span<const AmountRange> amounts, AmountRange unallocated) {
    AmountRange total = unallocated;
    std::size_t endless = std::isinf(unallocated.high) ? 1 : 0;
    double finite_high = endless == 0 ? unallocated.high : 0.0;
    for (const AmountRange& amount : amounts) {
        total.low += amount.low;
        total.likely += amount.likely;
        endless += std::isinf(amount.high) ? 1U : 0U;
        finite_high += std::isinf(amount.high) ? 0.0 : amount.high;
    }
    const auto share = [&](const AmountRange& part) {
        const bool is_endless = std::isinf(part.high);
        const bool others_endless = endless > (is_endless ? 1U : 0U);
        const double others = is_endless ? finite_high : finite_high - part.high;
        const double most_others =
            others_endless ? std::numeric_limits<double>::infinity() : std::max(0.0, others);
        const double likely = total.likely > 0.0 ? part.likely / total.likely : 0.0;
        const double low = share_of(part.low, most_others);
        const double high = share_of(part.high, std::max(0.0, total.low - part.low));
        return ShareRange{std::min(low, likely), likely, std::max(high, likely)};
    };
    MarketShares market;
    for (const AmountRange& amount : amounts) {
        market.known.push_back({share(amount)});
    }
    market.unknown = share(unallocated);
    return market;
}

Estimate largest_share(const MarketShares& market) {
    const std::vector<double> equal = most_equal_shares(market);
    const double lows = sum_low(market);
    double low = 0.0;
    double likely = 0.0;
    double high = most_of(market, {0.0, 0.0, 0.0}, lows);
    for (std::size_t i = 0; i < market.known.size(); ++i) {
        low = std::max(low, equal[i]);
        likely = std::max(likely, market.known[i].share.likely);
        high = std::max(high, most_of(market, market.known[i].share, lows));
    }
    return bracket(low, likely, high);
}

Estimate largest_shares(const MarketShares& market, std::size_t count) {
    const auto top = [&](std::vector<double> values) {
        std::ranges::sort(values, std::greater{});
        values.resize(std::min(count, values.size()));
        return std::accumulate(values.begin(), values.end(), 0.0);
    };
    std::vector<double> lows;
    std::vector<double> likely;
    std::vector<double> highs;
    for (const WeightedShare& w : market.known) {
        lows.push_back(w.share.low);
        likely.push_back(w.share.likely);
        highs.push_back(w.share.high);
    }
    const double left = std::max(0.0, 1.0 - sum_low(market));
    const double high = std::min(top(highs) + market.unknown.high, top(lows) + left);
    return bracket(top(most_equal_shares(market)), top(likely), count == 0 ? 0.0 : high);
}

}  // namespace adic::supply
