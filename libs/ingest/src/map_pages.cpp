#include "adic/base/text.hpp"
#include "adic/ingest/map_tables.hpp"

#include <cmath>
#include <string>

namespace adic::ingest {
namespace {

std::string bounds_of(const Range& range) {
    if (std::isfinite(range.low) && std::isfinite(range.high)) {
        return (range.without_low ? "above " : "") + to_shortest(range.low) + " to "
               + to_shortest(range.high);
    }
    if (std::isfinite(range.low)) {
        return to_shortest(range.low)
               + (range.without_low ? " itself excluded, or more" : " or more");
    }
    return {};
}

/// The words of a word column, unless its help explains each of them.
std::string words_of(const Column& column) {
    std::string text;
    for (const std::string_view word : split(column.words, '|')) {
        const std::string shown = "`" + std::string(word) + "`";
        if (word.empty() || column.help.find(shown) != std::string_view::npos) {
            return {};
        }
        text += (text.empty() ? "" : ", ") + shown;
    }
    return text;
}

std::string row_of(const Column& column) {
    const std::string name = "`" + std::string(column.name) + "`";
    std::string row = "| " + (column.must == Must::yes ? "**" + name + "**" : name);
    row += column.kind == CellKind::estimate ? " (estimate) | " : " | ";
    row += column.help;
    for (const std::string& more : {words_of(column), bounds_of(column.range)}) {
        row += more.empty() ? "" : ": " + more;
    }
    return row + " |\n";
}

std::string key_in_words(std::string_view key) {
    std::string words;
    for (const std::string_view column : split(key, ',')) {
        words += (words.empty() ? "`" : ", `") + std::string(trimmed(column)) + "`";
    }
    return words;
}

std::string columns_page(std::span<const Column> columns) {
    std::string page = "| Column | What |\n| --- | --- |\n";
    for (const Column& column : columns) {
        page += row_of(column);
    }
    return page;
}

}  // namespace

std::string map_provenance_page() {
    return columns_page(tables::provenance);
}

std::string map_tables_page() {
    std::string page;
    for (const Table& table : map_tables()) {
        page += page.empty() ? "" : "\n";
        page += "### `" + std::string(table.name) + "`" + (table.is_fact ? " (fact)" : "") + "\n\n";
        page += table.help;
        page += table.key.empty() ? "" : " No two rows agree in " + key_in_words(table.key) + ".";
        const std::size_t shared = table.is_fact ? tables::provenance.size() : 0;
        page += "\n\n" + columns_page(table.columns.first(table.columns.size() - shared));
    }
    return page;
}

}  // namespace adic::ingest
