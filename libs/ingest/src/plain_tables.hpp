#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/csv_reader.hpp"

#include "identifiers.hpp"
#include "row_reader.hpp"
#include "rules.hpp"
#include "side_by_side.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

/// Tables that stand side by side without a package, and name things of one of them.
namespace adic::ingest {

/// Errors: not_found if there is no such table; `all` says which there are, as in "a.csv and b.csv,
///         or the common beginning of two such names".
inline Result<CsvReader> open_beside(
    const std::filesystem::path& path,
    std::string_view name,
    std::string_view all,
    ImportReport& report
) {
    if (const auto file = table_beside(path, name)) {
        return CsvReader::open(*file, report);
    }
    return Error{
        ErrorCode::not_found,
        fmt::format("'{}' has no table '{}': give a folder with {}", path.string(), name, all),
        {}};
}

/// Moves to the next row that has its cells. One that is lost on the way may have been the only one
/// of a name, so that names are no longer called unknown.
template <typename Index>
bool next_row(CsvReader& rows, RowReader& row, IdTable<Index>& names) {
    const std::uint64_t errors = row.import().report->errors();
    bool has_row = false;
    bool is_taken = false;
    do {
        has_row = rows.next();
        is_taken = has_row && row.take(rows.fields(), rows.row());
    } while (has_row && !is_taken);
    if (row.import().report->errors() != errors) {
        names.set_unread();
    }
    return has_row;
}

/// Hands each row of a table to `take_row`. `names`: what rows of this table or others name.
template <typename Index, typename Take>
void read_rows(
    CsvReader rows,
    const Table& table,
    Import& import,
    IdTable<Index>& names,
    const Take& take_row
) {
    RowReader row(table, rows.name(), import);
    if (!rows.next()) {
        row.complain(
            rules::no_header,
            {Severity::error, {}, {}, 1, {}, {}, "the first row must name the columns"}
        );
        names.set_unread();
        return;
    }
    if (!row.bind(rows.fields(), rows.row())) {
        names.set_unread();
        return;
    }
    while (next_row(rows, row, names)) {
        take_row(row);
    }
}

/// Reports a name that is there already.
template <typename Index>
std::optional<Index>
add_name(RowReader& row, std::size_t column, std::string_view id, IdTable<Index>& names) {
    const auto [index, is_new] = names.add(id, row.row());
    if (is_new) {
        return index;
    }
    row.complain(
        rules::taken_identifier,
        column,
        "row " + std::to_string(names.row_of(index)) + " has this name already"
    );
    return std::nullopt;
}

/// What the cell names. Reported if it is not there: `nobody` begins the message, as in "no site
/// makes".
template <typename Index>
std::optional<Index> find_name(
    RowReader& row,
    std::size_t column,
    const IdTable<Index>& names,
    std::string_view nobody
) {
    const auto id = row.identifier(column);
    if (!id) {
        return std::nullopt;
    }
    const auto found = names.find(*id);
    if (!found && !names.is_unread()) {
        Suggester& suggester = row.import().suggester;
        std::vector<std::string_view> known;
        if (suggester.may_search(*id, names.size())) {
            names.append_to(known);
        }
        row.complain(
            rules::unknown_reference,
            column,
            fmt::format("{} '{}'{}", nobody, *id, suggester.suggest(*id, known))
        );
    }
    return found;
}

}  // namespace adic::ingest
