#include "adic/ingest/sheet_reader.hpp"

#include "api/record_parts.hpp"
#include "api/route.hpp"
#include "api/sent_file.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t largest_workbook = 64 * 1024 * 1024;

Json sheet_json(const ingest::SheetCells& sheet) {
    Json rows = Json::array();
    for (const ingest::SheetCells::Row& row : sheet.rows) {
        rows.push_back({{"row", row.number}, {"cells", row.cells}});
    }
    return {{"name", sheet.name}, {"rows", rows}};
}

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

constexpr std::array routes{
    Route{
        .method = "POST",
        .path = "/api/v1/sheets",
        .summary = "The cells of a workbook",
        .help = "Of an XLSX file, as texts, for who wants to look at them before they become "
                "records. Nothing of it is kept.",
        .needs = access::Permission::edit,
        .takes = workbook_type,
        .gives = "Sheets",
        .largest_body = largest_workbook,
        .answer = post_sheets},
};

}  // namespace

std::span<const Route> sheet_routes() {
    return routes;
}

}  // namespace adic::server
