#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/remedy.hpp"
#include "adic/model/supply_map.hpp"

#include <filesystem>
#include <vector>

namespace adic::ingest {

/// Reads remedies for the items of a map, from one table: plain, gzip or zstd.
/// docs/reference/remedies.md describes it.
///
/// They come in the order of the file. Every problem is reported; with one there are none.
///
/// Errors: not_found or unavailable if the file cannot be opened.
/// Cost:   O(rows + map).
Result<std::vector<model::Remedy>>
read_remedies(const std::filesystem::path& file, const model::SupplyMap& map, ImportReport& report);

}  // namespace adic::ingest
