#pragma once

#include "award/award_model.hpp"

namespace adic::procure {

/// The plan with what the demands that hold it cost: a unit of them by the linear program that is
/// left when the plan's choices are kept, and each as a whole by solving again without it, where
/// the plan is proven to be the cheapest and there is time.
/// Requires: the plan is one of the instance.
/// Cost:     a linear program of the plan's orders, solved again for each demand that holds; an
///           integer one for each demand that holds.
Result<AwardPlan> priced(const Instance& instance, AwardPlan plan, const AwardOptions& options);

}  // namespace adic::procure
