#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/site_network.hpp"

#include <filesystem>

namespace adic::ingest {

/// Reads a site network from three tables that stand side by side, `sites.csv`, `bom.csv` and
/// `demand.csv`, each plain, gzip or zstd; docs/reference/site-networks.md describes them.
///
/// `path` is the folder, or a common beginning of the three names: `tts/tts_small` stands for
/// `tts/tts_small_sites.csv` and so on.
///
/// Every problem is reported; with one the network is empty.
///
/// Errors: not_found if a table is not there, unavailable if it cannot be opened.
/// Cost:   O(rows).
Result<model::SiteNetwork>
read_site_network(const std::filesystem::path& path, ImportReport& report);

}  // namespace adic::ingest
