#pragma once

#include "adic/base/result.hpp"

#include <compare>

namespace adic {

/// A figure that is not known exactly: low <= likely <= high, all finite.
///
/// Holding one is the proof that it was checked. A figure that is not known at all is a
/// `std::optional<Estimate>` without value: missing is never zero.
class Estimate {
  public:
    static Result<Estimate> create(double low, double likely, double high);

    /// A figure known exactly. Requires: `value` is finite.
    static Estimate exactly(double value);

    constexpr double low() const { return low_; }

    constexpr double likely() const { return likely_; }

    constexpr double high() const { return high_; }

    constexpr bool is_exact() const { return low_ == high_; }

    friend constexpr bool operator==(Estimate, Estimate) = default;

  private:
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): `create` has checked their order
    constexpr Estimate(double low, double likely, double high)
        : low_(low)
        , likely_(likely)
        , high_(high) {}

    double low_;
    double likely_;
    double high_;
};

/// Which end of every estimate a calculation takes.
enum class Bound { low, likely, high };

constexpr double at(Estimate estimate, Bound bound) {
    switch (bound) {
    case Bound::low: return estimate.low();
    case Bound::likely: return estimate.likely();
    case Bound::high: return estimate.high();
    }
    return estimate.likely();
}

}  // namespace adic
