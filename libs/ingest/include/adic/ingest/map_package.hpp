#pragma once

#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/supply_map.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace adic::ingest {

struct TableCount {
    std::string_view table;
    std::uint64_t rows;
};

/// How many rows each table has, in the order of the tables; only tables that are there.
using MapCounts = std::vector<TableCount>;

/// Reads a map: a folder with a `datapackage.json`, that file itself, or an XLSX workbook
/// (docs/reference/map-package.md).
///
/// Reports every problem of every table at once. Nothing is repaired silently, and a map with an
/// error is not given.
///
/// Errors: not_found, unavailable for a path that cannot be read; invalid_argument if the report
///         has errors from this map.
/// Cost:   O(rows); memory of the map and of its keys.
Result<model::SupplyMap> read_map_package(
    const std::filesystem::path& path,
    ImportReport& report,
    const Progress& progress = {}
);

/// Checks a map by the same rules without keeping it. Gives how many rows there are, right or
/// wrong.
///
/// Errors: not_found, unavailable for a path that cannot be read. Problems of the map are no
///         error of the check: they are in the report.
/// Cost:   O(rows); memory of the identifiers, and 12 bytes for each fact's key (at up to 3/4
///         load).
///         Keys are told apart by 64-bit fingerprints: among ten million facts the chance that
///         two different ones are taken for the same is 3 in a million; a repetition is never
///         missed.
Result<MapCounts> check_map_package(
    const std::filesystem::path& path,
    ImportReport& report,
    const Progress& progress = {}
);

/// Writes the map as a folder with `datapackage.json` and CSV tables. The folder is complete or not
/// there: it is written beside its place and then moved; an older package there is replaced.
///
/// Errors: conflict if the folder holds anything that is no part of a map package; unavailable if
///         the disk fails.
Result<MapCounts>
write_map_package(const model::SupplyMap& map, const std::filesystem::path& folder);

/// Writes the map as an XLSX workbook, one sheet for each table; replaces an older file.
///
/// Errors: invalid_argument if a table has more rows than a sheet (1,048,575) or a text is longer
///         than a cell (32,767); unavailable if the disk fails.
Result<MapCounts>
write_map_workbook(const model::SupplyMap& map, const std::filesystem::path& path);

/// Writes an empty workbook with every table: help on each column, lists to choose from, examples.
/// Gives the path. Errors: unavailable if the disk fails.
Result<std::filesystem::path> write_template(const std::filesystem::path& path);

}  // namespace adic::ingest
