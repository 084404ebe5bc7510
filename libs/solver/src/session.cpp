#include "adic/solver/session.hpp"

#include <algorithm>
#include <cmath>

namespace adic::solver {
namespace {

/// A price below this is rounding, where the side that it would be paid for is infinite.
constexpr double no_price = 1e-9;

/// What a price earns at the side that it pulls to.
double earned(double price, double lower, double upper) {
    const double side = price > 0.0 ? lower : upper;
    if (std::isinf(side)) {
        return std::abs(price) <= no_price ? 0.0 : -infinity;
    }
    return price * side;
}

}  // namespace

double bound_of(const LinearModel& model, const std::vector<double>& prices) {
    std::vector<double> reduced;
    reduced.reserve(model.variables.size());
    for (const Variable& variable : model.variables) {
        reduced.push_back(variable.cost);
    }
    double bound = 0.0;
    for (std::size_t c = 0; c < model.constraints.size(); ++c) {
        const Constraint& constraint = model.constraints[c];
        for (const Term& term : constraint.terms) {
            reduced[term.variable] -= prices[c] * term.coefficient;
        }
        bound += earned(prices[c], constraint.lower, constraint.upper);
    }
    for (std::size_t v = 0; v < reduced.size(); ++v) {
        bound += earned(reduced[v], model.variables[v].lower, model.variables[v].upper);
    }
    return bound;
}

}  // namespace adic::solver
