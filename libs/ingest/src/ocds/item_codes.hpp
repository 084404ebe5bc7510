#pragma once

#include "adic/model/record.hpp"

#include "ocds/json_part.hpp"
#include "ocds/ocds_complaints.hpp"

namespace adic::ingest {

/// Takes the classifications out of an item: "HS:852560", the main one first. What they say beside
/// scheme and identifier stays in the item.
model::Words take_codes(Part& part, OcdsComplaints& complaints);

}  // namespace adic::ingest
