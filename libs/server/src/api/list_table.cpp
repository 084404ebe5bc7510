#include "api/list_table.hpp"

#include "adic/base/plain_cell.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/csv_writer.hpp"

#include "api/made_file.hpp"
#include "api/problems.hpp"
#include "api/sent_file.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;
using ingest::PlainSheet;

std::string text_of_value(const Json& value) {
    if (value.is_null()) {
        return {};
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? "yes" : "no";
    }
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_number_float()) {
        return to_shortest(value.get<double>());
    }
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// "A; B" of plain values; JSON of all else.
std::string text_of_list(const Json& list) {
    if (std::ranges::any_of(list, [](const Json& one) { return one.is_structured(); })) {
        return text_of_value(list);
    }
    std::string text;
    for (const Json& one : list) {
        text += (text.empty() ? "" : "; ") + text_of_value(one);
    }
    return text;
}

/// Fills a sheet row by row; a column begins with the first row that has it.
class SheetFiller {
  public:
    explicit SheetFiller(std::string_view name) { sheet_.name = name; }

    void add(const Json& object) {
        sheet_.rows.emplace_back(sheet_.columns.size());
        if (object.is_object()) {
            put_members("", object);
        } else {
            put("value", object);
        }
    }

    PlainSheet sheet() && {
        for (std::vector<std::string>& row : sheet_.rows) {
            row.resize(sheet_.columns.size());
        }
        return std::move(sheet_);
    }

  private:
    void put_members(const std::string& before, const Json& object) {
        for (const auto& [key, value] : object.items()) {
            if (value.is_object()) {
                put_members(before + key + '.', value);
            } else {
                put(before + key, value);
            }
        }
    }

    void put(const std::string& column, const Json& value) {
        const auto [found, is_new] = places_.try_emplace(column, sheet_.columns.size());
        if (is_new) {
            sheet_.columns.push_back({column, true});
            sheet_.rows.back().emplace_back();
        }
        sheet_.columns[found->second].is_number &= value.is_number() || value.is_null();
        sheet_.rows.back()[found->second] =
            value.is_array() ? text_of_list(value) : text_of_value(value);
    }

    PlainSheet sheet_;
    std::map<std::string, std::size_t, std::less<>> places_;
};

std::string csv_of(const PlainSheet& sheet) {
    std::vector<std::vector<std::string>> rows(1);
    for (const PlainSheet::Column& column : sheet.columns) {
        rows[0].push_back(column.name);
    }
    rows.insert(rows.end(), sheet.rows.begin(), sheet.rows.end());
    return csv_text(rows);
}

/// One long text does not keep a reader from all the rest of a list.
PlainSheet within_cells(PlainSheet sheet) {
    for (std::vector<std::string>& row : sheet.rows) {
        for (std::string& cell : row) {
            if (cell.size() > ingest::longest_cell) {
                cell = fmt::format("({} bytes: too long for a cell)", cell.size());
            }
        }
    }
    return sheet;
}

Result<std::string> bytes_of(const Call& call, const PlainSheet& sheet, TableForm form) {
    if (form == TableForm::csv) {
        return csv_of(sheet);
    }
    return bytes_of_file(call, ".xlsx", [&](const std::filesystem::path& file) {
        return ingest::write_sheets(file, sheet.name, {within_cells(sheet)});
    });
}

}  // namespace

std::optional<TableForm> table_form(const Request& request) {
    const std::string_view wanted = request.header("accept");
    if (wanted.starts_with("text/csv")) {
        return TableForm::csv;
    }
    return wanted.starts_with(workbook_type) ? std::optional{TableForm::xlsx} : std::nullopt;
}

PlainSheet sheet_of(std::string_view name, const Json& list) {
    SheetFiller filler(name);
    for (const Json& one : list) {
        filler.add(one);
    }
    return std::move(filler).sheet();
}

std::string csv_text(const std::vector<std::vector<std::string>>& rows) {
    std::ostringstream text;
    ingest::CsvWriter writer(text);
    for (std::vector<std::string> row : rows) {
        std::ranges::transform(row, row.begin(), to_plain_cell);
        writer.write(std::vector<std::string_view>(row.begin(), row.end()));
    }
    return text.str();
}

Response table_response(const Call& call, const PlainSheet& sheet, TableForm form) {
    // An empty list has no columns, and a file has at least one.
    const PlainSheet empty{sheet.name, {{"value", false}}, {}};
    auto bytes = bytes_of(call, sheet.columns.empty() ? empty : sheet, form);
    if (!bytes) {
        return error_response(bytes.error());
    }
    const bool is_csv = form == TableForm::csv;
    Response response;
    response.headers = {
        {"Content-Type", is_csv ? "text/csv; charset=utf-8" : std::string(workbook_type)},
        {"Content-Disposition",
         "attachment; filename=\"" + sheet.name + (is_csv ? ".csv\"" : ".xlsx\"")},
        {"Vary", "Accept"}};
    response.body = *std::move(bytes);
    return response;
}

Response as_table(
    const Call& call,
    std::span<const std::string_view> lists,
    Response answer,
    TableForm form
) {
    constexpr int ok = 200;
    if (answer.status != ok || answer.next) {
        return answer;
    }
    const Json body = Json::parse(answer.body, nullptr, false);
    for (const std::string_view list : lists) {
        if (body.is_object() && body.contains(list)) {
            return table_response(call, sheet_of(list, body[list]), form);
        }
    }
    return answer;
}

}  // namespace adic::server
