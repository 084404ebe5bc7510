#include "adic/base/text.hpp"
#include "adic/ingest/map_tables.hpp"

#include "map_rows.hpp"

#include <cmath>
#include <string>

namespace adic::ingest {
namespace {

std::string bounds_of(const Range& range) {
    const std::string low = plain_number(range.low);
    if (std::isfinite(range.low) && std::isfinite(range.high)) {
        return (range.without_low ? "above " : "") + low + " to " + plain_number(range.high);
    }
    if (std::isfinite(range.low)) {
        return range.without_low ? "above " + low : low + " or more";
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
    const std::string words = words_of(column);
    const std::string bounds = bounds_of(column.range);
    row += words.empty() ? "" : ": " + words;
    row += bounds.empty() ? "" : " (" + bounds + ")";
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
