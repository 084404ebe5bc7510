#pragma once

#include "adic/app/shock_firms.hpp"
#include "adic/base/result.hpp"
#include "adic/shock/cascade/cascade.hpp"

#include <vector>

namespace adic::app {

/// The losses by the positions of their firms.
/// Errors: not_found for a firm that is not there, with the name that was perhaps meant.
Result<std::vector<shock::CapacityLoss>>
resolve_losses(const model::FirmNetwork& network, const std::vector<NamedLoss>& losses);

}  // namespace adic::app
