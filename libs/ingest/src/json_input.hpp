#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace adic::ingest {

/// How much of JSON a format takes.
struct JsonLimits {
    std::size_t size;       ///< bytes
    std::string too_large;  ///< what is said of more
    int depth;
};

struct ParsedJson {
    std::optional<nlohmann::json> root;
    std::size_t byte = 0;  ///< where it stopped
    std::string message = {};
};

/// Reads a text from outside: what is too large or too deep is refused before it is parsed.
ParsedJson parse_json(std::string_view text, const JsonLimits& limits);

}  // namespace adic::ingest
