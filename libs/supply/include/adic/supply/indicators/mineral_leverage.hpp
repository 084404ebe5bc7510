#pragma once

#include "adic/base/estimate.hpp"
#include "adic/supply/indicators/indicator_context.hpp"

#include <optional>
#include <span>

namespace adic::supply {

/// What one side can withhold of one thing: share of the other's imports that comes from it, how
/// much of the other's use is imported, what part of the use something else can replace, value at
/// stake.
struct LeverageTerm {
    double share_of_imports;
    double import_dependence;
    double substitutable;
    double value = 1.0;
};

/// share * import dependence * (1 - substitutable): the part of use that can be withheld and that
/// nothing replaces. Unit: 1. Source: definition; no standard index exists.
double leverage(const LeverageTerm& term);

/// Sum of value * leverage over what is withheld outward, over the same inward. Empty where
/// nothing can be withheld inward. Unit: 1; above 1 the side asked about has more to withhold.
/// Source: as above.
std::optional<double>
leverage_ratio(std::span<const LeverageTerm> outward, std::span<const LeverageTerm> inward);

/// A stage of making a mineral product.
struct Stage {
    double output_inside;         ///< made inside, in units of the stage
    double value_added_per_unit;  ///< at the stage
};

/// Part of the value of the final refined product that is added inside. Requires: final_value > 0.
double value_kept(std::span<const Stage> stages, double final_value);

/// The ratio between those inside and `partner` over all items of the map that carry the figure
/// "value_at_stake": outward from the partner's own market, inward from the viewpoint's.
/// Empty where nothing inward is recorded. Bounds are outer bounds. Cost: O(items + supplies).
std::optional<Estimate> leverage_over(const IndicatorContext& context, model::StateIndex partner);

}  // namespace adic::supply
