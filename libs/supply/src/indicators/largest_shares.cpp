#include "list.hpp"
#include "reading_of.hpp"

namespace adic::supply {
namespace {

Reading evaluate_largest_shares(const ItemFacts& facts) {
    return reading_of_origins(largest_shares_indicator, facts, [&](const Origins& origins) {
        return largest_shares(market_of(origins), facts.parameters().largest_count);
    });
}

}  // namespace

const Indicator largest_shares_indicator{
    .name = "largest-origins",
    .title = "Share of the largest origins together (CRk)",
    .unit = "1",
    .equation = "CRk = sum of the k largest s_c",
    .source = "Bain (1951), Q. J. Econ. 65(3), 293",
    .threshold = &IndicatorParameters::largest_shares,
    .higher_is_worse = true,
    .evaluate = evaluate_largest_shares,
    .hangs_on = {.market = true},
};

}  // namespace adic::supply
