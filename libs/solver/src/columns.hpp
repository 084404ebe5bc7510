#pragma once

#include "adic/solver/model.hpp"

#include <vector>

namespace adic::solver {

/// The constraints' terms variable by variable, without zeros: how COIN-OR takes a matrix.
struct Columns {
    std::vector<int> start;
    std::vector<int> row;
    std::vector<double> coefficient;
};

Columns columns_of(const LinearModel& model);

/// Bounds and costs as COIN-OR takes them.
struct Sides {
    std::vector<double> variable_lower;
    std::vector<double> variable_upper;
    std::vector<double> cost;
    std::vector<double> constraint_lower;
    std::vector<double> constraint_upper;
};

Sides sides_of(const LinearModel& model);

/// COIN-OR's own infinity for ours.
double to_coin(double bound);

}  // namespace adic::solver
