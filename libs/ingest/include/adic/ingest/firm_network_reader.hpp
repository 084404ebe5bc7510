#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/firm_network.hpp"

#include <array>
#include <filesystem>

namespace adic::ingest {

/// Reads a firm network from three tables that stand side by side, each plain, gzip or zstd:
///
/// - `edges.csv`: supplier, customer, weight (> 0);
/// - `sectors.csv`: firm, sector (a whole number from 0);
/// - `essential.csv`: no header; row = supplier's sector, column = customer's sector; 2 essential,
///   1 non-essential, 0 none.
///
/// `path` is the folder, or a common beginning of the three names: `net/sf1000` stands for
/// `net/sf1000_edges.csv` and so on. docs/reference/firm-networks.md describes them.
///
/// Every problem is reported; with one the network is empty.
///
/// Errors: a table is not there or lacks a column.
/// Cost:   O(rows log rows).
Result<model::FirmNetwork>
read_firm_network(const std::filesystem::path& path, ImportReport& report);

/// The files of the three tables at `path`.
/// Errors: not_found if one is not there.
Result<std::array<std::filesystem::path, 3>> find_firm_network_files(
    const std::filesystem::path& path
);

}  // namespace adic::ingest
