#pragma once

#include "adic/base/estimate.hpp"

#include <algorithm>

namespace adic::supply {

/// The estimate of three figures that belong in this order up to rounding; the likely one is kept.
/// Requires: all finite.
inline Estimate bracket(double low, double likely, double high) {
    return *Estimate::create(std::min(low, likely), likely, std::max(high, likely));
}

}  // namespace adic::supply
