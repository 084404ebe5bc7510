#include "largest_outside.hpp"

#include "estimates.hpp"

#include <algorithm>

namespace adic::supply {

Estimate largest_outside(const MarketShares& market, const std::vector<bool>& inside) {
    MarketShares outside;
    // All that inside may take works, for the least share outside, like an unknown part.
    double elsewhere = market.unknown.high;
    double lows = 0.0;
    for (std::size_t i = 0; i < market.known.size(); ++i) {
        lows += market.known[i].share.low;
        if (inside[i]) {
            elsewhere += market.known[i].share.high;
        } else {
            outside.known.push_back(market.known[i]);
        }
    }
    outside.unknown = {0.0, 0.0, elsewhere};
    double low = 0.0;
    for (const double share : most_equal_shares(outside)) {
        low = std::max(low, share);
    }
    const double open = std::max(0.0, 1.0 - lows);
    double likely = 0.0;
    double high = std::min(open, market.unknown.high);
    for (const WeightedShare& w : outside.known) {
        const double rise = w.share.high - w.share.low + market.unknown.high;
        likely = std::max(likely, w.share.likely);
        high = std::max(high, w.share.low + std::min(open, rise));
    }
    return bracket(low, likely, high);
}

}  // namespace adic::supply
