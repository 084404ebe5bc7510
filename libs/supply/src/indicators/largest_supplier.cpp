#include "list.hpp"
#include "reading_of.hpp"

namespace adic::supply {
namespace {

/// The market as it matters for a cut-off from outside: all that comes from inside, together,
/// cannot be cut off, and no unknown share is known to be inside.
MarketShares outside_market(const ItemFacts& facts) {
    MarketShares market;
    for (const OriginShare& origin : facts.sourcing().known) {
        if (!facts.context().is_inside(origin.state)) {
            market.known.push_back({origin.share});
        }
    }
    market.unknown = facts.sourcing().unknown;
    return market;
}

/// The largest share of one outside supplier. Shares inside take part in the sum to one: what they
/// have at least, nobody outside can have.
Estimate largest_outside(const ItemFacts& facts) {
    const MarketShares all = market_of(facts.sourcing());
    const MarketShares outside = outside_market(facts);
    if (all.known.size() == outside.known.size()) {
        return largest_share(all);
    }
    double inside_low = 0.0;
    double outside_low = 0.0;
    for (const WeightedShare& w : all.known) {
        inside_low += w.share.low;
    }
    for (const WeightedShare& w : outside.known) {
        outside_low += w.share.low;
    }
    inside_low -= outside_low;
    double low = 0.0;
    double likely = 0.0;
    const double open = std::max(0.0, 1.0 - inside_low - outside_low);
    double high = std::min(open, outside.unknown.high);
    for (const WeightedShare& w : outside.known) {
        const double rise = w.share.high - w.share.low + outside.unknown.high;
        low = std::max(low, w.share.low);
        likely = std::max(likely, w.share.likely);
        high = std::max(high, w.share.low + std::min(open, rise));
    }
    return *Estimate::create(std::min(low, likely), likely, std::max(high, likely));
}

Reading evaluate_largest_supplier(const ItemFacts& facts) {
    ReadingBuilder reading{largest_supplier_indicator, facts};
    const Origins& origins = facts.sourcing();
    reading.uses(origins.facts);
    if (!origins.recorded) {
        return reading.unknown(no_shares);
    }
    if (origins.of_world) {
        reading.note(world_shares_used);
    }
    add_largest_origins(reading, origins);
    return reading.value(largest_outside(facts), origins.covered());
}

}  // namespace

const Indicator largest_supplier_indicator{
    .name = "largest-supplier",
    .title = "Largest single origin outside",
    .unit = "1",
    .equation = "max over c outside of s_c",
    .source = "Regulation (EU) 2024/1252, article 5: not more than 0.65 from one country",
    .threshold = &IndicatorParameters::largest_supplier,
    .higher_is_worse = true,
    .evaluate = evaluate_largest_supplier,
};

}  // namespace adic::supply
