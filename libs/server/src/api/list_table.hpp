#pragma once

#include "adic/ingest/sheet_writer.hpp"

#include "api/call.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace adic::server {

/// The forms of a list for spreadsheets.
enum class TableForm { csv, xlsx };

/// What the request asks for in Accept; empty: JSON.
std::optional<TableForm> table_form(const Request& request);

/// A list of objects as a table: a column for each member, in the order in which they come. Members
/// of objects are columns of their own ("quantity.low"), lists of words are one cell, "A; B", and
/// what is deeper stands in its cell as JSON. A list of words has the one column "value".
ingest::PlainSheet sheet_of(std::string_view name, const nlohmann::ordered_json& list);

/// Rows as CSV in which no cell is a formula for the spreadsheet that opens it.
std::string csv_text(const std::vector<std::vector<std::string>>& rows);

/// The table as a file.
/// Errors: unavailable if the server has no room; invalid_argument for more than a sheet takes.
Response table_response(const Call& call, const ingest::PlainSheet& sheet, TableForm form);

/// The answer of a route, as the table of the first of its `lists` that the answer has. Errors, and
/// answers that are a table already, stay as they are.
Response as_table(
    const Call& call,
    std::span<const std::string_view> lists,
    Response answer,
    TableForm form
);

}  // namespace adic::server
