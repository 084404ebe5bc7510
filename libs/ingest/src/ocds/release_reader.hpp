#pragma once

#include "adic/ingest/record_reader.hpp"
#include "adic/model/record.hpp"

#include "ocds/ocds_complaints.hpp"

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace adic::ingest {

/// The records of one release: the procurement, then its items, awards and contracts. `place` is
/// the JSON pointer of the release, `source` what its package says of itself.
///
/// Cost: O(bytes * log bytes).
std::vector<model::Record> records_of_release(
    nlohmann::json release,
    const std::string& place,
    const std::string& source,
    const RecordDefaults& defaults,
    OcdsComplaints& complaints
);

}  // namespace adic::ingest
