#pragma once

#include "adic/base/error.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace adic::ingest {

/// The longest text of a cell of XLSX, in bytes.
inline constexpr std::size_t longest_cell = 32'767;

/// A table of cells for a workbook.
struct PlainSheet {
    struct Column {
        std::string name;
        bool is_number = false;  ///< cells that read as numbers are stored as such; others as texts
    };

    std::string name;  ///< at most 31 characters
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;  ///< a cell for each column; empty: not known
};

/// Writes an XLSX workbook with these sheets: the same sheets give the same bytes. It takes its
/// name when it is whole.
///
/// Errors:   unavailable if it cannot be written; invalid_argument, with the sheet, for more rows
///           than a sheet has, or a text longer than a cell.
/// Requires: at least one sheet.
std::optional<Error> write_sheets(
    const std::filesystem::path& path,
    const std::string& title,
    const std::vector<PlainSheet>& sheets
);

}  // namespace adic::ingest
