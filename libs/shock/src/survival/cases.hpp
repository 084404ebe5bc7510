#pragma once

#include "adic/base/estimate.hpp"
#include "adic/shock/scenario/paths.hpp"

namespace adic::shock {

/// A figure of which more is better, in a case: capacity, stock.
inline double good(Estimate estimate, Harshness harshness) {
    switch (harshness) {
    case Harshness::mild: return estimate.high();
    case Harshness::likely: return estimate.likely();
    case Harshness::harsh: return estimate.low();
    }
    return estimate.likely();
}

/// A figure of which more is worse: demand, quantity, recovery, severity.
inline double bad(Estimate estimate, Harshness harshness) {
    switch (harshness) {
    case Harshness::mild: return estimate.low();
    case Harshness::likely: return estimate.likely();
    case Harshness::harsh: return estimate.high();
    }
    return estimate.likely();
}

}  // namespace adic::shock
