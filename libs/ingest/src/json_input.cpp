#include "json_input.hpp"

#include "adic/base/json_text.hpp"

namespace adic::ingest {

ParsedJson parse_json(std::string_view text, const JsonLimits& limits) {
    using nlohmann::json;
    ParsedJson parsed;
    if (text.size() > limits.size) {
        parsed.message = limits.too_large;
        return parsed;
    }
    if (is_nested_deeper(text, limits.depth)) {
        parsed.message = "is nested more than " + std::to_string(limits.depth) + " deep";
        return parsed;
    }
    try {
        parsed.root = json::parse(text);
    } catch (const json::parse_error& error) {  // the only way to learn where
        parsed.byte = error.byte;
        parsed.message = "is no well-formed JSON from here on";
    } catch (const json::exception&) {
        parsed.message = "holds a number that no computer can hold";
    }
    return parsed;
}

}  // namespace adic::ingest
