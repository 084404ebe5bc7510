#include "adic/base/estimate.hpp"

#include <cassert>
#include <cmath>

namespace adic {

Result<Estimate> Estimate::create(double low, double likely, double high) {
    const bool finite = std::isfinite(low) && std::isfinite(likely) && std::isfinite(high);
    if (!finite || low > likely || likely > high) {
        return Error{
            ErrorCode::invalid_argument,
            "an estimate needs low <= likely <= high, all finite",
            {}};
    }
    return Estimate{low, likely, high};
}

Estimate Estimate::exactly(double value) {
    assert(std::isfinite(value));
    return Estimate{value, value, value};
}

}  // namespace adic
