#pragma once

#include "adic/app/audited_store.hpp"
#include "adic/base/result.hpp"
#include "adic/procure/project.hpp"
#include "adic/registry/release/released.hpp"
#include "adic/registry/release/seen_record.hpp"
#include "adic/registry/store/record_store.hpp"

#include <chrono>
#include <span>
#include <string>
#include <vector>

namespace adic::app {

/// The projects among records of one reader, with what the records say of them, by identifier of
/// the project. A part, signature or answer counts for the state that owns its record, a line of
/// the specification if the lead owns it, and of several parts of one state the first by
/// identifier. A project without a name or item that the reader sees is not there.
/// Cost: O(n log n).
std::vector<procure::Project> projects_of(
    std::span<const registry::Released<std::vector<registry::SeenRecord>>> records
);

/// The projects that the reader sees. What a state did not release is in none of the answers: the
/// same as if that state had not written it.
/// Errors: as list_records.
Result<std::vector<procure::Project>> list_projects(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const Viewing& viewing = {}
);

struct ProjectRoom {
    procure::Project project;
    std::vector<procure::StateRule> rules;  ///< of the members, from the stage on that it is at
};

/// The room of one of them. Errors: as list_records; not_found if the reader sees no such project.
Result<ProjectRoom> open_project(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::string& id,
    const Viewing& viewing = {}
);

/// The same room as a release package of OCDS 1.1.5 (docs/reference/ocds.md). `reader_name` is how
/// the reader was asked for. Errors: as open_project.
Result<std::string> export_project(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::string& reader_name,
    const std::string& id,
    std::chrono::sys_seconds at,
    const Viewing& viewing = {}
);

}  // namespace adic::app
