#include "columns.hpp"

#include <algorithm>
#include <cstddef>

#include <CoinFinite.hpp>

namespace adic::solver {

double to_coin(double bound) {
    return std::clamp(bound, -COIN_DBL_MAX, COIN_DBL_MAX);
}

Columns columns_of(const LinearModel& model) {
    std::vector<int> start(model.variables.size() + 1, 0);
    for (const Constraint& constraint : model.constraints) {
        for (const Term& term : constraint.terms) {
            start[term.variable + 1] += term.coefficient != 0.0 ? 1 : 0;
        }
    }
    for (std::size_t v = 1; v < start.size(); ++v) {
        start[v] += start[v - 1];
    }
    Columns columns{start, {}, {}};
    columns.row.resize(static_cast<std::size_t>(start.back()));
    columns.coefficient.resize(columns.row.size());
    for (std::size_t c = 0; c < model.constraints.size(); ++c) {
        for (const Term& term : model.constraints[c].terms) {
            if (term.coefficient == 0.0) {
                continue;
            }
            const auto slot = static_cast<std::size_t>(start[term.variable]++);
            columns.row[slot] = static_cast<int>(c);
            columns.coefficient[slot] = term.coefficient;
        }
    }
    return columns;
}

Sides sides_of(const LinearModel& model) {
    Sides sides;
    for (const Variable& variable : model.variables) {
        sides.variable_lower.push_back(to_coin(variable.lower));
        sides.variable_upper.push_back(to_coin(variable.upper));
        sides.cost.push_back(variable.cost);
    }
    for (const Constraint& constraint : model.constraints) {
        sides.constraint_lower.push_back(to_coin(constraint.lower));
        sides.constraint_upper.push_back(to_coin(constraint.upper));
    }
    return sides;
}

}  // namespace adic::solver
