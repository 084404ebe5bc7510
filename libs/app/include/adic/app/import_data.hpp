#pragma once

#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/ingest/map_package.hpp"
#include "adic/ingest/merge_maps.hpp"
#include "adic/ingest/publishers/publisher.hpp"

#include <filesystem>
#include <string>

namespace adic::app {

struct ImportRequest {
    std::string publisher;         ///< a name of `ingest::publishers`, or "auto"
    std::filesystem::path file;    ///< as published
    std::filesystem::path into;    ///< the map to add to; empty: an empty map
    std::filesystem::path states;  ///< the table of state names
    ingest::PublisherOptions options = {};
    ingest::MergeOptions merge = {};
};

struct ImportAnswer {
    const ingest::Publisher* publisher;
    model::SupplyMap map;         ///< with what was added
    ingest::ImportReport report;  ///< of the file and of the merge
    std::uint64_t unreadable;     ///< rows of the file that were left out
    ingest::MergeOutcome merged;
};

/// Reads a publisher's file and adds what it says to a map, in memory.
/// Errors: not_found for an unknown publisher, with the nearest, or a file or map that is not
/// there; invalid_argument if the file is not that publisher's, or the map has errors.
Result<ImportAnswer> import_data(const ImportRequest& request, const Progress& progress = {});

/// Writes a map as what the name asks for: a workbook if it ends in .xlsx, else a package.
Result<ingest::MapCounts> write_map(const model::SupplyMap& map, const std::filesystem::path& path);

}  // namespace adic::app
