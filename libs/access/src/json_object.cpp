#include "json_object.hpp"

#include <set>
#include <vector>

namespace adic::access {

using nlohmann::json;

Result<json> parse_json_object(std::string_view text, std::size_t most, std::string_view what) {
    const Error none{ErrorCode::invalid_argument, std::string(what) + " is no JSON object", {}};
    if (text.size() > most) {
        return Error{ErrorCode::invalid_argument, std::string(what) + " is too long", {}};
    }
    constexpr int deepest = 16;
    bool is_sound = true;
    std::vector<std::set<std::string>> names;
    const auto watch = [&](int depth, json::parse_event_t event, json& value) {
        is_sound = is_sound && depth <= deepest;
        if (!is_sound) {
            return false;
        }
        if (event == json::parse_event_t::object_start) {
            names.emplace_back();
        } else if (event == json::parse_event_t::object_end) {
            names.pop_back();
        } else if (event == json::parse_event_t::key) {
            is_sound = names.back().insert(value.get<std::string>()).second;
        }
        return is_sound;
    };
    json object = json::parse(text, watch, false);
    if (!is_sound || !object.is_object()) {
        return none;
    }
    return object;
}

std::optional<std::string> text_in(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) {
        return std::nullopt;
    }
    return found->get<std::string>();
}

const json::array_t* list_in(const json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : found->get_ptr<const json::array_t*>();
}

}  // namespace adic::access
