#pragma once

#include "adic/ingest/import_report.hpp"

#include "api/call.hpp"

namespace adic::server {

/// 422 with every problem of a table, each with its place.
Response problems_response(const ingest::ImportReport& report);

}  // namespace adic::server
