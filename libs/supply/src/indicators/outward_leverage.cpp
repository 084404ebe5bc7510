#include "adic/supply/indicators/mineral_leverage.hpp"

#include "estimates.hpp"
#include "leverage_bounds.hpp"
#include "list.hpp"
#include "outside_bounds.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>

namespace adic::supply {
namespace {

Estimate product(const ShareRange& a, const ShareRange& b) {
    return bracket(a.low * b.low, a.likely * b.likely, a.high * b.high);
}

/// Part of world supply that comes from inside.
ShareRange inside_of_world(const ItemFacts& facts) {
    return part_of(facts.world(), [&](model::StateIndex state) {
        return facts.context().is_inside(state);
    });
}

Reading from_world(const ItemFacts& facts, ReadingBuilder reading, const ShareRange& lasting) {
    if (!facts.world().recorded) {
        return reading.unknown(no_shares);
    }
    reading.uses(facts.world().facts);
    reading.note("share of the world's supply: no partner's purchases are recorded");
    reading.note("a share of one stage is no leverage where the next stage is elsewhere");
    const ShareRange share = inside_of_world(facts);
    reading.factor("inside, of world supply", bracket(share.low, share.likely, share.high));
    return reading.value(product(share, lasting), facts.world().covered / 2.0);
}

Reading evaluate_outward(const ItemFacts& facts) {
    ReadingBuilder reading{outward_leverage_indicator, facts};
    const IndicatorContext& context = facts.context();
    const ShareRange lasting = irreplaceable(context, facts.item());
    const auto* figure = context.index().figure(facts.item(), "substitutability");
    if (figure != nullptr) {
        reading.uses(figure->provenance);
    }
    reading.factor("not replaceable", bracket(lasting.low, lasting.likely, lasting.high));
    std::vector<OutwardShare> shares = outward_shares(context, facts.item());
    if (shares.empty()) {
        return from_world(facts, std::move(reading), lasting);
    }
    for (const std::uint32_t row : context.index().supplies_of(facts.item())) {
        if (std::holds_alternative<model::StateIndex>(context.map().supplies[row].market)) {
            reading.uses(context.map().supplies[row].provenance);
        }
    }
    std::ranges::stable_sort(shares, [](const OutwardShare& a, const OutwardShare& b) {
        return a.share.likely > b.share.likely;
    });
    ShareRange most{0.0, shares.front().share.likely, 0.0};
    for (const OutwardShare& s : shares) {
        most.low = std::max(most.low, s.share.low);
        most.high = std::max(most.high, s.share.high);
        reading.factor(
            "of its purchases",
            bracket(s.share.low, s.share.likely, s.share.high),
            s.partner
        );
    }
    return reading.value(product(most, lasting), figure != nullptr ? 1.0 : 0.5);
}

}  // namespace

const Indicator outward_leverage_indicator{
    .name = "outward-leverage",
    .title = "What those inside could withhold from the most dependent partner",
    .unit = "1",
    .equation = "L_out = a_pm IR_pm (1 - sub_m), largest over partners p",
    .source = "definition: an explicit ratio, no standard index exists",
    .threshold = nullptr,
    .higher_is_worse = false,
    .evaluate = evaluate_outward,
    .hangs_on = {.market = true, .inside = true},
};

double leverage(const LeverageTerm& term) {
    return term.share_of_imports * term.import_dependence * (1.0 - term.substitutable);
}

std::optional<double>
leverage_ratio(std::span<const LeverageTerm> outward, std::span<const LeverageTerm> inward) {
    double out = 0.0;
    double in = 0.0;
    for (const LeverageTerm& term : outward) {
        out += term.value * leverage(term);
    }
    for (const LeverageTerm& term : inward) {
        in += term.value * leverage(term);
    }
    return in > 0.0 ? std::optional{out / in} : std::nullopt;
}

double value_kept(std::span<const Stage> stages, double final_value) {
    assert(final_value > 0.0);
    double sum = 0.0;
    for (const Stage& stage : stages) {
        sum += stage.output_inside * stage.value_added_per_unit;
    }
    return sum / final_value;
}

}  // namespace adic::supply
