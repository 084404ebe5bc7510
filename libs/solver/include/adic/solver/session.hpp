#pragma once

#include "adic/solver/model.hpp"

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

namespace adic::solver {

/// An optimum of a linear program with its proof.
struct LinearOptimum {
    double objective = 0.0;  ///< of a point that satisfies every constraint to 1e-6
    double bound = 0.0;      ///< no point is cheaper: the prices prove it, added up by us
    std::vector<double> values;
    /// One for each constraint: by how much the optimum changes for each unit by which the side
    /// that holds moves.
    std::vector<double> prices;
    /// One for each variable: the same for the bound that it sits at.
    std::vector<double> reduced_costs;
};

using LinearOutcome = std::variant<LinearOptimum, Infeasible, Unbounded, OutOfTime>;

/// One linear program that is solved again and again with other numbers.
///
/// Each solve starts from the basis that `keep_start` kept last (from none before the first), not
/// from the solve before it: what comes out is a function of the program as it then is and of that
/// start, to the last byte, whatever else was asked in between and on whichever thread. A related
/// program is mostly solved in a few steps, as only what was changed has to be repaired.
///
/// Sessions share nothing: several may solve at once in several threads, each used by one.
class LinearSession {
  public:
    LinearSession() = default;
    LinearSession(const LinearSession&) = delete;
    LinearSession& operator=(const LinearSession&) = delete;
    LinearSession(LinearSession&&) = delete;
    LinearSession& operator=(LinearSession&&) = delete;
    virtual ~LinearSession() = default;

    /// The program as it now is.
    virtual const LinearModel& model() const = 0;

    /// Requires, of all four: the position exists, the bounds enclose a number, the cost or
    /// coefficient is finite.
    virtual void set_variable_bounds(std::uint32_t variable, double lower, double upper) = 0;
    virtual void set_constraint_bounds(std::uint32_t constraint, double lower, double upper) = 0;
    virtual void set_cost(std::uint32_t variable, double cost) = 0;
    virtual void
    set_coefficient(std::uint32_t constraint, std::uint32_t variable, double coefficient) = 0;

    /// Errors: internal if no optimum passes its own checks.
    virtual Result<LinearOutcome> solve(const SolveOptions& options) = 0;

    /// Makes the basis of the last optimum the start of the solves to come. Without one: no start.
    virtual void keep_start() = 0;

    /// Takes the start away: the next solve is a cold one.
    virtual void drop_start() = 0;

    /// A session with the same program and the same start, for another thread.
    virtual std::unique_ptr<LinearSession> clone() const = 0;
};

/// By how much no point of the model can be cheaper than some number: that number, from prices of
/// the constraints; minus infinity where they prove nothing.
///
/// Source:   weak duality; Chvatal (1983), "Linear Programming", ch. 9.
/// Requires: one price for each constraint.
/// Cost:     O(terms).
double bound_of(const LinearModel& model, const std::vector<double>& prices);

/// A session of Clp, the linear solver of CBC. Prints nothing and leaves signals alone.
/// Errors: as check_model; invalid_argument for a model with whole numbers in it.
Result<std::unique_ptr<LinearSession>> open_clp_session(LinearModel model);

}  // namespace adic::solver
