#include "adic/supply/indicators/concentration.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace adic::supply {
namespace {

Reading evaluate_concentration(const ItemFacts& facts) {
    return reading_of_origins(concentration_indicator, facts, [&](const Origins&) {
        return facts.sourcing_hhi();
    });
}

}  // namespace

const Indicator concentration_indicator{
    .name = "concentration",
    .title = "Concentration of origins (HHI)",
    .unit = "1",
    .equation = "HHI = sum_c s_c^2",
    .source = "Hirschman (1964); threshold US DOJ and FTC Merger Guidelines 2023",
    .threshold = &IndicatorParameters::concentration,
    .higher_is_worse = true,
    .evaluate = evaluate_concentration,
    .hangs_on = {.market = true},
};

double concentration(std::span<const double> amounts) {
    const double total = std::accumulate(amounts.begin(), amounts.end(), 0.0);
    assert(total > 0.0);
    double sum = 0.0;
    for (const double amount : amounts) {
        const double share = amount / total;
        sum += share * share;
    }
    return sum;
}

double concentration_ratio(std::span<const double> amounts, std::size_t count) {
    std::vector<double> sorted(amounts.begin(), amounts.end());
    std::ranges::sort(sorted, std::greater{});
    const double total = std::accumulate(sorted.begin(), sorted.end(), 0.0);
    assert(total > 0.0);
    sorted.resize(std::min(count, sorted.size()));
    return std::accumulate(sorted.begin(), sorted.end(), 0.0) / total;
}

Estimate concentration_bounds(std::span<const double> recorded_shares) {
    MarketShares market;
    std::vector<ShareRange> shares;
    for (const double share : recorded_shares) {
        shares.push_back(ShareRange::exactly(share));
        market.known.push_back({shares.back()});
    }
    market.unknown = unknown_part(shares, ShareRange::exactly(0.0));
    return weighted_square_sum(market);
}

}  // namespace adic::supply
