#pragma once

#include <span>
#include <vector>

namespace adic::supply {

/// One producer country as the USGS method sees it; every field in [0, 1].
struct Producer {
    double share;      ///< PS: of world production
    double inability;  ///< ASI: 1 - policy perception index / 100
    double
        unwillingness;  ///< WSI: mean distance in trade ties, shared values, military cooperation
};

/// DP = sum of share^2 * inability * unwillingness.
///
/// Unit: 1, in [0, 1]. Source: Nassar et al. (2020), Science Advances 6, eaay8647. Cost:
///       O(producers).
double disruption_potential(std::span<const Producer> producers);

/// An industry that uses the commodity.
struct UsingIndustry {
    double value_added;
    double expenditure;       ///< on the commodity
    double operating_profit;  ///< above 0
};

/// EV before scaling: sum of value added * expenditure / profit, over GDP.
///
/// Unit: 1, 0 or more. Source: as above. Requires: profits and gdp above 0.
double economic_vulnerability(std::span<const UsingIndustry> industries, double gdp);

/// Scales to [0, 1] by the least and largest of all commodities; all 0 if they are equal.
std::vector<double> normalised_vulnerability(std::span<const double> vulnerability);

struct RiskComponents {
    double disruption_potential;
    double trade_exposure;  ///< net import reliance
    double economic_vulnerability;
};

/// (DP * TE * EV)^(1/3): zero as soon as one of them is.
///
/// Unit: 1, in [0, 1]; critical from 0.40 (Nassar and Fortier 2021, OFR 2021-1045). Source: as
///       above.
double usgs_supply_risk(const RiskComponents& components);

}  // namespace adic::supply
