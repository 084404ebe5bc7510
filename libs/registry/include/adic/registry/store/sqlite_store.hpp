#pragma once

#include "adic/registry/store/record_store.hpp"

#include <filesystem>
#include <memory>

namespace adic::registry {

/// A registry in one file, made if it is not there. Several programs may have it open at once.
///
/// Errors: invalid_argument if the file is something else, or of a later version of adic;
///         unavailable if it cannot be opened or made.
Result<std::unique_ptr<RecordStore>> open_sqlite_store(const std::filesystem::path& file);

}  // namespace adic::registry
