#pragma once

#include "adic/app/blocks/computing.hpp"
#include "adic/app/opened_map.hpp"
#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/remedy.hpp"
#include "adic/model/scenario.hpp"
#include "adic/shock/remedies/study.hpp"
#include "adic/supply/map_index.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace adic::app {

/// Remedies for items of a map, against one scenario or all hazards.
struct PlanRemediesRequest {
    std::optional<model::Scenario> scenario = {};  ///< empty: the hazards that the map records
    std::uint32_t weeks = 0;              ///< of the horizon; 0: the scenario's, 104 for hazards
    std::filesystem::path data = {};      ///< the folder with the sea routes
    shock::RemedyQuestion question = {};  ///< without `scenario`, which comes from here
};

/// A map and remedies for its items.
struct OpenedRemedies {
    std::unique_ptr<const OpenedMap> map;
    std::vector<model::Remedy> remedies;  ///< none if the report has errors
};

/// Reads both, as `reader` may see them (empty: all). Every problem of the remedies is in the
/// report.
/// Errors: those of `open_map` and `find_reader`; not_found, unavailable for the file.
Result<OpenedRemedies> open_remedies(
    const std::filesystem::path& map,
    const std::filesystem::path& file,
    std::string_view reader,
    ingest::ImportReport& report,
    const Progress& progress = {}
);

/// What each remedy avoids, the best list for the budget, who pays and who gains: with the same
/// bytes no matter how often it was stopped and taken up again. A checkpoint serves every budget
/// and every number of evaluations, for it holds losses. It is computed here, by threads.
///
/// Errors: those of `shock::study_remedies` and `shock::resolve`; invalid_argument if the map
///         records no hazard from outside; interrupted, which says where the work is kept; those of
///         `load_checkpoint` and `save_checkpoint`.
Result<shock::RemedyAnswer> plan_remedies(
    const supply::MapIndex& index,
    const PlanRemediesRequest& request,
    const Computing& computing = {}
);

}  // namespace adic::app
