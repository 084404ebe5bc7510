#include "adic/supply/indicators/concentration.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>

namespace adic::supply {
namespace {

/// The normalised index grows with the HHI and with the number of suppliers, so each end takes both
/// ends of its own side. With an unknown part the number has no upper bound, and the index tends to
/// the HHI itself.
Estimate normalised_bounds(const Estimate& hhi, const Origins& origins) {
    double fewest = 0.0;
    double named = 0.0;
    double most = 0.0;
    for (const StateSupply& origin : origins.known) {
        fewest += origin.share.low > 0.0 ? 1.0 : 0.0;
        named += origin.share.likely > 0.0 ? 1.0 : 0.0;
        most += origin.share.high > 0.0 ? 1.0 : 0.0;
    }
    const bool open = origins.unknown.high > 0.001;
    const double likely = normalised_concentration(hhi.likely(), std::max(named, 1.0));
    if (!open && most <= 1.0) {
        return Estimate::exactly(1.0);
    }
    const double low = normalised_concentration(hhi.low(), std::max(fewest, 2.0));
    const double high = open ? hhi.high() : normalised_concentration(hhi.high(), most);
    return bracket(std::max(low, 0.0), std::clamp(likely, 0.0, 1.0), std::min(high, 1.0));
}

Reading evaluate_normalised(const ItemFacts& facts) {
    ReadingBuilder reading{normalised_concentration_indicator, facts};
    const Origins& origins = facts.sourcing();
    reading.uses(origins.facts);
    if (!origins.recorded || origins.covered <= 0.0) {
        return reading.unknown(no_shares);
    }
    const Estimate& hhi = facts.sourcing_hhi();
    reading.factor("HHI", hhi);
    reading.factor("named origins", Estimate::exactly(static_cast<double>(origins.known.size())));
    return reading.value(normalised_bounds(hhi, origins), origins.covered);
}

}  // namespace

const Indicator normalised_concentration_indicator{
    .name = "normalised-concentration",
    .title = "Concentration beyond the number of origins (HHI*)",
    .unit = "1",
    .equation = "HHI* = (HHI - 1/n) / (1 - 1/n)",
    .source = "Hall and Tideman (1967)",
    .threshold = nullptr,
    .higher_is_worse = true,
    .evaluate = evaluate_normalised,
    .hangs_on = {.market = true},
};

double normalised_concentration(double hhi, double suppliers) {
    assert(suppliers > 0.0);
    if (suppliers <= 1.0) {
        return 1.0;
    }
    return (hhi - 1.0 / suppliers) / (1.0 - 1.0 / suppliers);
}

}  // namespace adic::supply
