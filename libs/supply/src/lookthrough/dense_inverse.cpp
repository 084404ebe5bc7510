#include "lookthrough/dense_inverse.hpp"

namespace adic::supply {
namespace {

void eliminate(std::vector<double>& matrix, std::size_t n, std::size_t row, std::size_t pivot) {
    const double factor = matrix[row * n + pivot];
    if (factor == 0.0) {
        return;
    }
    matrix[row * n + pivot] = 0.0;
    for (std::size_t column = 0; column < n; ++column) {
        matrix[row * n + column] -= factor * matrix[pivot * n + column];
    }
}

}  // namespace

void invert(std::vector<double>& matrix, std::size_t n) {
    for (std::size_t pivot = 0; pivot < n; ++pivot) {
        const double scale = 1.0 / matrix[pivot * n + pivot];
        matrix[pivot * n + pivot] = 1.0;
        for (std::size_t column = 0; column < n; ++column) {
            matrix[pivot * n + column] *= scale;
        }
        for (std::size_t row = 0; row < n; ++row) {
            if (row != pivot) {
                eliminate(matrix, n, row, pivot);
            }
        }
    }
}

}  // namespace adic::supply
