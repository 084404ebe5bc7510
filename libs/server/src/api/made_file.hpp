#pragma once

#include "api/call.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace adic::server {

/// The bytes of a file that `write` makes, for libraries that write files alone; the file is gone
/// afterwards.
/// Errors: those of `write`; unavailable if the server has no room.
Result<std::string> bytes_of_file(
    const Call& call,
    std::string_view ending,
    const std::function<std::optional<Error>(const std::filesystem::path&)>& write
);

}  // namespace adic::server
