#pragma once

#include "adic/base/result.hpp"
#include "adic/cli/program.hpp"
#include "adic/registry/store/record_store.hpp"

#include <filesystem>
#include <memory>

namespace adic::cli {

/// A new registry in `file` with the records of `data`/registry: a folder for each state, and in it
/// a table for each type of record.
/// Errors: those of the store; invalid_argument with the first problem of a table.
Result<std::unique_ptr<registry::RecordStore>> open_sample_registry(
    const std::filesystem::path& data,
    const std::filesystem::path& file,
    const Surroundings& around
);

}  // namespace adic::cli
