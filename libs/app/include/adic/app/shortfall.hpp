#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/material_plan.hpp"
#include "adic/shock/survival/shortfall.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

struct ShortfallRequest {
    std::filesystem::path plans;  ///< as `ingest::read_material_plans` takes it
    shock::StockRelease release = shock::StockRelease::first;  ///< as stockpile planners count
};

struct PlannedMaterial {
    model::MaterialPlan plan;
    shock::MaterialShortfall shortfall;
    std::optional<std::int32_t> first_open;    ///< year in which something stays open, likely case
    std::optional<std::int32_t> soonest_open;  ///< the same in the harshest case
    /// The state of which most could be had and in the scenario does not come. Empty if nothing is
    /// held back.
    std::string missing_from;
    double missing = 0.0;  ///< of it, over all years, likely case
};

struct ShortfallAnswer {
    ingest::ImportReport report;             ///< with an error there are no materials
    std::vector<PlannedMaterial> materials;  ///< in the order of the plan
};

/// What is short of each material in each year of a planning scenario, what covers it, and what
/// stays open.
///
/// Errors: not_found if a table is not there; invalid_argument for a material without years.
/// Cost:   O(rows log rows).
Result<ShortfallAnswer> plan_shortfall(const ShortfallRequest& request);

}  // namespace adic::app
