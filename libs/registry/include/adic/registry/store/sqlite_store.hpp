#pragma once

#include "adic/registry/store/record_store.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

namespace adic::registry {

/// How the tables of a registry in a file are laid out; a file of an older layout is brought up to
/// it when it is opened. 2 is the first that knows the order of changes.
inline constexpr std::int64_t newest_sqlite_layout = 2;

/// A registry in one file, made if it is not there. Several programs may have it open at once.
///
/// Errors: invalid_argument if the file is something else, or of a later version of adic;
///         unavailable if it cannot be opened or made.
Result<std::unique_ptr<RecordStore>> open_sqlite_store(const std::filesystem::path& file);

/// Copies a registry as it is at one moment into a file of its own, while others go on writing. The
/// copy is checked before it takes its place, and opens as a registry: to restore it is to put it
/// where the registry was.
///
/// Errors: not_found if there is no such registry; conflict if `into` is there; unavailable if
///         there is no room, or the copy is not whole.
/// Cost:   O(bytes).
std::optional<Error>
back_up_sqlite_store(const std::filesystem::path& file, const std::filesystem::path& into);

/// Changes the layout of a registry, forward, or back for an older version of adic. All versions of
/// all records stay; the numbers of the change feed are not kept on the way back.
///
/// Errors: not_found if there is no such file; otherwise as `open_sqlite_store`.
std::optional<Error>
migrate_sqlite_store(const std::filesystem::path& file, std::int64_t to_layout);

}  // namespace adic::registry
