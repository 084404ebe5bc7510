#pragma once

#include "adic/base/estimate.hpp"
#include "adic/shock/montecarlo/montecarlo.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace adic::shock {

/// Quantiles of figures that are spread between low, likely and high (M2).
///
/// Source: Malcolm, Roseboom, Clark, Fazar (1959), Oper. Res. 7(5), 646 (PERT), with the variance
///         free: beta of 1 + 4 (likely - low) / range and 1 + 4 (high - likely) / range.
class Spreads {
  public:
    explicit Spreads(Spread spread);

    /// Makes the quantiles of the figure ready; once for each figure that will be drawn.
    void prepare(Estimate figure);

    /// The quantile at u in (0, 1). Requires: the figure was prepared.
    double at(Estimate figure, double u) const;

  private:
    static constexpr std::size_t pieces = 256;
    static constexpr std::size_t modes = 1'000;  ///< where in its range the likely value is

    /// The distribution function and its slope at the ends of equal pieces, and its exponents at
    /// both ends, where it has no slope to speak of.
    struct Table {
        double a;
        double b;
        std::array<double, pieces + 1> below;
        std::array<double, pieces + 1> density;
    };

    static std::size_t mode_of(Estimate figure);
    static double quantile(const Table& table, double u);
    static double inner_quantile(const Table& table, double u);
    static double end_quantile(double below_piece, double exponent, double other, double u);

    Spread spread_;
    std::vector<std::unique_ptr<const Table>> tables_;
};

}  // namespace adic::shock
