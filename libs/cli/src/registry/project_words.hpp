#pragma once

#include "adic/procure/project.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace adic::cli {

/// "24", "20 to 50", or nothing where it is not known.
std::string range_text(const std::optional<procure::Range>& range);

/// "2027-03-01", or nothing.
std::string day_text(const std::optional<std::chrono::sys_days>& day);

}  // namespace adic::cli
