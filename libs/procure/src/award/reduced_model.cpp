#include "award/reduced_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace adic::procure {
namespace {

using solver::Constraint;
using solver::infinity;
using solver::LinearModel;
using solver::Term;
using solver::Variable;

constexpr double tolerance = 1e-9;

struct Reach {
    double least = 0.0;
    double most = 0.0;
    double size = 1.0;  ///< of its terms, for what is rounding
};

Reach reach_of(const Constraint& row, const std::vector<Variable>& variables) {
    Reach reach;
    for (const Term& term : row.terms) {
        const double at_lower = term.coefficient * variables[term.variable].lower;
        const double at_upper = term.coefficient * variables[term.variable].upper;
        reach.least += std::min(at_lower, at_upper);
        reach.most += std::max(at_lower, at_upper);
        for (const double end : {at_lower, at_upper}) {
            reach.size = std::isfinite(end) ? std::max(reach.size, std::abs(end)) : reach.size;
        }
    }
    return reach;
}

/// Every variable of the row to the end at which the row is least, or most.
void force(const Constraint& row, bool to_least, std::vector<Variable>& variables) {
    for (const Term& term : row.terms) {
        Variable& variable = variables[term.variable];
        const bool to_lower = (term.coefficient > 0.0) == to_least;
        if (to_lower) {
            variable.upper = variable.lower;
        } else {
            variable.lower = variable.upper;
        }
    }
}

/// Fixes what a row forces. Where nothing can keep the row, it stays for the solver to find.
void tighten(const LinearModel& model, std::vector<Variable>& variables) {
    for (const Constraint& row : model.constraints) {
        const Reach reach = reach_of(row, variables);
        const double rounding = tolerance * reach.size;
        if (std::isfinite(row.upper) && std::abs(reach.least - row.upper) <= rounding) {
            force(row, true, variables);
        } else if (std::isfinite(row.lower) && std::abs(reach.most - row.lower) <= rounding) {
            force(row, false, variables);
        }
    }
}

void add_row(
    const Constraint& row,
    const std::vector<Variable>& variables,
    const std::vector<std::uint32_t>& position,
    LinearModel& made
) {
    const Reach reach = reach_of(row, variables);
    const double rounding = tolerance * reach.size;
    if (reach.least >= row.lower - rounding && reach.most <= row.upper + rounding) {
        return;
    }
    Constraint left{row.lower, row.upper, {}};
    for (const Term& term : row.terms) {
        const Variable& variable = variables[term.variable];
        if (variable.lower == variable.upper) {
            left.lower -= term.coefficient * variable.lower;
            left.upper -= term.coefficient * variable.lower;
        } else {
            left.terms.push_back({position[term.variable], term.coefficient});
        }
    }
    made.constraints.push_back(std::move(left));
}

}  // namespace

std::vector<double> ReducedModel::whole(const std::vector<double>& values) const {
    std::vector<double> all = fixed;
    for (std::size_t v = 0; v < kept.size(); ++v) {
        all[kept[v]] = values[v];
    }
    return all;
}

ReducedModel reduced(const LinearModel& model) {
    std::vector<Variable> variables = model.variables;
    constexpr int passes = 2;
    for (int pass = 0; pass < passes; ++pass) {
        tighten(model, variables);
    }
    ReducedModel made;
    std::vector<std::uint32_t> position(variables.size(), 0);
    for (std::uint32_t v = 0; v < variables.size(); ++v) {
        made.fixed.push_back(variables[v].lower);
        if (variables[v].lower != variables[v].upper) {
            position[v] = static_cast<std::uint32_t>(made.kept.size());
            made.kept.push_back(v);
            made.model.variables.push_back(variables[v]);
        }
    }
    for (const Constraint& row : model.constraints) {
        add_row(row, variables, position, made.model);
    }
    return made;
}

Result<solver::SolveOutcome>
solve_reduced(const LinearModel& model, const solver::SolveOptions& options) {
    const ReducedModel made = reduced(model);
    const double settled = solver::cost_of(model, made.whole(std::vector(made.kept.size(), 0.0)));
    ADIC_TRY(auto outcome, solver::solve_with_cbc(made.model, options));
    if (auto* optimum = std::get_if<solver::Optimum>(&outcome)) {
        optimum->values = made.whole(optimum->values);
        optimum->objective += settled;
        optimum->bound += settled;
    } else if (auto* late = std::get_if<solver::OutOfTime>(&outcome)) {
        late->best = late->best.empty() ? late->best : made.whole(late->best);
        late->objective += settled;
        late->bound += settled;
    }
    return outcome;
}

}  // namespace adic::procure
