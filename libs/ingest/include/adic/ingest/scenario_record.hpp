#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/ingest/record_reader.hpp"
#include "adic/model/record.hpp"
#include "adic/model/scenario.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// The fields of a record (model::scenario_type) that holds the scenario. `scenario_of` has the
/// same scenario again, and so has a table of records that was written and read.
std::vector<model::FieldValue> fields_of(const model::Scenario& scenario);

struct RecordedScenario {
    std::optional<model::Scenario> scenario;  ///< empty if there are problems, or fields missing
    /// Each a sentence: "field 'content': /events/0/severity '1.4': must be ...".
    std::vector<std::string> problems;
};

/// The scenario of a record's fields, under the rules of a scenario file.
///
/// What model::problems_of says of single fields is not said again.
/// Cost: O(bytes).
RecordedScenario scenario_of(std::span<const model::FieldValue> fields);

/// A scenario file as a record: called as the scenario, so that the same file becomes its next
/// version.
///
/// Errors: as `read_scenario`; of a file with problems, which are in the report, no records.
/// Cost:   O(bytes).
Result<std::vector<model::Record>> read_scenario_record(
    const std::filesystem::path& file,
    const RecordDefaults& defaults,
    ImportReport& report
);

/// The same of a text in memory.
Result<std::vector<model::Record>>
parse_scenario_record(std::string_view text, const RecordDefaults& defaults, ImportReport& report);

}  // namespace adic::ingest
