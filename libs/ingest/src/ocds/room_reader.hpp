#pragma once

#include "adic/ingest/record_reader.hpp"
#include "adic/model/record.hpp"

#include "ocds/ocds_complaints.hpp"

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace adic::ingest {

/// The records of the room of a project, out of its release: those of `defaults.owner` alone, for
/// nobody writes what another state says. What others say is left out with a warning, and so is
/// what no field takes.
///
/// Cost: O(bytes * log bytes).
std::vector<model::Record> records_of_room(
    nlohmann::json release,
    const std::string& place,
    const std::string& source,
    const RecordDefaults& defaults,
    OcdsComplaints& complaints
);

}  // namespace adic::ingest
