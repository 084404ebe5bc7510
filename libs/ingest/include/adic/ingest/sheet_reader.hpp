#pragma once

#include "adic/ingest/import_report.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace adic::ingest {

/// The cells of one sheet of a workbook, whatever it is about.
struct SheetCells {
    struct Row {
        std::uint64_t number;  ///< as the spreadsheet program shows it, from 1
        std::vector<std::string> cells;
    };

    std::string name;
    std::vector<Row> rows;  ///< without empty ones
};

/// All sheets of an XLSX workbook in their order, as texts: numbers with a decimal point, days as
/// 2026-01-31, errors such as #REF! as they are shown.
///
/// Errors: in the report, with which there are no sheets: no workbook, one that is too large, a
///         formula without its result.
/// Cost:   O(bytes); at most 64 MiB of cells.
std::vector<SheetCells> read_sheets(const std::filesystem::path& path, ImportReport& report);

}  // namespace adic::ingest
