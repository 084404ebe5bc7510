#include "api/buying_parts.hpp"

#include "api/call.hpp"

#include <nlohmann/json.hpp>

namespace adic::server {

using Json = nlohmann::ordered_json;

void put(Json& object, const char* key, const std::string& text) {
    if (!text.empty()) {
        object[key] = text;
    }
}

void put(Json& object, const char* key, const std::optional<procure::Range>& range) {
    if (range) {
        object[key] = {{"low", range->low}, {"high", range->high}};
    }
}

void put(Json& object, const char* key, const std::optional<std::chrono::sys_days>& day) {
    if (day) {
        constexpr std::size_t date = 10;
        object[key] = time_text(std::chrono::sys_seconds{*day}).substr(0, date);
    }
}

}  // namespace adic::server
