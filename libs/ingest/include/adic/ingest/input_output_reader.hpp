#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/input_output_table.hpp"

#include <filesystem>

namespace adic::ingest {

/// Reads an inter-regional input-output table from two matrices without headers, each plain, gzip
/// or zstd: `Z.csv`, what each industry (row) sells to each (column) in a year, and `Y.csv`, what
/// it sells to the final demand of each region. The industries of a region stand together, each
/// region has the same sectors in the same order, and `Y` has one column for each region.
///
/// `path` is the folder, or the common beginning of the two names: `io/small` stands for
/// `io/small_Z.csv` and `io/small_Y.csv`. Regions and sectors have no names there and are called
/// R0, R1, ... and S0, S1, ... docs/reference/input-output-tables.md describes them.
///
/// Every problem is reported; with one the table is empty.
///
/// Errors: a matrix is not there.
/// Cost:   O(cells).
Result<model::InputOutputTable>
read_input_output_table(const std::filesystem::path& path, ImportReport& report);

/// Whether there is such a table at `path`.
bool has_input_output_table(const std::filesystem::path& path);

}  // namespace adic::ingest
