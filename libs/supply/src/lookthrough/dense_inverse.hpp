#pragma once

#include <cstddef>
#include <vector>

namespace adic::supply {

/// Replaces the n x n matrix I - A, row after row, by its inverse. Gauss-Jordan without exchange of
/// rows, which is stable for these: A >= 0, rows add up to at most 1, and value leaves every row.
/// Cost: O(n^3).
void invert(std::vector<double>& matrix, std::size_t n);

}  // namespace adic::supply
