#include "adic/supply/indicators/usgs_supply_risk.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "reading_of.hpp"
#include "use_bounds.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace adic::supply {
namespace {

ShareRange range_or_any(const StateFigure& figure) {
    const auto& v = figure.value;
    return v ? ShareRange{v->low(), v->likely(), v->high()} : ShareRange{0.0, 0.5, 1.0};
}

struct Disruption {
    Estimate potential;
    double covered = 0.0;
};

Disruption disruption(const ItemFacts& facts, ReadingBuilder& reading) {
    const IndicatorContext& context = facts.context();
    const Origins& origins = facts.world();
    reading.uses(origins.facts);
    double covered = 0.0;
    const MarketShares market =
        market_of(origins, {0.0, 0.25, 1.0}, [&](const StateSupply& origin) {
            const StateFigure& a = context.tables().inability(origin.state);
            const StateFigure& w = context.unwillingness(origin.state);
            const bool inside = context.is_inside(origin.state);
            covered += inside || (a.value && w.value) ? origin.share.likely : 0.0;
            if (inside) {
                return ShareRange::exactly(0.0);
            }
            reading.uses(a.facts);
            reading.uses(w.facts);
            const ShareRange asi = range_or_any(a);
            const ShareRange wsi = range_or_any(w);
            return ShareRange{asi.low * wsi.low, asi.likely * wsi.likely, asi.high * wsi.high};
        });
    return {weighted_square_sum(market), covered};
}

Reading evaluate_usgs(const ItemFacts& facts) {
    ReadingBuilder reading{usgs_supply_risk_indicator, facts};
    if (!facts.world().recorded) {
        return reading.unknown(no_shares);
    }
    const Disruption dp = disruption(facts, reading);
    reading.factor("disruption potential", dp.potential);
    const TradeBalance& trade = facts.trade();
    const UseShare reliance = knows_use(trade) ? net_import_share(trade) : UseShare{};
    reading.uses(trade.facts);
    reading.factor("trade exposure", reliance.figure);
    const auto* ev = facts.context().index().figure(facts.item(), "economic_vulnerability");
    reading.factor(
        "economic vulnerability",
        ev != nullptr ? std::optional{ev->value} : std::nullopt
    );
    if (!reliance.figure) {
        return reading.unknown("net import reliance is not known", dp.covered / 3.0);
    }
    if (ev == nullptr) {
        return reading.unknown("economic vulnerability is not recorded", dp.covered / 3.0);
    }
    reading.uses(ev->provenance);
    const auto at = [&](Bound bound) {
        const auto part = [&](const Estimate& e) {
            return std::clamp(adic::at(e, bound), 0.0, 1.0);
        };
        return usgs_supply_risk({part(dp.potential), part(*reliance.figure), part(ev->value)});
    };
    const double covered = (dp.covered + trade.covered + 1.0) / 3.0;
    return reading.value(bracket(at(Bound::low), at(Bound::likely), at(Bound::high)), covered);
}

}  // namespace

const Indicator usgs_supply_risk_indicator{
    .name = "usgs-supply-risk",
    .title = "Supply risk, USGS",
    .unit = "1",
    .equation = "SR = (DP * TE * EV)^(1/3),  DP = sum_c PS_c^2 ASI_c WSI_c",
    .source = "Nassar et al. (2020), Sci. Adv. 6, eaay8647; threshold USGS OFR 2021-1045",
    .threshold = &IndicatorParameters::usgs_supply_risk,
    .higher_is_worse = true,
    .evaluate = evaluate_usgs,
    .hangs_on = {.inside = true, .trade = true, .unwillingness = true},
    .reached_is_bad = true,
};

double disruption_potential(std::span<const Producer> producers) {
    double sum = 0.0;
    for (const Producer& p : producers) {
        sum += p.share * p.share * p.inability * p.unwillingness;
    }
    return sum;
}

double economic_vulnerability(std::span<const UsingIndustry> industries, double gdp) {
    assert(gdp > 0.0);
    double sum = 0.0;
    for (const UsingIndustry& industry : industries) {
        assert(industry.operating_profit > 0.0);
        sum += industry.value_added * industry.expenditure / industry.operating_profit;
    }
    return sum / gdp;
}

std::vector<double> normalised_vulnerability(std::span<const double> vulnerability) {
    std::vector<double> scaled(vulnerability.size(), 0.0);
    if (vulnerability.empty()) {
        return scaled;
    }
    const auto [least, most] = std::ranges::minmax(vulnerability);
    for (std::size_t i = 0; i < scaled.size(); ++i) {
        scaled[i] = most > least ? (vulnerability[i] - least) / (most - least) : 0.0;
    }
    return scaled;
}

double usgs_supply_risk(const RiskComponents& components) {
    return std::cbrt(
        components.disruption_potential * components.trade_exposure
        * components.economic_vulnerability
    );
}

}  // namespace adic::supply
