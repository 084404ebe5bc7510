#pragma once

#include "adic/base/result.hpp"
#include "adic/model/fault_tree.hpp"

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

namespace adic::supply {

/// Events that together stop the top; no part of them does.
struct Cut {
    std::vector<std::uint32_t> events;  ///< positions in the tree, rising
    double cost;                        ///< sum of the costs of its events
};

/// No events stop the top, not even all that can happen together.
struct NoCut {};

/// Time ran out: `best` is a cut, and no cut is cheaper than `bound`.
struct CutOutOfTime {
    Cut best;
    double bound;
};

/// Events without a probability that matter for the top; without them no cut is the most likely.
struct ProbabilityMissing {
    std::vector<std::uint32_t> events;
};

using CheapestCutOutcome = std::variant<Cut, NoCut, CutOutOfTime>;
using LikeliestCutOutcome = std::variant<Cut, NoCut, CutOutOfTime, ProbabilityMissing>;

struct CheapestCutOptions {
    double time_limit_s = 60.0;  ///< an analyst waits a minute, not an hour
};

/// The cut whose events cost least, proven: "what would it take to stop this?". With every cost 1
/// it is the smallest cut. For trees whose cuts are too many to list.
///
/// A mixed-integer program: a gate fails only if its children force it to, and in a circle of
/// gates only by what is lower in an order of failing (level variables). Each answer is checked
/// by evaluating the tree. docs/explanation/cheapest-cut.md gives the equations.
///
/// Source:   Barrere, Hankin (2020), "MPMCS4FTA: fault tree analysis as weighted MaxSAT",
///           arXiv:2012.03003 (the problem); minimal path sets as constraints: Birnbaum, Esary,
///           Saunders (1961), Technometrics 3(1), 55.
/// Requires: one cost for each event, finite and at least 0; infinite: the event cannot happen.
/// Errors:   invalid_argument if the tree is not one or the costs are not; as solve_with_cbc.
/// Cost:     exponential at worst; the time limit holds for the whole.
Result<CheapestCutOutcome> cheapest_cut(
    const model::FaultTree& tree,
    std::span<const double> costs,
    const CheapestCutOptions& options
);

/// The cut that is most likely to happen, at the likely probabilities: the cheapest at costs of
/// -log p.
/// The probability of the cut is exp(-cost).
///
/// Errors: as cheapest_cut; invalid_argument for a probability outside [0, 1].
Result<LikeliestCutOutcome>
likeliest_cut(const model::FaultTree& tree, const CheapestCutOptions& options);

}  // namespace adic::supply
