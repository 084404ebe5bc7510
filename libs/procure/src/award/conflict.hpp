#pragma once

#include "award/instance.hpp"

#include <chrono>

namespace adic::procure {

using AwardClock = std::chrono::steady_clock;

/// Demands of an infeasible problem that cannot be kept together, none of which can be spared.
///
/// Source:   Junker (2004), "QuickXplain: preferred explanations and relaxations for
///           over-constrained problems", AAAI; first by linear programs, then by integer ones.
/// Requires: no plan keeps all demands.
/// Cost:     O(k log(n / k)) programs for a conflict of k out of n demands.
Result<AwardConflict> find_conflict(const AwardProblem& problem, AwardClock::time_point deadline);

}  // namespace adic::procure
