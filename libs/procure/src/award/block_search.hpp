#pragma once

#include "adic/base/result.hpp"
#include "adic/solver/model.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace adic::procure {

/// A program of many small parts, its blocks, that few constraints tie together.
struct Blocks {
    static constexpr std::size_t shared = std::numeric_limits<std::size_t>::max();

    std::vector<std::size_t> of_variable;  ///< or `shared`
    std::size_t count = 0;
};

struct BlockSearchOptions {
    std::chrono::steady_clock::time_point deadline;
    double relative_gap = 0.0;  ///< to the bound, with which the search is content
    /// What a point costs that the caller has: the search is content where that is close enough.
    double known_objective = solver::infinity;
    /// Blocks that are made cheaper together, at most; with more of them little is found.
    std::size_t most_together = 4;
};

struct BlockSearchResult {
    std::vector<double> values;  ///< empty: none found
    double objective = solver::infinity;
    double bound = -solver::infinity;  ///< no point is cheaper
    bool is_infeasible = false;        ///< there is no point
    bool is_out_of_time = false;

    /// (objective - bound) / objective.
    double gap() const;
};

/// A good point of a program that is too large to be solved as a whole, and how far the best may be
/// below it.
///
/// The linear relaxation is solved first. Then each block is made whole by itself, within what
/// the relaxation lets it take of the constraints that tie blocks, and at its prices of them. What
/// is broken is mended, and what is dear is made cheaper, by solving some blocks together while
/// the others stay. The bound is that of Lagrangian relaxation: each block by itself at those
/// prices.
///
/// Source: Geoffrion (1974), "Lagrangean relaxation for integer programming", Mathematical
///         Programming Study 2; Shaw (1998), "Using constraint programming and local search methods
///         to solve vehicle routing problems", CP-98 (large neighbourhood search).
/// Errors: as solver::solve_with_cbc.
/// Cost:   a linear program, then about three solves of each block, then at most four of each with
///         up to three others. The clock ends it earlier, but decides nothing else.
Result<BlockSearchResult> search_blocks(
    const solver::LinearModel& model,
    const Blocks& blocks,
    const BlockSearchOptions& options
);

}  // namespace adic::procure
