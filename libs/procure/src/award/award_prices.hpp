#pragma once

#include "award/award_model.hpp"

namespace adic::procure {

/// What the demands that hold cost: a unit of them by the linear program that is left when the
/// plan's choices are kept, and each as a whole by solving again without it where there is time.
/// Requires: the plan is one of the instance, the model is the instance's.
/// Cost:     one linear program; an integer one for each demand that holds.
Result<std::vector<AwardPrice>> prices_of(
    const Instance& instance,
    const AwardModel& model,
    const AwardPlan& plan,
    const AwardOptions& options
);

}  // namespace adic::procure
