#pragma once

#include "adic/ingest/import_report.hpp"

#include "frame/command.hpp"
#include "render/table.hpp"

#include <array>

namespace adic::cli {

/// The table of what an import complains about, in every command that imports.
inline constexpr std::array issue_columns{
    Column{
        "severity",
        "",
        "error: the map cannot be used as it is; warning: look at it",
        Show::word,
        0,
        In::data},
    Column{"rule", "rule", "docs/reference/import-rules.md explains it", Show::word},
    Column{"file", "", "the file, or the workbook and its sheet", Show::text, 0, In::data},
    Column{
        "row",
        "",
        "as a spreadsheet or editor counts; not known: the file as a whole",
        Show::count,
        0,
        In::data},
    Column{"place", "where", "", Show::text, 0, In::table},
    Column{"column", "column", "the column; empty: the row as a whole"},
    Column{"value", "value", "what was found"},
    Column{
        "message",
        "what is wrong, and what would be right",
        "what is wrong, and what would be right"},
};

inline constexpr Shape issue_shape{"problems", issue_columns};

/// Errors and warnings in the order in which they were found.
Section issues_section(const ingest::ImportReport& report, std::string if_none);

/// An input with errors as the answer: what is wrong, and the exit code that says so.
Outcome refused_input(std::string what, const ingest::ImportReport& report);

/// "1 error", "3 errors".
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace adic::cli
