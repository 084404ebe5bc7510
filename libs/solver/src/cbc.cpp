#include "adic/solver/model.hpp"

#include "columns.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>

#include <Cbc_C_Interface.h>
#include <CoinError.hpp>

namespace adic::solver {
namespace {

constexpr double tolerance = 1e-6;

/// CBC puts its own handler of SIGINT in place while it solves. This puts ours back.
class KeptInterruptHandler {
  public:
    KeptInterruptHandler() { sigaction(SIGINT, nullptr, &kept_); }

    ~KeptInterruptHandler() { sigaction(SIGINT, &kept_, nullptr); }

    KeptInterruptHandler(const KeptInterruptHandler&) = delete;
    KeptInterruptHandler& operator=(const KeptInterruptHandler&) = delete;

  private:
    struct sigaction kept_ {};
};

struct Delete {
    void operator()(Cbc_Model* model) const { Cbc_deleteModel(model); }
};

using Handle = std::unique_ptr<Cbc_Model, Delete>;

void load(Cbc_Model* cbc, const LinearModel& model) {
    const Columns columns = columns_of(model);
    const Sides sides = sides_of(model);
    Cbc_loadProblem(
        cbc,
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
    for (std::size_t v = 0; v < model.variables.size(); ++v) {
        if (model.variables[v].integrality == Integrality::integer) {
            Cbc_setInteger(cbc, static_cast<int>(v));
        }
    }
}

void set(Cbc_Model* cbc, const char* name, double value) {
    std::array<char, 32> text{};
    (void)std::snprintf(text.data(), text.size(), "%.17g", value);
    Cbc_setParameter(cbc, name, text.data());
}

void configure(Cbc_Model* cbc, const SolveOptions& options) {
    Cbc_setLogLevel(cbc, 0);
    Cbc_setParameter(cbc, "slogLevel", "0");
    Cbc_setParameter(cbc, "timeMode", "elapsed");
    set(cbc, "seconds", options.time_limit_s);
    set(cbc, "ratioGap", options.relative_gap);
    if (options.most_nodes > 0) {
        Cbc_setParameter(cbc, "maxNodes", std::to_string(options.most_nodes).c_str());
    }
    set(cbc, "increment", 1e-9);  // the default, 1e-5, ends the search up to that above the optimum
    Cbc_setParameter(cbc, "preprocess", "off");   // wrong: docs/decisions/0003-solver.md
    Cbc_setParameter(cbc, "probingCuts", "off");  // aborts: the same page
    Cbc_setParameter(cbc, "threads", "0");
    Cbc_setParameter(cbc, "randomCbcSeed", "1");
}

/// The point found, integers made whole if that keeps the rest in place. Empty if there is none.
std::vector<double> point_of(Cbc_Model* cbc, const LinearModel& model) {
    const double* found = Cbc_getColSolution(cbc);
    if (found == nullptr) {
        return {};
    }
    std::vector<double> values(found, found + model.variables.size());
    std::vector<double> whole = values;
    for (std::size_t v = 0; v < whole.size(); ++v) {
        if (model.variables[v].integrality == Integrality::integer) {
            whole[v] = std::round(whole[v]);
        }
        whole[v] = std::clamp(whole[v], model.variables[v].lower, model.variables[v].upper);
    }
    return violation(model, whole) <= tolerance ? whole : values;
}

bool has_integers(const LinearModel& model) {
    return std::ranges::count(model.variables, Integrality::integer, &Variable::integrality) > 0;
}

OutOfTime out_of_time(Cbc_Model* cbc, const LinearModel& model) {
    OutOfTime outcome;
    if (!has_integers(model)) {
        return outcome;
    }
    const double bound = Cbc_getBestPossibleObjValue(cbc);
    if (std::abs(bound) < 1e49) {
        outcome.bound = bound;
    }
    if (Cbc_bestSolution(cbc) != nullptr) {
        outcome.best = point_of(cbc, model);
        if (violation(model, outcome.best) > tolerance) {
            outcome.best.clear();
            return outcome;
        }
        outcome.objective = cost_of(model, outcome.best);
        outcome.bound = std::min(outcome.bound, outcome.objective);
    }
    return outcome;
}

struct Solved {
    Handle cbc;
    bool in_time;
};

Solved run(const LinearModel& model, const SolveOptions& options) {
    Handle cbc{Cbc_newModel()};
    load(cbc.get(), model);
    configure(cbc.get(), options);
    const KeptInterruptHandler kept;
    const auto start = std::chrono::steady_clock::now();
    Cbc_solve(cbc.get());
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    const bool optimal = Cbc_isProvenOptimal(cbc.get()) != 0;
    const bool late = Cbc_isSecondsLimitReached(cbc.get()) != 0
                      || Cbc_isNodeLimitReached(cbc.get()) != 0
                      || (!optimal && spent.count() >= options.time_limit_s);
    return {std::move(cbc), !late};
}

/// Whether some variable can get cheaper without end, as far as its own bounds go.
bool may_be_unbounded(const LinearModel& model) {
    return std::ranges::any_of(model.variables, [](const Variable& variable) {
        return (variable.cost < 0.0 && variable.upper == infinity)
               || (variable.cost > 0.0 && variable.lower == -infinity);
    });
}

std::string status_of(Cbc_Model* cbc) {
    return std::to_string(Cbc_status(cbc)) + "/" + std::to_string(Cbc_secondaryStatus(cbc));
}

/// What a solve without optimum means. CBC does not always tell no point from no end, so the model
/// is solved again without costs: it either has a point or has not.
Result<SolveOutcome> explain(const LinearModel& model, const SolveOptions& options) {
    LinearModel without_costs = model;
    for (Variable& variable : without_costs.variables) {
        variable.cost = 0.0;
    }
    const Solved again = run(without_costs, options);
    if (!again.in_time) {
        return SolveOutcome{OutOfTime{}};
    }
    Cbc_Model* cbc = again.cbc.get();
    const bool has_point =
        Cbc_isProvenOptimal(cbc) != 0 && violation(model, point_of(cbc, model)) <= tolerance;
    if (has_point && may_be_unbounded(model)) {
        return SolveOutcome{Unbounded{}};
    }
    if (Cbc_isProvenInfeasible(cbc) != 0 || Cbc_isInitialSolveProvenPrimalInfeasible(cbc) != 0) {
        return SolveOutcome{Infeasible{}};
    }
    return Error{ErrorCode::internal, "the solver gave up", "status " + status_of(cbc)};
}

Result<SolveOutcome> solve_checked(const LinearModel& model, const SolveOptions& options) {
    const Solved solved = run(model, options);
    if (!solved.in_time) {
        return SolveOutcome{out_of_time(solved.cbc.get(), model)};
    }
    if (Cbc_isProvenOptimal(solved.cbc.get()) == 0) {
        return explain(model, options);
    }
    std::vector<double> values = point_of(solved.cbc.get(), model);
    const double worst = violation(model, values);
    if (!(worst <= tolerance)) {
        return Error{
            ErrorCode::internal,
            "the solver's answer does not satisfy the model",
            "violation " + std::to_string(worst)};
    }
    const double objective = cost_of(model, values);
    const double bound = objective - options.relative_gap * std::abs(objective);
    return SolveOutcome{Optimum{objective, bound, std::move(values)}};
}

/// CBC is not made for a model without variables; then only the constant 0 is left to check.
SolveOutcome solve_empty(const LinearModel& model) {
    return violation(model, {}) <= tolerance ? SolveOutcome{Optimum{0.0, 0.0, {}}}
                                             : SolveOutcome{Infeasible{}};
}

}  // namespace

Result<SolveOutcome> solve_with_cbc(const LinearModel& model, const SolveOptions& options) {
    ADIC_TRY(const std::monostate checked, check_model(model));
    (void)checked;
    if (model.variables.empty()) {
        return solve_empty(model);
    }
    static std::mutex one_at_a_time;  // CBC keeps state of its own outside the model
    const std::lock_guard lock{one_at_a_time};
    try {
        return solve_checked(model, options);
    } catch (const CoinError& error) {
        return Error{
            ErrorCode::internal,
            "the solver gave up",
            error.className() + "::" + error.methodName() + ": " + error.message()};
    }
}

}  // namespace adic::solver
