#pragma once

#include "adic/procure/award.hpp"

#include "frame/invocation.hpp"

namespace adic::cli {

/// The purchase in FOLDER, or the small one that comes with the program.
/// Errors: as `procure::read_award_problem`.
Result<procure::AwardProblem>
chosen_award_problem(const Invocation& words, ingest::ImportReport& report);

}  // namespace adic::cli
