#include "adic/solver/session.hpp"

#include "columns.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include <ClpSimplex.hpp>
#include <CoinError.hpp>

namespace adic::solver {
namespace {

constexpr double point_tolerance = 1e-6;  ///< as for every other answer of this port
constexpr double gap_tolerance = 1e-7;    ///< of a proven optimum, relative where it is above 1
constexpr double clp_tolerance = 1e-9;    ///< tighter than ours, so that ours are kept

void load(ClpSimplex& clp, const LinearModel& model) {
    const Columns columns = columns_of(model);
    const Sides sides = sides_of(model);
    clp.setLogLevel(0);
    clp.loadProblem(
        static_cast<int>(model.variables.size()),
        static_cast<int>(model.constraints.size()),
        columns.start.data(),
        columns.row.data(),
        columns.coefficient.data(),
        sides.variable_lower.data(),
        sides.variable_upper.data(),
        sides.cost.data(),
        sides.constraint_lower.data(),
        sides.constraint_upper.data()
    );
    clp.setPrimalTolerance(clp_tolerance);
    clp.setDualTolerance(clp_tolerance);
}

LinearOptimum read_optimum(const ClpSimplex& clp, const LinearModel& model) {
    LinearOptimum optimum;
    const double* values = clp.primalColumnSolution();
    optimum.values.assign(values, values + model.variables.size());
    for (std::size_t v = 0; v < optimum.values.size(); ++v) {
        const Variable& variable = model.variables[v];
        optimum.values[v] = std::clamp(optimum.values[v], variable.lower, variable.upper);
    }
    const double* prices = clp.dualRowSolution();
    optimum.prices.assign(prices, prices + model.constraints.size());
    const double* reduced = clp.dualColumnSolution();
    optimum.reduced_costs.assign(reduced, reduced + model.variables.size());
    optimum.objective = cost_of(model, optimum.values);
    optimum.bound = std::min(optimum.objective, bound_of(model, optimum.prices));
    return optimum;
}

bool is_proven(const LinearModel& model, const LinearOptimum& optimum) {
    const double gap = optimum.objective - optimum.bound;
    return violation(model, optimum.values) <= point_tolerance
           && gap <= gap_tolerance * std::max(1.0, std::abs(optimum.objective));
}

/// Without constraints each variable goes to its cheap end by itself.
LinearOutcome solve_without_constraints(const LinearModel& model) {
    LinearOptimum optimum;
    for (const Variable& variable : model.variables) {
        const double nearest = std::clamp(0.0, variable.lower, variable.upper);
        const double end = variable.cost > 0.0   ? variable.lower
                           : variable.cost < 0.0 ? variable.upper
                                                 : nearest;
        if (std::isinf(end)) {
            return Unbounded{};
        }
        optimum.values.push_back(end);
        optimum.reduced_costs.push_back(variable.cost);
    }
    optimum.objective = optimum.bound = cost_of(model, optimum.values);
    return optimum;
}

LinearOutcome solve_without_variables(const LinearModel& model) {
    if (violation(model, {}) > point_tolerance) {
        return Infeasible{};
    }
    LinearOptimum optimum;
    optimum.prices.assign(model.constraints.size(), 0.0);
    return optimum;
}

enum class Method { dual, primal };

class ClpSession final : public LinearSession {
  public:
    explicit ClpSession(LinearModel model) : model_(std::move(model)) { load(clp_, model_); }

    /// The program and the start of another.
    ClpSession(LinearModel model, const ClpSimplex& clp, bool has_start)
        : model_(std::move(model))
        , clp_(clp)
        , has_start_(has_start) {}

    const LinearModel& model() const override { return model_; }

    void set_variable_bounds(std::uint32_t variable, double lower, double upper) override {
        assert(lower <= upper);
        model_.variables[variable].lower = lower;
        model_.variables[variable].upper = upper;
        clp_.setColumnBounds(static_cast<int>(variable), to_coin(lower), to_coin(upper));
    }

    void set_constraint_bounds(std::uint32_t constraint, double lower, double upper) override {
        assert(lower <= upper);
        model_.constraints[constraint].lower = lower;
        model_.constraints[constraint].upper = upper;
        clp_.setRowBounds(static_cast<int>(constraint), to_coin(lower), to_coin(upper));
    }

    void set_cost(std::uint32_t variable, double cost) override {
        assert(std::isfinite(cost));
        model_.variables[variable].cost = cost;
        clp_.setObjectiveCoefficient(static_cast<int>(variable), cost);
    }

    void set_coefficient(std::uint32_t constraint, std::uint32_t variable, double coefficient)
        override {
        assert(std::isfinite(coefficient));
        std::vector<Term>& terms = model_.constraints[constraint].terms;
        const auto term = std::ranges::find(terms, variable, &Term::variable);
        if (term == terms.end()) {
            terms.push_back({variable, coefficient});
        } else {
            term->coefficient = coefficient;
        }
        clp_.modifyCoefficient(
            static_cast<int>(constraint),
            static_cast<int>(variable),
            coefficient
        );
    }

