#pragma once

#include "adic/base/estimate.hpp"
#include "adic/model/remedy.hpp"
#include "adic/shock/dynamics/item_network.hpp"
#include "adic/shock/remedies/plan_runs.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace adic::shock {

/// What remedies change of the items of a viewpoint.
struct RemedyChanges {
    std::vector<ItemChange> changes;
    /// By remedy its place among the changes; empty: it does nothing for the viewpoint.
    std::vector<std::optional<std::size_t>> change_of;

    /// The plan that buys each remedy so many times.
    Plan plan_of(std::span<const std::uint32_t> purchases) const;
};

/// Who holds or makes a remedy: its states, or all inside the viewpoint.
std::vector<model::StateIndex>
holders_of(const model::Remedy& remedy, const supply::Viewpoint& viewpoint);

/// Source: docs/explanation/shock-remedies.md (R1-R5, R11), with equal parts of the use for all who
///         are inside.
/// Cost:   O(remedies * supplies).
RemedyChanges changes_of(
    std::span<const model::Remedy> remedies,
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint
);

/// The remedies that a state can buy alone: its part of a stockpile at its part of the cost; works,
/// lines and designs at their whole cost, for as much of its own use as they make, at most all.
/// Empty for what it neither holds nor makes.
///
/// Source:   docs/explanation/shock-remedies.md, "Alone".
/// Requires: the state is inside the viewpoint of all.
std::vector<std::optional<model::Remedy>> alone(
    std::span<const model::Remedy> remedies,
    const supply::Viewpoint& all,
    model::StateIndex state
);

/// What is avoided by a remedy or a list of them.
struct Avoided {
    Estimate weeks = Estimate::exactly(0);        ///< of loss, mean with its interval
    Estimate per_million = Estimate::exactly(0);  ///< USD; holds whatever the cost is in its bounds
};

/// Unit:     weeks of loss; million USD.
/// Source:   docs/explanation/shock-remedies.md (R7).
/// Requires: the same runs; a cost of at least 0.
Avoided
avoided(const PlanLoss& without, const PlanLoss& with, const Estimate& cost, double confidence);

/// The confidence with which the first avoids more for a dollar than the second, in (0, 1).
///
/// Source:   docs/explanation/shock-remedies.md (R8), with costs at 32 quantiles each of (M2).
/// Requires: the same runs; costs of at least 0.
double confidence_of_order(
    const PlanLoss& without,
    const PlanLoss& first,
    const Estimate& first_cost,
    const PlanLoss& second,
    const Estimate& second_cost
);

/// A sum in parts by weight, whole cents that add up to it: what is left over goes to the largest
/// remainders, earlier ones first.
///
/// Requires: weights at least 0, one of them above 0; 0 <= cents < 2^53.
std::vector<std::int64_t> split_cents(std::int64_t cents, std::span<const double> weights);

/// Weeks of normal use that holders of a store together need not hold because their use does not
/// rise at once: for correlations of their use of 0.9 (low), 0.5 and 0.2 (high).
///
/// Source:   docs/explanation/shock-remedies.md (R13); Eppen (1979), Manage. Sci. 25(5), 498.
/// Requires: holders > 0, weeks >= 0.
Estimate reserve_saved(double weeks, std::size_t holders);

}  // namespace adic::shock
