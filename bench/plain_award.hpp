#pragma once

#include "adic/procure/award.hpp"
#include "adic/solver/model.hpp"

#include <filesystem>

namespace adic::bench {

/// The award as a textbook writes it: a variable for each state, supplier, item and price bracket,
/// yes or no for each order's bracket and each supplier, no constraint that only makes the bound
/// stronger and no states that are one because they are alike. Independent of adic's own model.
///
/// Requires: a purchase of one year without storage, lots, least orders, packages, contents of
///           items and rules on items other than least numbers of suppliers, as of make_purchase.
solver::LinearModel plain_award(const procure::AwardProblem& problem);

/// Writes a program in the format of CPLEX LP files, which other solvers read.
void write_lp_file(const solver::LinearModel& model, const std::filesystem::path& path);

}  // namespace adic::bench
