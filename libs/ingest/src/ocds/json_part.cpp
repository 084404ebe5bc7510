#include "ocds/json_part.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace adic::ingest {

using nlohmann::json;

std::optional<json> take(json& object, std::string_view path) {
    std::vector<json*> opened{&object};
    const auto members = split(path, '/');
    for (const std::string_view member : members) {
        json& last = *opened.back();
        const auto found = last.is_object() ? last.find(std::string(member)) : last.end();
        if (found == last.end()) {
            return std::nullopt;
        }
        opened.push_back(&*found);
    }
    json value = std::move(*opened.back());
    opened.pop_back();
    for (std::size_t m = members.size(); m > 0; --m) {
        opened.back()->erase(std::string(members[m - 1]));
        if (!opened.back()->empty()) {
            break;
        }
        opened.pop_back();
    }
    return value.is_null() ? std::nullopt : std::optional{std::move(value)};
}

void put(json& object, std::string_view path, json value) {
    json* at = &object;
    for (const std::string_view member : split(path, '/')) {
        at = &(*at)[std::string(member)];
    }
    *at = std::move(value);
}

bool says_more_than(const json& object, std::initializer_list<std::string_view> members) {
    for (const auto& [key, value] : object.items()) {
        if (std::ranges::find(members, key) == members.end()) {
            return true;
        }
    }
    return false;
}

}  // namespace adic::ingest
