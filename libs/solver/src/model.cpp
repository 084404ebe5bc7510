#include "adic/solver/model.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace adic::solver {
namespace {

Error not_a_model(const std::string& what, std::size_t position, const std::string& why) {
    return {ErrorCode::invalid_argument, what + " " + std::to_string(position) + " " + why, {}};
}

/// Whether some number lies between the two. Written so that NaN fails.
bool is_range(double lower, double upper) {
    return lower <= upper && lower < infinity && upper > -infinity;
}

/// `seen[v]` is the last constraint, counted from 1, that named variable v.
Result<std::monostate>
check_terms(const Constraint& constraint, std::size_t position, std::vector<std::size_t>& seen) {
    for (const Term& term : constraint.terms) {
        if (term.variable >= seen.size()) {
            return not_a_model("constraint", position, "names a variable that is not there");
        }
        if (seen[term.variable] == position + 1) {
            return not_a_model("constraint", position, "names a variable twice");
        }
        if (!std::isfinite(term.coefficient)) {
            return not_a_model("constraint", position, "has a coefficient that is not finite");
        }
        seen[term.variable] = position + 1;
    }
    return std::monostate{};
}

double outside(double value, double lower, double upper) {
    return std::max({0.0, lower - value, value - upper});
}

double violation_of(const Constraint& constraint, const std::vector<double>& values) {
    double sum = 0.0;
    double size = 1.0;
    for (const Term& term : constraint.terms) {
        const double part = term.coefficient * values[term.variable];
        sum += part;
        size = std::max(size, std::abs(part));
    }
    return outside(sum, constraint.lower, constraint.upper) / size;
}

}  // namespace

Result<std::monostate> check_model(const LinearModel& model) {
    for (std::size_t v = 0; v < model.variables.size(); ++v) {
        const Variable& variable = model.variables[v];
        if (!is_range(variable.lower, variable.upper)) {
            return not_a_model("variable", v, "has no value between its bounds");
        }
        if (!std::isfinite(variable.cost)) {
            return not_a_model("variable", v, "has a cost that is not finite");
        }
    }
    std::vector<std::size_t> seen(model.variables.size(), 0);
    for (std::size_t c = 0; c < model.constraints.size(); ++c) {
        const Constraint& constraint = model.constraints[c];
        if (!is_range(constraint.lower, constraint.upper)) {
            return not_a_model("constraint", c, "has no value between its bounds");
        }
        ADIC_TRY(const std::monostate checked, check_terms(constraint, c, seen));
        (void)checked;
    }
    return std::monostate{};
}

double violation(const LinearModel& model, const std::vector<double>& values) {
    double worst = 0.0;
    for (std::size_t v = 0; v < values.size(); ++v) {
        const Variable& variable = model.variables[v];
        const double size = std::max(1.0, std::abs(values[v]));
        worst = std::max(worst, outside(values[v], variable.lower, variable.upper) / size);
        if (variable.integrality == Integrality::integer) {
            worst = std::max(worst, std::abs(values[v] - std::round(values[v])));
        }
    }
    for (const Constraint& constraint : model.constraints) {
        worst = std::max(worst, violation_of(constraint, values));
    }
    return worst;
}

double cost_of(const LinearModel& model, const std::vector<double>& values) {
    double sum = 0.0;
    for (std::size_t v = 0; v < values.size(); ++v) {
        sum += model.variables[v].cost * values[v];
    }
    return sum;
}

}  // namespace adic::solver
