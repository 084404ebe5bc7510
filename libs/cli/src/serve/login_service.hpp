#pragma once

#include "adic/server/oidc.hpp"

#include <filesystem>
#include <memory>

namespace adic::cli {

/// The login service that a file of JSON describes: docs/reference/oidc.md. The files that it names
/// are looked for beside it.
/// Errors: unavailable for a file that cannot be read; invalid_argument for what is wrong in it.
Result<std::unique_ptr<server::Oidc>> open_login_service(const std::filesystem::path& file);

}  // namespace adic::cli
