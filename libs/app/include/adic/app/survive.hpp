#pragma once

#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/site_network.hpp"
#include "adic/shock/survival/map_sites.hpp"
#include "adic/shock/survival/survival.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

/// How long demand is met when something fails, and what is lost until it is back.
struct SurviveAnswer {
    model::SiteNetwork network;
    ingest::ImportReport report;  ///< of site tables; with an error there is no analysis
    std::vector<shock::Disruption> disruptions;
    shock::SurvivalAnalysis analysis;
    std::vector<std::string> notes;
};

/// Of a site network in files: sites, places, organisations or parts fail, one after the other.
Result<SurviveAnswer> survive_in_files(
    const std::filesystem::path& path,
    model::SubjectKind failing,
    const shock::Run& run
);

/// Of items of a map, all in days of their normal use. `stock_days`: of each item of which no stock
/// is recorded.
Result<SurviveAnswer> survive_on_map(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    const std::vector<model::ItemIndex>& items,
    std::optional<double> stock_days,
    model::SubjectKind failing,
    const shock::Run& run
);

}  // namespace adic::app
