#pragma once

#include "adic/base/result.hpp"
#include "adic/model/release.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace adic::app {

/// Releases as people write them, to states and blocs of `data`.
/// Errors: invalid_argument for a name that is none of them.
Result<std::vector<model::Grant>>
known_grants(const std::filesystem::path& data, const std::string& text);

}  // namespace adic::app
