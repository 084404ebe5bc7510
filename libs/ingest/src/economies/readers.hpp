#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/csv_reader.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/input_output_table.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

namespace adic::ingest {

/// Ten thousand industries of a world table make rows of a few hundred kilobytes.
inline constexpr std::size_t longest_table_row = std::size_t{16} << 20U;

/// More than the world makes in any currency, so that sums stay finite.
inline constexpr double largest_flow = 1e18;

/// How the rows and columns of a table in one file are named.
enum class Naming {
    by_code,   ///< `IDN_c4`: OECD ICIO, and the 2013 release of WIOD
    by_number  ///< `IDN4`, with the rows described in columns of their own: WIOD 2016
};

/// Whether the first row of a file is that of a table in one matrix, and of which kind.
std::optional<Naming> naming_of(std::span<const std::string_view> header);

/// Whether the first row of a file is that of a table with a row for each cell.
bool is_cell_list(std::span<const std::string_view> header);

/// A folder with `Y.txt`, and `Z.txt` or `A.txt`.
bool is_exiobase(const std::filesystem::path& path);

Result<model::InputOutputTable>
read_labelled_table(const std::filesystem::path& path, Naming naming, ImportReport& report);

Result<model::InputOutputTable>
read_cell_list(const std::filesystem::path& path, ImportReport& report);

Result<model::InputOutputTable>
read_exiobase(const std::filesystem::path& path, ImportReport& report);

/// The number in a cell of the row at hand; reported, and 0, if it is none.
double flow_in(
    std::string_view cell,
    std::string_view column,
    const CsvReader& reader,
    ImportReport& report
);

}  // namespace adic::ingest
