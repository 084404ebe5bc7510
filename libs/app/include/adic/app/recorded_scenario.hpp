#pragma once

#include "adic/app/audited_store.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/scenario_record.hpp"
#include "adic/model/release.hpp"
#include "adic/registry/release/seen_record.hpp"
#include "adic/registry/store/record_store.hpp"

#include <optional>
#include <string>

namespace adic::app {

/// The scenario of a record as a reader sees it. Empty: a field that every scenario has is not
/// shown in full. A part of what happens would run as if it were all of it.
std::optional<ingest::RecordedScenario> seen_scenario(const registry::SeenRecord& record);

/// The scenario in a record that the reader sees.
///
/// Errors: not_found for a record that the reader does not see, or that is no scenario;
///         invalid_argument if it is not shown in full; as `list_records`.
/// Cost:   that of reading all scenarios.
Result<model::Scenario> find_recorded_scenario(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::string& id,
    const Viewing& viewing = {}
);

}  // namespace adic::app
