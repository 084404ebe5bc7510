#include "list.hpp"
#include "reading_of.hpp"

namespace adic::supply {
namespace {

Reading evaluate_largest_shares(const ItemFacts& facts) {
    ReadingBuilder reading{largest_shares_indicator, facts};
    const Origins& origins = facts.sourcing();
    reading.uses(origins.facts);
    if (!origins.recorded) {
        return reading.unknown(no_shares);
    }
    add_largest_origins(reading, origins);
    const Estimate sum = largest_shares(market_of(origins), facts.parameters().largest_count);
    return reading.value(sum, origins.covered);
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
};

}  // namespace adic::supply
