#include "adic/supply/indicators/geopolrisk.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace adic::supply {
namespace {

/// Imports weighted by the instability of where they come from.
struct WeightedImports {
    Amount weighted;
    double covered = 0.0;  ///< likely imports with a known partner and a known instability
};

WeightedImports weigh(const ItemFacts& facts, ReadingBuilder& reading) {
    const TradeBalance& trade = facts.trade();
    WeightedImports sum;
    for (const PartnerAmount& p : trade.partners) {
        const StateFigure& g = facts.context().tables().instability(p.partner);
        reading.uses(g.facts);
        sum.covered += g.value ? p.amount.likely : 0.0;
        const Estimate value = g.value ? *g.value : bracket(0.0, 0.5, 1.0);
        sum.weighted.low += value.low() * p.amount.low;
        sum.weighted.likely += value.likely() * p.amount.likely;
        sum.weighted.high += value.high() * p.amount.high;
    }
    sum.weighted.likely += 0.5 * trade.unallocated.likely;
    sum.weighted.high += trade.unallocated.high;
    return sum;
}

/// weighted / (production + imports). All imports at their most unstable count in full, so the
/// share never passes 1; exact for exact amounts, else an outer bound.
Estimate import_part(const TradeBalance& trade, const Amount& weighted) {
    const double most = trade.production.high + trade.imports.high;
    const double least = trade.production.low + trade.imports.low;
    const double likely = trade.production.likely + trade.imports.likely;
    const double low = std::isinf(most) || most <= 0.0 ? 0.0 : weighted.low / most;
    const double high =
        least > 0.0 && std::isfinite(weighted.high) ? std::min(1.0, weighted.high / least) : 1.0;
    return bracket(low, std::min(1.0, weighted.likely / likely), high);
}

Reading evaluate_geopolrisk(const ItemFacts& facts) {
    ReadingBuilder reading{geopolrisk_indicator, facts};
    const TradeBalance& trade = facts.trade();
    if (!facts.world().recorded) {
        return reading.unknown(no_shares);
    }
    if (!trade.has_imports) {
        return reading.unknown("imports of those inside are not recorded");
    }
    reading.uses(facts.world().facts);
    reading.uses(trade.facts);
    const double use = trade.production.likely + trade.imports.likely;
    if (!(use > 0.0)) {
        return reading.undefined("nothing is made or bought", trade.covered);
    }
    const Estimate& hhi = facts.world_hhi();
    const WeightedImports imports = weigh(facts, reading);
    const Estimate part = import_part(trade, imports.weighted);
    reading.factor("world concentration (HHI)", hhi);
    reading.factor("unstable part of what is made and bought", part);
    const double bought = trade.imports.likely;
    const double known = bought > 0.0 ? std::min(1.0, imports.covered / bought) : 1.0;
    const double made = trade.has_production ? 1.0 : 0.0;
    return reading.value(
        bracket(hhi.low() * part.low(), hhi.likely() * part.likely(), hhi.high() * part.high()),
        (facts.world().covered + known + made) / 3.0
    );
}

}  // namespace

const Indicator geopolrisk_indicator{
    .name = "geopolrisk",
    .title = "Geopolitical import risk (GeoPolRisk)",
    .unit = "1",
    .equation = "GeoPolRisk = HHI * sum_i g_i f_i / (p + F)",
    .source = "Gemechu et al. (2015); Koyamparambath et al. (2024)",
    .threshold = nullptr,
    .higher_is_worse = true,
    .evaluate = evaluate_geopolrisk,
    .hangs_on = {.trade = true},
};

double political_instability(double estimate) {
    return std::clamp((2.5 - estimate) / 5.0, 0.0, 1.0);
}

std::optional<double>
geopolrisk(double world_hhi, std::span<const UnstableImport> imports, double home_production) {
    double weighted = 0.0;
    double all = 0.0;
    for (const UnstableImport& i : imports) {
        weighted += i.instability * i.imports;
        all += i.imports;
    }
    const double use = home_production + all;
    return use > 0.0 ? std::optional{world_hhi * weighted / use} : std::nullopt;
}

double geopolrisk_midpoint(double risk, double mean_import_price) {
    return risk * mean_import_price;
}

double characterisation_factor(double midpoint, double copper_midpoint) {
    assert(copper_midpoint > 0.0);
    return midpoint / copper_midpoint;
}

}  // namespace adic::supply
