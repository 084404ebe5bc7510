#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/flow_table.hpp"

#include <filesystem>

namespace adic::ingest {

class StateNames;

/// Whose word a flow is, in a file that lists each flow from both ends (columns `flow`, `reporter`
/// and `partner`). Adding both up would count it twice.
enum class ReportedBy { importer, exporter };

struct FlowOptions {
    /// Turns numeric country codes into ISO 3166-1 alpha-3; none: codes are kept as written.
    const StateNames* states = nullptr;
    /// Imports are recorded with more care than exports, because duty is paid on them.
    ReportedBy reported_by = ReportedBy::importer;
    /// Of a file with a column `complete`: only rows whose group has all its partners.
    bool complete_groups_only = false;
    std::size_t longest_record = 1U << 20U;  ///< bytes; a longer one is an error, not an allocation
};

/// Reads bilateral trade flows by HS6 code: CSV, plain, gzip or zstd, columns in any order, named
/// by any of the synonyms in docs/reference/publishers.md (BACI's t, i, j, k, v, q among them).
///
/// Rows are in the order of the file, on any number of threads. Rows that cannot be read are left
/// out and reported, all of them; `report.may_commit()` says whether there were any. A code of five
/// digits is one whose leading zero a spreadsheet ate: it is restored, with a warning.
///
/// Unit:     `value` and `quantity` as in the file.
/// Errors:   the file cannot be opened, is empty, or lacks a column that a flow must have.
/// Cost:     O(bytes), two passes over the text; memory: 30 bytes a row, and 64 MiB of text.
Result<model::FlowTable> read_flows(
    const std::filesystem::path& path,
    ImportReport& report,
    const FlowOptions& options = {}
);

}  // namespace adic::ingest
