#pragma once

#include "adic/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace adic::access {

/// An object of at most `most` bytes and 16 levels in which no name stands twice: two readers
/// would take two different values.
/// Errors: invalid_argument, that `what` is none.
Result<nlohmann::json>
parse_json_object(std::string_view text, std::size_t most, std::string_view what);

/// Empty: it is not there, or no text.
std::optional<std::string> text_in(const nlohmann::json& object, const char* name);

/// Null: it is not there, or no list.
const nlohmann::json::array_t* list_in(const nlohmann::json& object, const char* name);

}  // namespace adic::access
