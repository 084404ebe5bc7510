#pragma once

#include "adic/base/result.hpp"

#include <cstdint>
#include <limits>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

namespace adic::solver {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

enum class Integrality { continuous, integer };

struct Variable {
    double lower = 0.0;
    double upper = infinity;
    double cost = 0.0;
    Integrality integrality = Integrality::continuous;
};

struct Term {
    std::uint32_t variable;
    double coefficient;
};

/// lower <= sum of terms <= upper. Each variable at most once.
struct Constraint {
    double lower = -infinity;
    double upper = infinity;
    std::vector<Term> terms;
};

/// Minimise the sum of cost times value under the constraints.
struct LinearModel {
    std::vector<Variable> variables;
    std::vector<Constraint> constraints;
};

struct SolveOptions {
    double time_limit_s = 60.0;  ///< of the clock; an analyst waits a minute, not an hour
    double relative_gap = 1e-9;  ///< a finding is proven, unless the caller asks for less
    /// Of the tree of an integer program; then the search ends as out of time, on every machine at
    /// the same place. 0: only the clock ends it.
    std::int32_t most_nodes = 0;
    /// Asked between the nodes of `solve_small`, which then ends as out of time. CBC does not ask.
    std::stop_token stop = {};
};

/// A point that satisfies every constraint and integrality to 1e-6, checked against the model.
struct Optimum {
    double objective;
    double bound;  ///< no point is cheaper than this
    std::vector<double> values;
};

struct Infeasible {};

struct Unbounded {};

/// Time, or the number of nodes, ran out; `best` is a feasible point if one was found, checked as
/// an optimum is.
struct OutOfTime {
    std::vector<double> best;  ///< empty: none found
    double objective = infinity;
    double bound = -infinity;  ///< no point is cheaper than this
};

using SolveOutcome = std::variant<Optimum, Infeasible, Unbounded, OutOfTime>;

/// Checks that a model is one.
/// Errors: invalid_argument for a variable out of range or named twice in a constraint, a lower
///         bound above the upper one, a coefficient or cost that is not finite, or NaN.
Result<std::monostate> check_model(const LinearModel& model);

/// By how much the point breaks the worst of the model's bounds, constraints and integralities; the
/// constraints relative to the size of their terms where that is above 1.
/// Requires: one value for each variable.
double violation(const LinearModel& model, const std::vector<double>& values);

/// Sum of cost times value. Requires: one value for each variable.
double cost_of(const LinearModel& model, const std::vector<double>& values);

/// Solves with CBC. Deterministic: one thread, fixed seeds, unless time runs out. Prints nothing.
/// One solve at a time: a second caller waits.
/// Errors: as check_model; internal if the solver's answer does not satisfy the model.
Result<SolveOutcome> solve_with_cbc(const LinearModel& model, const SolveOptions& options);

/// Solves a small integer program by branch and bound on its linear relaxation, without the cuts
/// and heuristics that CBC begins with: for programs of some hundred variables whose relaxation is
/// nearly whole, of which many are solved. Deterministic; several may be solved at once in several
/// threads. The best bound first, each time down to a whole point.
///
/// Source: Land and Doig (1960), "An automatic method of solving discrete programming problems",
///         Econometrica 28(3).
/// Requires: bounds on every variable that is whole.
/// Errors: as check_model; internal if no linear program passes its checks.
/// Cost:   a linear program for each node, each from the basis of the first.
Result<SolveOutcome> solve_small(const LinearModel& model, const SolveOptions& options);

}  // namespace adic::solver
