#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/input_output_table.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace adic::ingest {

/// How an input-output table is written down. docs/reference/input-output-tables.md shows each.
enum class TableLayout {
    matrices,   ///< two matrices without names, `Z.csv` and `Y.csv`
    by_code,    ///< one matrix, columns `IDN_c4`: OECD ICIO, WIOD (2013 release)
    by_number,  ///< one matrix, columns `IDN4`: WIOD (2016 release)
    cells,      ///< a row for each cell: WIOD (2013 release) as a long table
    exiobase    ///< a folder with `Y.txt`, and `Z.txt`, or `A.txt` and `x.txt`
};

/// "OECD ICIO, or WIOD (2013 release)".
std::string_view name_of(TableLayout layout);

/// The layout of the table at `path`: a file, a folder, or the common beginning of the names of two
/// matrices. Told from the names of files and from the first row. Empty if there is none.
std::optional<TableLayout> find_input_output_table(const std::filesystem::path& path);

/// Reads an inter-regional input-output table of any layout, plain, gzip or zstd.
///
/// Two matrices without headers have no names: their regions and sectors are called R0, R1, ... and
/// S0, S1, .... The industries of a region stand together, each region has the same sectors in the
/// same order, and `Y` has one column for each region. In a publisher's table final demand that is
/// below 0 in all counts as 0, with a warning. Rows are held against the output that the file
/// states.
///
/// Every problem is reported; with an error the table is empty.
///
/// Errors: there is no table at `path`.
/// Cost:   O(cells); memory of the table and a row, of a list of cells 72 bytes for each.
Result<model::InputOutputTable>
read_input_output_table(const std::filesystem::path& path, ImportReport& report);

/// Whether there is such a table at `path`.
bool has_input_output_table(const std::filesystem::path& path);

}  // namespace adic::ingest