    Result<LinearOutcome> solve(const SolveOptions& options) override {
        last_.clear();
        if (model_.variables.empty()) {
            return solve_without_variables(model_);
        }
        if (model_.constraints.empty()) {
            return solve_without_constraints(model_);
        }
        try {
            return solve_checked(options);
        } catch (const CoinError& error) {
            return Error{
                ErrorCode::internal,
                "the solver gave up",
                error.className() + "::" + error.methodName() + ": " + error.message()};
        }
    }

    void keep_start() override {
        has_start_ = !last_.empty();
        if (has_start_) {
            clp_.copyinStatus(last_.data());
        }
    }

    void drop_start() override { has_start_ = false; }

    std::unique_ptr<LinearSession> clone() const override {
        return std::make_unique<ClpSession>(model_, clp_, has_start_);
    }

  private:
    using Clock = std::chrono::steady_clock;

    /// Every solve works on a copy: what Clp remembers from one to the next (weights, settings that
    /// it adapts) would make an answer depend on the questions before it.
    ClpSimplex fresh(bool warm) const {
        ClpSimplex clp(clp_);
        if (!warm) {
            clp.createStatus();
        }
        return clp;
    }

    static int run(ClpSimplex& clp, Method method, double seconds) {
        clp.setMaximumWallSeconds(seconds);
        // Not initialSolve: it replaces the process's handler of interrupts.
        (void)(method == Method::dual ? clp.dual() : clp.primal());
        return clp.status();
    }

    /// The optimum, if Clp finds one that passes our checks.
    std::optional<LinearOptimum> try_to_solve(bool warm, Method method, double seconds) {
        ClpSimplex clp = fresh(warm);
        stopped_ = run(clp, method, seconds) == 3;
        if (clp.status() != 0) {
            return std::nullopt;
        }
        LinearOptimum optimum = read_optimum(clp, model_);
        if (!is_proven(model_, optimum)) {
            return std::nullopt;
        }
        const unsigned char* status = clp.statusArray();
        last_.assign(status, status + model_.variables.size() + model_.constraints.size());
        return optimum;
    }

    Result<LinearOutcome> solve_checked(const SolveOptions& options) {
        const auto start = Clock::now();
        const auto left = [&] {
            const std::chrono::duration<double> spent = Clock::now() - start;
            return std::max(1e-3, options.time_limit_s - spent.count());
        };
        const std::array attempts{
            std::pair{has_start_, Method::dual},
            std::pair{false, Method::dual},
            std::pair{false, Method::primal}};
        for (std::size_t i = has_start_ ? 0 : 1; i < attempts.size(); ++i) {
            if (auto optimum = try_to_solve(attempts[i].first, attempts[i].second, left())) {
                return LinearOutcome{*std::move(optimum)};
            }
            if (stopped_) {
                return LinearOutcome{OutOfTime{}};
            }
        }
        return explain(left());
    }

    /// What it means that there is no optimum: without costs a program has a point, or it has none.
    Result<LinearOutcome> explain(double seconds) const {
        ClpSimplex clp = fresh(false);
        for (std::size_t v = 0; v < model_.variables.size(); ++v) {
            clp.setObjectiveCoefficient(static_cast<int>(v), 0.0);
        }
        const int status = run(clp, Method::primal, seconds);
        if (status == 1) {
            return LinearOutcome{Infeasible{}};
        }
        if (status == 3) {
            return LinearOutcome{OutOfTime{}};
        }
        const double* values = clp.primalColumnSolution();
        const std::vector<double> point(values, values + model_.variables.size());
        if (status == 0 && violation(model_, point) <= point_tolerance && has_way_out()) {
            return LinearOutcome{Unbounded{}};
        }
        return Error{
            ErrorCode::internal,
            "the solver's answer does not satisfy the model",
            "status " + std::to_string(status)};
    }

    /// Whether some variable can get cheaper without end, as far as its own bounds go.
    bool has_way_out() const {
        return std::ranges::any_of(model_.variables, [](const Variable& variable) {
            return (variable.cost < 0.0 && variable.upper == infinity)
                   || (variable.cost > 0.0 && variable.lower == -infinity);
        });
    }

    LinearModel model_;
    ClpSimplex clp_;  ///< never solved itself: holds program and start
    bool has_start_ = false;
    std::vector<unsigned char> last_;  ///< basis of the last optimum; empty: none
    bool stopped_ = false;
};

bool is_linear(const LinearModel& model) {
    return std::ranges::count(model.variables, Integrality::integer, &Variable::integrality) == 0;
}

}  // namespace

Result<std::unique_ptr<LinearSession>> open_clp_session(LinearModel model) {
    ADIC_TRY(const std::monostate checked, check_model(model));
    (void)checked;
    if (!is_linear(model)) {
        return Error{
            ErrorCode::invalid_argument,
            "a session solves linear programs; this one has whole numbers in it",
            {}};
    }
    return std::unique_ptr<LinearSession>{std::make_unique<ClpSession>(std::move(model))};
}

}  // namespace adic::solver
