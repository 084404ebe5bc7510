#pragma once

#include "adic/app/blocks/computing.hpp"
#include "adic/base/result.hpp"
#include "adic/procure/award_coalitions.hpp"

#include <vector>

namespace adic::app {

/// What every set of the buying states would pay, with the same bytes no matter how often it was
/// stopped and taken up again. It is computed here, by threads.
///
/// Errors: those of `procure::plan_coalitions`; interrupted, which says where finished sets are
///         kept; those of `load_checkpoint` and `save_checkpoint`.
Result<std::vector<procure::CoalitionPlan>> price_coalitions(
    const procure::AwardProblem& problem,
    double relative_gap,
    const Computing& computing = {}
);

}  // namespace adic::app
