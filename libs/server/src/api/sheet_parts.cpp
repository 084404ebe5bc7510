#include "api/sheet_parts.hpp"

#include "adic/ingest/sheet_reader.hpp"

#include "api/problems.hpp"
#include "api/sent_file.hpp"

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

Json sheet_json(const ingest::SheetCells& sheet) {
    Json rows = Json::array();
    for (const ingest::SheetCells::Row& row : sheet.rows) {
        rows.push_back({{"row", row.number}, {"cells", row.cells}});
    }
    return {{"name", sheet.name}, {"rows", rows}};
}

}  // namespace

Response post_sheets(const Call& call) {
    const SentFile file(call, ".xlsx");
    if (const auto problem = file.problem()) {
        return error_response(*problem);
    }
    ingest::ImportReport report;
    const auto sheets = ingest::read_sheets(file.path(), report);
    if (!report.may_commit()) {
        return problems_response(report);
    }
    Json list = Json::array();
    for (const ingest::SheetCells& sheet : sheets) {
        list.push_back(sheet_json(sheet));
    }
    return json_response({{"sheets", list}});
}

}  // namespace adic::server
