#pragma once

#include "adic/base/result.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace adic::server {

/// Columns of the table of an offer's terms.
inline constexpr std::array<std::string_view, 7>
    term_columns{"term", "from", "low", "likely", "high", "text", "currency"};

/// Columns of the table of exchange rates.
inline constexpr std::array<std::string_view, 5> rate_columns{
    "base",
    "currency",
    "day",
    "rate",
    "until"};

/// A list of objects of a body as a CSV table with these columns, in this order; a list of texts
/// in a cell has `+` between them, as sets of states are written. `name` is the member's.
///
/// Errors: invalid_argument for anything else, and for a member that is no column.
Result<std::string> table_of(
    std::string_view name,
    std::span<const std::string_view> columns,
    const nlohmann::json& rows
);

/// A list of {"from", "price"} as the words of a command line: 1:100,50:92.
///
/// Errors: invalid_argument for anything else.
Result<std::string> breaks_of(std::string_view name, const nlohmann::json& steps);

}  // namespace adic::server
