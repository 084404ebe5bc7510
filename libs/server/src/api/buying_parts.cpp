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

Json sentences_json(std::span<const Sentence> sentences) {
    Json list = Json::array();
    for (const Sentence& sentence : sentences) {
        Json one{{"text", sentence.text}, {"code", sentence.code}, {"values", Json::object()}};
        for (const auto& [name, texts] : sentence.values) {
            one["values"][std::string(name)] = texts;
        }
        list.push_back(std::move(one));
    }
    return list;
}

}  // namespace adic::server
