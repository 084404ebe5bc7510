#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace adic::ingest {

/// An object that is taken apart, and where it stands in the file.
struct Part {
    nlohmann::json object;
    std::string place;
};

/// Takes the value at the path out of the object, and whatever is empty then. Empty: it is not
/// there, or null.
std::optional<nlohmann::json> take(nlohmann::json& object, std::string_view path);

/// Puts back what was taken.
void put(nlohmann::json& object, std::string_view path, nlohmann::json value);

/// Whether the object has a member beside these.
bool says_more_than(const nlohmann::json& object, std::initializer_list<std::string_view> members);

}  // namespace adic::ingest
