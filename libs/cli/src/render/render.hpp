#pragma once

#include "adic/base/result.hpp"

#include "render/table.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace adic::cli {

enum class Format { table, csv, xlsx, json, html };

std::optional<Format> parse_format(std::string_view text);

struct TextStyle {
    std::size_t width;  ///< columns of the terminal
    bool colour;
    bool unicode = true;  ///< charts may take more than ASCII
};

/// For people: each table as wide as it has to be and at most as wide as the terminal. Numbers
/// stand to the right; texts are broken into lines. A terminal too narrow for the table gets one
/// line for each value.
std::string to_text(const Report& report, const TextStyle& given);

/// The first table, and the rows of further sections of the same shape, as in RFC 4180, but with
/// LF at the end of the lines, as tools of the command line expect.
std::string to_csv(const Report& report);

/// The bytes of an XLSX workbook: a sheet for each shape with the columns of CSV, one that says
/// what they mean, and one with the notes. The same report gives the same bytes.
/// Errors: unavailable: no room; invalid_argument: more rows than a sheet has.
Result<std::string> to_workbook(const Report& report, std::string_view title);

/// One object: "command", one array of objects for each shape, with keys in the order of the shape,
/// and "notes".
std::string to_json(const Report& report, std::string_view command);

/// A page of HTML 5 with charts and tables, titled by the report's first paragraph: it prints on
/// A4, has no scripts and loads nothing from elsewhere.
std::string to_html(const Report& report, std::string_view command_line);

}  // namespace adic::cli
