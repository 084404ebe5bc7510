#pragma once

#include "adic/supply/indicators/parameters.hpp"

#include <span>

namespace adic::supply {

/// A region's purchases and sales of one product.
struct DependencyAmounts {
    std::span<const double> outside_suppliers;  ///< purchases from each supplier outside
    double inside = 0.0;                        ///< purchases from suppliers inside
    double exports = 0.0;                       ///< all sales of those inside
};

/// CDI1: concentration of the purchases from outside, sum of squared shares; 0 if there are none.
///
/// Unit: 1. Source: European Commission SWD(2021) 352, section 3.2. Cost: O(suppliers).
double outside_concentration(const DependencyAmounts& amounts);

/// CDI2: purchases from outside over all purchases; 0 if there are none. Unit: 1. Source: as above.
double outside_weight(const DependencyAmounts& amounts);

/// CDI3: purchases from outside over exports; `no_exports` if there are none. Unit: 1. Source: as
/// above.
double outside_substitution(const DependencyAmounts& amounts, double no_exports = 9999.0);

/// How many of the three criteria are above their thresholds; strategically dependent at three.
int criteria_met(const DependencyAmounts& amounts, const IndicatorParameters& parameters = {});

}  // namespace adic::supply
