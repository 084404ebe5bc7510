#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/scenario.hpp"
#include "adic/model/sea_routes.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace adic::ingest {

/// Reads a scenario (docs/reference/scenarios.md, docs/reference/scenario.schema.json).
///
/// Reports every problem at once, each with its line, its JSON pointer as the column, its value,
/// and what would be right: of form, and all reasons for which the scenario cannot be. Whether it
/// fits a map is for who reads it against one.
///
/// Errors: not_found, unavailable for a path that cannot be read; invalid_argument if the report
///         has errors from this file.
/// Cost:   O(bytes); a file of more than 4 MiB is an error.
Result<model::Scenario> read_scenario(const std::filesystem::path& path, ImportReport& report);

/// The same for a text in memory; `name` stands for the file in the report.
Result<model::Scenario>
parse_scenario(std::string_view text, const std::string& name, ImportReport& report);

/// The scenario as a file that reads back as the same scenario.
std::string write_scenario(const model::Scenario& scenario);

/// Reads `chokepoints.csv` and `sea_routes.csv` of a folder, such as data/reference.
///
/// Errors: not_found, unavailable for a file that cannot be read; invalid_argument if the report
///         has errors from these files.
/// Cost:   O(rows log rows).
Result<model::SeaRoutes> read_sea_routes(const std::filesystem::path& folder, ImportReport& report);

}  // namespace adic::ingest
