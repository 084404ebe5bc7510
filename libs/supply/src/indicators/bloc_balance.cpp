#include "adic/supply/indicators/concentration.hpp"
#include "adic/supply/indicators/exposure.hpp"

#include "estimates.hpp"
#include "largest_outside.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace adic::supply {
namespace {

/// What the origins are merged by: all inside; a bloc; a state without one.
struct Side {
    bool inside;
    std::optional<model::BlocIndex> bloc;
    std::optional<model::StateIndex> state;

    friend bool operator==(const Side&, const Side&) = default;
};

struct BlocShare {
    Side side;
    ShareRange share;
};

Side side_of(const IndicatorContext& context, model::StateIndex state) {
    if (context.is_inside(state)) {
        return {true, std::nullopt, std::nullopt};
    }
    if (const auto bloc = context.tables().bloc_of(state)) {
        return {false, bloc, std::nullopt};
    }
    return {false, std::nullopt, state};
}

std::vector<BlocShare> merge(const IndicatorContext& context, const Origins& origins) {
    std::vector<BlocShare> merged;
    for (const StateSupply& origin : origins.known) {
        const Side side = side_of(context, origin.state);
        auto found = std::ranges::find(merged, side, &BlocShare::side);
        if (found == merged.end()) {
            merged.push_back({side, {0.0, 0.0, 0.0}});
            found = merged.end() - 1;
        }
        found->share.low += origin.share.low;
        found->share.likely += origin.share.likely;
        found->share.high = std::min(1.0, found->share.high + origin.share.high);
        found->share.high = std::max(found->share.high, found->share.likely);
    }
    return merged;
}

Reading evaluate_balance(const ItemFacts& facts) {
    ReadingBuilder reading{bloc_balance_indicator, facts};
    const Origins& origins = facts.sourcing();
    reading.uses(origins.facts);
    if (!origins.recorded) {
        return reading.unknown(no_shares);
    }
    if (origins.of_world) {
        reading.note(world_shares_used);
    }
    std::vector<BlocShare> blocs = merge(facts.context(), origins);
    std::ranges::stable_sort(blocs, [](const BlocShare& a, const BlocShare& b) {
        return a.share.likely > b.share.likely;
    });
    MarketShares market;
    std::vector<bool> inside;
    for (const BlocShare& bloc : blocs) {
        market.known.push_back({bloc.share});
        inside.push_back(bloc.side.inside);
    }
    market.unknown = origins.unknown;
    const Estimate largest = largest_outside(market, inside);
    const double cap = facts.parameters().bloc_cap;
    reading.factor("concentration by bloc (HHI)", weighted_square_sum(market));
    reading.factor(
        "above the cap",
        bracket(largest.low() - cap, largest.likely() - cap, largest.high() - cap)
    );
    for (const BlocShare& bloc : blocs) {
        const ShareRange& s = bloc.share;
        reading.partial().factors.push_back(
            {bloc.side.inside ? "inside" : "outside",
             bracket(s.low, s.likely, s.high),
             bloc.side.state,
             bloc.side.bloc}
        );
    }
    return reading.value(largest, origins.covered);
}

}  // namespace

const Indicator bloc_balance_indicator{
    .name = "bloc-balance",
    .title = "Largest outside bloc",
    .unit = "1",
    .equation = "max over outside blocs b of s_b",
    .source = "Hirschman (1964), over blocs",
    .threshold = &IndicatorParameters::bloc_cap,
    .higher_is_worse = true,
    .evaluate = evaluate_balance,
    .hangs_on = {.market = true, .inside = true},
};

BlocBalance bloc_balance(std::span<const double> values, double cap) {
    const double largest = concentration_ratio(values, 1);
    return {concentration(values), largest, largest - cap};
}

}  // namespace adic::supply
