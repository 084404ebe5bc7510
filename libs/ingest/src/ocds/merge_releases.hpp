#pragma once

#include <vector>

#include <nlohmann/json.hpp>

namespace adic::ingest {

/// What releases of one process say together, the earliest first: a later value takes the place of
/// an earlier one, null takes it away, and objects in a list are the same if their `id` is. `tag`
/// has all tags.
///
/// Source:   OCDS 1.1.5, merging.
/// Requires: all are objects.
/// Cost:     O(bytes * log bytes).
nlohmann::json merge_releases(const std::vector<const nlohmann::json*>& releases);

/// The identifier of an object in a list as a text; empty if it has none.
std::string identifier_of(const nlohmann::json& object);

}  // namespace adic::ingest
