#include "ocds/merge_releases.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>

namespace adic::ingest {
namespace {

using nlohmann::json;
using Values = std::vector<const json*>;

/// Lists that are replaced as a whole, whatever is in them.
constexpr std::array<std::string_view, 2> whole_lists{"additionalClassifications", "relationship"};

enum class Kind { whole, object, list };

bool are_all_identified(const json& list) {
    for (const json& element : list) {
        if (!element.is_object() || identifier_of(element).empty()) {
            return false;
        }
    }
    return true;
}

Kind kind_of(const json& value, std::string_view key) {
    if (value.is_object()) {
        return Kind::object;
    }
    const bool is_whole = std::ranges::find(whole_lists, key) != whole_lists.end();
    return value.is_array() && !is_whole && are_all_identified(value) ? Kind::list : Kind::whole;
}

json merge_values(const Values& values, std::string_view key);

json merge_objects(const Values& objects) {  // NOLINT(misc-no-recursion)
    std::map<std::string, Values> members;
    for (const json* object : objects) {
        for (const auto& [key, value] : object->items()) {
            members[key].push_back(&value);
        }
    }
    json merged = json::object();
    for (const auto& [key, values] : members) {
        if (json value = merge_values(values, key); !value.is_null()) {
            merged[key] = std::move(value);
        }
    }
    return merged;
}

json merge_lists(const Values& lists) {  // NOLINT(misc-no-recursion)
    std::map<std::string, std::size_t> places;
    std::vector<Values> elements;
    for (const json* list : lists) {
        for (const json& element : *list) {
            const auto place = places.emplace(identifier_of(element), elements.size());
            if (place.second) {
                elements.emplace_back();
            }
            elements[place.first->second].push_back(&element);
        }
    }
    json merged = json::array();
    for (const Values& versions : elements) {
        merged.push_back(merge_objects(versions));
    }
    return merged;
}

/// As deep as the document: `deepest_ocds`.
json merge_values(const Values& values, std::string_view key) {  // NOLINT(misc-no-recursion)
    const Kind kind = kind_of(*values.back(), key);
    std::size_t first = values.size() - 1;  // a value of another kind takes the place of all before
    while (first > 0 && kind != Kind::whole && kind_of(*values[first - 1], key) == kind) {
        --first;
    }
    const Values together(values.begin() + static_cast<std::ptrdiff_t>(first), values.end());
    switch (kind) {
    case Kind::object: return merge_objects(together);
    case Kind::list: return merge_lists(together);
    case Kind::whole: break;
    }
    return *values.back();
}

}  // namespace

std::string identifier_of(const json& object) {
    const auto id = object.find("id");
    if (id == object.end()) {
        return {};
    }
    if (const auto* text = id->get_ptr<const std::string*>()) {
        return *text;
    }
    return id->is_number_integer() ? id->dump() : std::string{};
}

json merge_releases(const Values& releases) {
    json merged = merge_objects(releases);
    json tags = json::array();
    for (const json* release : releases) {
        const auto tag = release->find("tag");
        if (tag != release->end() && tag->is_array()) {
            for (const json& one : *tag) {
                tags.push_back(one);
            }
        }
    }
    if (!tags.empty()) {
        merged["tag"] = std::move(tags);
    }
    return merged;
}

}  // namespace adic::ingest
