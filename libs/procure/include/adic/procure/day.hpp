#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace adic::procure {

/// A day as 2024-06-30; empty if it is written otherwise, or is in no calendar.
std::optional<std::chrono::sys_days> parse_day(std::string_view text);

/// "2024-06-30".
std::string day_text(std::chrono::sys_days day);

}  // namespace adic::procure
