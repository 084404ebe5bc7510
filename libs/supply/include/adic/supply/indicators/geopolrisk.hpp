#pragma once

#include <optional>
#include <span>

namespace adic::supply {

/// Imports from one state, and how unstable it is.
struct UnstableImport {
    double imports;
    double instability;  ///< g, 0 stable .. 1: `political_instability`
};

/// g = (2.5 - estimate) / 5 of the political stability estimate, kept in [0, 1].
/// A missing estimate is missing; it is not 0, which would mean perfectly stable.
///
/// Source: Koyamparambath et al. (2024), the GeoPolRisk library.
double political_instability(double estimate);

/// HHI of world production * sum of instability * imports / (home production + imports).
/// Empty where production and imports are nothing.
///
/// Unit: 1, in [0, 1]. Source: Gemechu et al. (2015), J. Ind. Ecol. 20(1), 154. Cost: O(partners).
std::optional<double>
geopolrisk(double world_hhi, std::span<const UnstableImport> imports, double home_production);

/// The midpoint of the method: risk * mean import price, and its characterisation factor, the ratio
/// to the midpoint of copper. Requires: copper_midpoint > 0.
double geopolrisk_midpoint(double risk, double mean_import_price);
double characterisation_factor(double midpoint, double copper_midpoint);

}  // namespace adic::supply
