#pragma once

#include "adic/ingest/map_tables.hpp"

#include <nlohmann/json.hpp>

namespace adic::ingest {

/// The fields of a table as a Frictionless table schema lists them, one for each cell.
nlohmann::ordered_json fields_of(const Table& table);

}  // namespace adic::ingest
