#include "adic/supply/indicators/concentration.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <cassert>

namespace adic::supply {
namespace {

Reading evaluate_effective(const ItemFacts& facts) {
    ReadingBuilder reading{effective_suppliers_indicator, facts};
    const Origins& origins = facts.sourcing();
    reading.uses(origins.facts);
    const Estimate& hhi = facts.sourcing_hhi();
    // With nothing for certain the low end of the HHI is 0, and any number of suppliers is
    // possible.
    if (!origins.recorded || hhi.low() <= 0.0) {
        return reading.unknown(no_shares);
    }
    reading.factor("HHI", hhi);
    const Estimate count = bracket(
        effective_suppliers(hhi.high()),
        effective_suppliers(hhi.likely()),
        effective_suppliers(hhi.low())
    );
    return reading.value(count, origins.covered);
}

}  // namespace

const Indicator effective_suppliers_indicator{
    .name = "effective-origins",
    .title = "Effective number of origins",
    .unit = "states",
    .equation = "n_eff = 1 / HHI",
    .source = "Adelman (1969)",
    .threshold = &IndicatorParameters::effective_suppliers,
    .higher_is_worse = false,
    .evaluate = evaluate_effective,
    .hangs_on = {.market = true},
};

double effective_suppliers(double hhi) {
    assert(hhi > 0.0);
    return 1.0 / hhi;
}

}  // namespace adic::supply
