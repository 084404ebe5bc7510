#include "adic/supply/indicators/eu_criticality.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "outside_bounds.hpp"
#include "reading_of.hpp"
#include "use_bounds.hpp"

#include <algorithm>
#include <cmath>

namespace adic::supply {
namespace {

/// World Governance Indicators are standardised to a mean of zero over all states.
constexpr ShareRange any_governance{0.0, 5.0, 10.0};

ShareRange range_or(const std::optional<Estimate>& value, ShareRange otherwise) {
    return value ? ShareRange{value->low(), value->likely(), value->high()} : otherwise;
}

ShareRange product(const ShareRange& a, const ShareRange& b) {
    return {a.low * b.low, a.likely * b.likely, a.high * b.high};
}

/// One of the two supplies, its governed concentration and how much of it is recorded.
struct GovernedSupply {
    std::optional<Estimate> concentration;
    double covered = 0.0;
};

GovernedSupply governed(const ItemFacts& facts, const Origins& origins, ReadingBuilder& reading) {
    if (!origins.recorded) {
        return {};
    }
    const IndicatorContext& context = facts.context();
    GovernedSupply supply;
    for (const StateSupply& origin : origins.known) {
        const StateFigure& governance = context.tables().governance(origin.state);
        supply.covered += governance.value ? origin.share.likely : 0.0;
        reading.uses(governance.facts);
    }
    reading.uses(origins.facts);
    const double most_t = facts.parameters().largest_trade_restriction;
    std::size_t position = 0;  // market_of goes through the origins in order
    const MarketShares market =
        market_of(origins, {0.0, 5.0, 10.0 * most_t}, [&](const StateSupply& origin) {
            const ShareRange w =
                range_or(context.tables().governance(origin.state).value, any_governance);
            return product(w, origins.restrictions[position++]);
        });
    supply.concentration = weighted_square_sum(market);
    return supply;
}

/// A figure in [0, 1] and whether the map holds it.
struct Part {
    ShareRange value;
    bool known;
};

Part item_part(
    const ItemFacts& facts,
    std::string_view measure,
    ShareRange otherwise,
    ReadingBuilder& reading
) {
    const model::Figure* figure = facts.context().index().figure(facts.item(), measure);
    if (figure == nullptr) {
        return {otherwise, false};
    }
    reading.uses(figure->provenance);
    const auto part = [](double x) { return std::clamp(x, 0.0, 1.0); };
    const Estimate& v = figure->value;
    return {{part(v.low()), part(v.likely()), part(v.high())}, true};
}

Part reliance(const ItemFacts& facts, ReadingBuilder& reading) {
    const TradeBalance& trade = facts.trade();
    if (knows_use(trade)) {
        if (const UseShare share = net_import_share(trade); share.figure) {
            reading.uses(trade.facts);
            return {range_or(share.figure, {}), true};
        }
    }
    const double likely = facts.sourcing().recorded && !facts.sourcing().of_world
                              ? outside_share(facts.context(), facts.sourcing()).likely()
                              : 1.0;
    return item_part(facts, "import_reliance", {0.0, likely, 1.0}, reading);
}

/// The mix of the two supplies. It is linear in the reliance, so each end is at one of its ends.
Estimate mixed(const Estimate& world, const Estimate& own, const ShareRange& reliance) {
    const auto at = [](double w, double o, double ir) {
        return w * ir / 2.0 + o * (1.0 - ir / 2.0);
    };
    return bracket(
        std::min(
            at(world.low(), own.low(), reliance.low),
            at(world.low(), own.low(), reliance.high)
        ),
        at(world.likely(), own.likely(), reliance.likely),
        std::max(
            at(world.high(), own.high(), reliance.low),
            at(world.high(), own.high(), reliance.high)
        )
    );
}

void add_factor(ReadingBuilder& reading, std::string_view label, const Part& part) {
    const ShareRange& v = part.value;
    reading.factor(
        label,
        part.known ? std::optional{bracket(v.low, v.likely, v.high)} : std::nullopt
    );
}

Reading evaluate_supply_risk(const ItemFacts& facts) {
    ReadingBuilder reading{eu_supply_risk_indicator, facts};
    const GovernedSupply world = governed(facts, facts.world(), reading);
    const GovernedSupply own =
        facts.sourcing().of_world ? GovernedSupply{} : governed(facts, facts.sourcing(), reading);
    if (!world.concentration && !own.concentration) {
        return reading.unknown(no_shares);
    }
    const double least = facts.parameters().least_substitution_sr;
    const Part recycled = item_part(facts, "eol_recycling_rate", {0.0, 0.0, 1.0}, reading);
    const Part substituted = item_part(facts, "substitution_index_sr", {least, 1.0, 1.0}, reading);
    const Part ir = reliance(facts, reading);
    const bool both = world.concentration && own.concentration;
    const Estimate mix = both ? mixed(*world.concentration, *own.concentration, ir.value)
                              : (world.concentration ? *world.concentration : *own.concentration);
    reading.factor("world supply, HHI_WGI,t", world.concentration);
    reading.factor("own sourcing, HHI_WGI,t", own.concentration);
    if (both) {
        add_factor(reading, "import reliance", ir);
    } else {
        reading.note("one of the two supplies is not recorded: the other stands for both");
    }
    add_factor(reading, "end-of-life recycling input rate", recycled);
    add_factor(reading, "substitution index", substituted);
    const Estimate risk = bracket(
        mix.low() * (1.0 - recycled.value.high) * substituted.value.low,
        mix.likely() * (1.0 - recycled.value.likely) * substituted.value.likely,
        mix.high() * (1.0 - recycled.value.low) * substituted.value.high
    );
    double inputs = 3.0;
    double known = world.covered + own.covered + (recycled.known ? 1.0 : 0.0)
                   + (substituted.known ? 1.0 : 0.0);
    if (both) {
        inputs += 2.0;
        known += ir.known ? 1.0 : 0.0;
    }
    return reading.value(risk, known / inputs);
}

}  // namespace

const Indicator eu_supply_risk_indicator{
    .name = "eu-supply-risk",
    .title = "Supply risk, European Commission",
    .unit = "1",
    .equation = "SR = (HHI_world IR/2 + HHI_own (1 - IR/2)) (1 - EoL_RIR) SI_SR",
    .source = "European Commission, guidelines of 2017, doi 10.2873/769526",
    .threshold = &IndicatorParameters::eu_supply_risk,
    .higher_is_worse = true,
    .evaluate = evaluate_supply_risk,
    .hangs_on = {.market = true, .trade = true},
    .reached_is_bad = true,
};

double scaled_governance(double estimate) {
    return 2.0 * (2.5 - estimate);
}

double governed_concentration(std::span<const GovernedShare> suppliers) {
    double sum = 0.0;
    for (const GovernedShare& s : suppliers) {
        sum += s.share * s.share * s.governance * s.restriction;
    }
    return sum;
}

std::optional<double> import_reliance(double production, double imports, double exports) {
    const double use = production + imports - exports;
    return use > 0.0 ? std::optional{std::clamp((imports - exports) / use, 0.0, 1.0)}
                     : std::nullopt;
}

std::optional<double> recycling_input_rate(double old_scrap, double primary, double secondary) {
    const double input = primary + secondary;
    return input > 0.0 ? std::optional{old_scrap / input} : std::nullopt;
}

double substitution_for_supply_risk(std::span<const Application> applications) {
    double sum = 0.0;
    for (const Application& application : applications) {
        double left = 1.0;
        double index = 0.0;
        for (const Substitute& s : application.substitutes) {
            index += s.part * std::cbrt(s.production * s.criticality * s.co_production);
            left -= s.part;
        }
        sum += application.share * (index + left);
    }
    return sum;
}

std::optional<double> supply_risk(const SupplyRiskInputs& inputs) {
    if (!inputs.global_supply && !inputs.own_sourcing) {
        return std::nullopt;
    }
    const double world = inputs.global_supply.value_or(inputs.own_sourcing.value_or(0.0));
    const double own = inputs.own_sourcing.value_or(world);
    const double half = inputs.import_reliance / 2.0;
    return (world * half + own * (1.0 - half)) * (1.0 - inputs.recycling_input_rate)
           * inputs.substitution;
}

}  // namespace adic::supply
