#pragma once

#include "adic/base/result.hpp"
#include "adic/sqlite/database.hpp"

#include <cstdint>
#include <optional>

namespace adic::registry {

/// Makes the tables of a new file, brings those of an older layout up to the newest, and refuses
/// files of others and of later versions.
///
/// Errors: invalid_argument for a file that is something else; unavailable if it cannot be written.
std::optional<Error> prepare_layout(const sqlite::Database& database);

/// Changes the layout of a registry, forward or back; every record and version stays.
/// Errors: as `prepare_layout`; invalid_argument for a layout that there is not.
std::optional<Error> change_layout(const sqlite::Database& database, std::int64_t layout);

}  // namespace adic::registry
