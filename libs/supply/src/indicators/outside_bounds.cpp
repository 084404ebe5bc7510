#include "outside_bounds.hpp"

#include "estimates.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cmath>

namespace adic::supply {
namespace {

constexpr AmountRange to_range(const Amount& amount) {
    return {amount.low, amount.likely, amount.high};
}

double ratio(double part, double others) {
    if (std::isinf(part)) {
        return 1.0;
    }
    return part > 0.0 ? part / (part + others) : 0.0;
}

OutsideBounds from_trade(const ItemFacts& facts) {
    const TradeBalance& trade = facts.trade();
    OutsideBounds bounds;
    std::vector<AmountRange> amounts;
    double allocated = 0.0;
    for (const PartnerAmount& p : trade.partners) {
        amounts.push_back(to_range(p.amount));
        allocated += p.amount.likely;
    }
    const double bought = allocated + trade.unallocated.likely;
    bounds.covered = bought > 0.0 ? allocated / bought : 0.0;
    bounds.concentration =
        weighted_square_sum(shares_of_amounts(amounts, to_range(trade.unallocated)));
    const Amount& out = trade.imports;
    const Amount& in = trade.imports_inside;
    if (out.likely + in.likely > 0.0) {
        bounds.weight = bracket(
            std::isinf(in.high) ? 0.0 : ratio(out.low, in.high),
            ratio(out.likely, in.likely),
            ratio(out.high, in.low)
        );
    }
    if (trade.has_exports) {
        const double most = facts.parameters().no_exports;
        const auto over_exports = [&](double imports, double exports) {
            if (imports <= 0.0 || std::isinf(exports)) {
                return 0.0;
            }
            return exports > 0.0 && std::isfinite(imports) ? std::min(most, imports / exports)
                                                           : most;
        };
        const Amount& sold = trade.exports_all;
        bounds.substitution = bracket(
            over_exports(out.low, sold.high),
            over_exports(out.likely, sold.likely),
            over_exports(out.high, sold.low)
        );
    }
    return bounds;
}

OutsideBounds from_shares(const ItemFacts& facts) {
    const Origins& origins = facts.sourcing();
    OutsideBounds bounds;
    bounds.from_shares = true;
    if (!origins.recorded) {
        return bounds;
    }
    std::vector<AmountRange> amounts;
    for (const StateSupply& origin : origins.known) {
        if (!facts.context().is_inside(origin.state)) {
            amounts.push_back({origin.share.low, origin.share.likely, origin.share.high});
        }
    }
    bounds.covered = origins.covered;
    const AmountRange unknown{0.0, 0.0, origins.unknown.high};
    bounds.concentration = weighted_square_sum(shares_of_amounts(amounts, unknown));
    bounds.weight = outside_share(facts.context(), origins);
    return bounds;
}

}  // namespace

OutsideBounds outside_bounds(const ItemFacts& facts) {
    return facts.trade().partners.empty() ? from_shares(facts) : from_trade(facts);
}

std::span<const model::ProvenanceIndex> facts_used(const ItemFacts& facts) {
    return facts.outside().from_shares ? facts.sourcing().facts : facts.trade().facts;
}

Reading reading_of_outside(
    const Indicator& indicator,
    const ItemFacts& facts,
    std::optional<Estimate> OutsideBounds::*bound,
    std::string_view absent
) {
    ReadingBuilder reading{indicator, facts};
    const OutsideBounds& bounds = facts.outside();
    reading.uses(facts_used(facts));
    if (!(bounds.*bound)) {
        return reading.unknown(absent, bounds.covered);
    }
    if (bounds.from_shares && facts.sourcing().of_world) {
        reading.note(world_shares_used);
    }
    return reading.value(*(bounds.*bound), bounds.covered);
}

Estimate outside_share(const IndicatorContext& context, const Origins& origins) {
    const ShareRange out =
        part_of(origins, [&](model::StateIndex state) { return !context.is_inside(state); });
    const double likely = origins.covered > 0.0 ? out.likely / origins.covered : 0.5;
    return bracket(out.low, std::min(likely, 1.0), out.high);
}

}  // namespace adic::supply
