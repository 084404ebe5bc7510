#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/material_plan.hpp"

#include <filesystem>
#include <vector>

namespace adic::ingest {

/// Reads the materials of a planning scenario from tables that stand side by side, `materials.csv`,
/// `years.csv` and, where there are any, `foreign.csv` and `measures.csv`, each plain, gzip or
/// zstd; docs/reference/material-plans.md describes them.
///
/// `path` is the folder, or a common beginning of the names. Plans come in the order of
/// `materials.csv`, their years in order. Every problem is reported; with one there are no plans.
///
/// Errors: not_found if a table is not there, unavailable if it cannot be opened.
/// Cost:   O(rows log rows).
Result<std::vector<model::MaterialPlan>>
read_material_plans(const std::filesystem::path& path, ImportReport& report);

}  // namespace adic::ingest
