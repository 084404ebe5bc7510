#pragma once

#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/flow_table.hpp"
#include "adic/supply/flow_dependence.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

struct ScreenFlowsRequest {
    std::filesystem::path file;              ///< bilateral flows by HS code
    std::filesystem::path states;            ///< the table of state names
    std::string inside;                      ///< "ASEAN", "IDN", "IDN+MYS"
    std::optional<std::uint16_t> year = {};  ///< empty: the latest of the file
    std::vector<std::string> products = {};  ///< HS codes or their beginnings; empty: all
    bool only_flagged = false;
};

/// One importer's purchases of one product, with the names of the table.
struct ScreenFlowsAnswer {
    model::FlowTable flows;  ///< its names; the rows are let go
    std::uint16_t year = 0;
    std::uint64_t flows_read = 0;
    std::vector<supply::BlocDependence> products;       ///< of all inside together, worst first
    std::vector<supply::ImporterDependence> importers;  ///< of the importers inside, worst first
    std::uint64_t dependent = 0;                        ///< products flagged for all inside
    ingest::ImportReport report;
};

/// Strategic dependencies in a file of trade flows: CDI1-3 of all that is inside, taken together,
/// and concentration of every importer inside, product by product.
///
/// "Worst first": flagged before not; then by what is bought from outside, or imported, in value.
/// Errors: not_found for a file, or a state or bloc that is not known; invalid_argument for a file
///         of other columns, or a year that it does not have.
/// Cost: that of reading; the screen itself is two passes over the flows.
Result<ScreenFlowsAnswer>
screen_flows(const ScreenFlowsRequest& request, const Progress& progress = {});

}  // namespace adic::app
