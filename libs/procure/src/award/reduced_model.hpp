#pragma once

#include "adic/solver/model.hpp"

#include <cstdint>
#include <vector>

namespace adic::procure {

/// A program without the variables that its bounds and constraints leave no choice, and without
/// the constraints that then say nothing. It has the same points, but for those variables.
struct ReducedModel {
    solver::LinearModel model = {};
    std::vector<std::uint32_t> kept = {};  ///< the positions of its variables in the whole program
    std::vector<double> fixed = {};        ///< of the whole program: what the others are

    /// A point of the whole program. Requires: one of the reduced program.
    std::vector<double> whole(const std::vector<double>& values) const;
};

/// Two passes over the constraints, by what their terms can be at least and at most.
///
/// Source: Andersen and Andersen (1995), "Presolving in linear programming", Mathematical
///         Programming 71(2): fixed variables, forcing and redundant constraints.
/// Cost:   O(terms).
ReducedModel reduced(const solver::LinearModel& model);

/// As solver::solve_with_cbc, of the reduced program; points are of the whole one.
Result<solver::SolveOutcome>
solve_reduced(const solver::LinearModel& model, const solver::SolveOptions& options);

}  // namespace adic::procure
