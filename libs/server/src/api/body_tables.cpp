#include "api/body_tables.hpp"

#include "api/analysis_parts.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Body = nlohmann::json;

struct BodyTable {
    std::string_view name;
    std::span<const std::string_view> columns;
};

Error wrong(std::string message) {
    return {ErrorCode::invalid_argument, std::move(message), {}};
}

/// A cell of a table: several texts with `+` between them, as sets of states are written.
std::optional<std::string> cell_of(const Body& value) {
    if (value.is_null()) {
        return std::string{};
    }
    std::string text;
    if (value.is_array()) {
        for (const Body& part : value) {
            if (!part.is_string()) {
                return std::nullopt;
            }
            text += (text.empty() ? "" : "+") + part.get<std::string>();
        }
    } else if (auto plain = plain_value(value)) {
        text = *std::move(plain);
    } else {
        return std::nullopt;
    }
    std::string cell = "\"";
    for (const char c : text) {
        cell += c == '"' ? std::string("\"\"") : std::string(1, c);
    }
    return cell + '"';
}

Result<std::string> row_of(const BodyTable& table, const Body& object) {
    if (!object.is_object()) {
        return wrong(fmt::format("'{}' is a list of objects", table.name));
    }
    for (const auto& [key, value] : object.items()) {
        if (std::ranges::find(table.columns, key) == table.columns.end()) {
            return wrong(fmt::format(
                "an object of '{}' has {}, and nothing else",
                table.name,
                fmt::join(table.columns, ", ")
            ));
        }
    }
    std::string row;
    for (const std::string_view column : table.columns) {
        const auto found = object.find(std::string(column));
        const auto cell = found == object.end() ? std::string{} : cell_of(*found);
        if (!cell) {
            return wrong(fmt::format("'{}' of '{}' is a text or a number", column, table.name));
        }
        row += (row.empty() ? "" : ",") + *cell;
    }
    return row + '\n';
}

}  // namespace

Result<std::string>
table_of(std::string_view name, std::span<const std::string_view> columns, const Body& rows) {
    if (!rows.is_array()) {
        return wrong(fmt::format("'{}' is a list of objects", name));
    }
    std::string table = fmt::format("{}\n", fmt::join(columns, ","));
    for (const Body& object : rows) {
        ADIC_TRY(const std::string row, row_of({name, columns}, object));
        table += row;
    }
    return table;
}

Result<std::string> breaks_of(std::string_view name, const Body& steps) {
    std::string text;
    for (const Body& step : steps.is_array() ? steps : Body::array({nullptr})) {
        const bool is_step = step.is_object() && step.size() == 2
                             && step.value("from", Body{}).is_number()
                             && step.value("price", Body{}).is_number();
        if (!is_step) {
            return wrong(
                fmt::format(R"('{}' is a list of {{"from": number, "price": number}})", name)
            );
        }
        text += fmt::format(
            "{}{}:{}",
            text.empty() ? "" : ",",
            step["from"].dump(),
            step["price"].dump()
        );
    }
    return text;
}

}  // namespace adic::server
