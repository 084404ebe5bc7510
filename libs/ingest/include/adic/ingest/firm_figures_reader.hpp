#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/firm_network.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace adic::ingest {

/// Reads what each firm of a network sells to final demand, from a table with the columns `firm`
/// and `final_demand`; plain, gzip or zstd. docs/reference/firm-networks.md describes it.
///
/// Unit:   that of the network's weights, a step; at least 0. By firm, in the network's order.
/// Errors: the table is not there or lacks a column. Every problem is reported, a firm without a
///         row too; with one the list is empty.
/// Cost:   O(rows log firms).
Result<std::vector<double>> read_final_demand(
    const std::filesystem::path& file,
    const model::FirmNetwork& network,
    ImportReport& report
);

/// Reads which firms lose what part of their capacity, in [0, 1], from a table with the columns
/// `firm` and `delta`; each firm once. Otherwise as above.
Result<std::vector<model::FirmFigure>> read_capacity_losses(
    const std::filesystem::path& file,
    const model::FirmNetwork& network,
    ImportReport& report
);

/// The table of final demand that stands beside the network at `path`.
std::optional<std::filesystem::path> find_final_demand(const std::filesystem::path& path);

}  // namespace adic::ingest
