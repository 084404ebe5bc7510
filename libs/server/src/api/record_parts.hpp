#pragma once

#include "adic/app/registry.hpp"
#include "adic/ingest/sheet_writer.hpp"
#include "adic/registry/search/record_index.hpp"

#include "api/call.hpp"

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace adic::server {

/// {"total", "records", "facets"}
std::string json_of(const registry::SearchPage& page);

/// One table with the columns of all types among the records.
ingest::PlainSheet sheet_of(const std::vector<registry::FoundRecord>& records);

/// {"records": [{"name": ...}]} as the table that records are read from.
/// Errors: invalid_argument for what is no cell.
Result<std::string> table_of(const nlohmann::json& body);

/// A record of a body, with its identifier.
nlohmann::json with_id(nlohmann::json record, const std::string& id);

/// Who writes, why (the 'why' of the query), and when.
app::Authorship authorship_of(const Call& call);

/// Where it is written down who is shown what.
app::Viewing viewing_of(const Call& call);

/// Writes down that the caller is shown the records; then they may be shown.
std::optional<Error> write_down(const Call& call, std::span<const app::ShownRecord> records);

/// Adds what the request says, as the caller may, and answers with what was done.
Response add_records(const Call& call, app::AddRecordsRequest request);

/// All types of records as JSON.
std::string record_types_json();

/// All classes of items, and the units of their properties, as JSON.
std::string item_classes_json(const model::ItemClasses& classes);

}  // namespace adic::server
