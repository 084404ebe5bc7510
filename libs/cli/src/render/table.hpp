#pragma once

#include "adic/app/chart.hpp"
#include "adic/base/estimate.hpp"
#include "adic/base/sentence.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace adic::cli {

/// How the values of a column are written for people. CSV and JSON always carry the plain value.
enum class Show {
    text,
    word,         ///< a short text that is never broken: an identifier, a code
    count,        ///< a whole number, digits in groups of three
    number,       ///< with the decimals of the column
    significant,  ///< with as many significant digits as the column has decimals
    share,        ///< a part of one, in percent
    sentence,     ///< a text; JSON has its code and values, too
};

/// Where a column appears. Tables have little room: they combine what the data formats keep apart.
enum class In { all, table, data };

/// A column of an answer: its key in CSV and JSON, its title in a table, what it means.
struct Column {
    std::string_view key;
    std::string_view title;
    std::string_view help;
    Show show = Show::text;
    int decimals = 0;
    In in = In::all;
    bool is_estimate = false;  ///< three columns in CSV: key_low, key, key_high
};

/// A table that a command answers with, apart from its rows. Its key in JSON is `name`.
struct Shape {
    std::string_view name;
    std::span<const Column> columns;
};

/// A whole number of any size, in decimal digits.
struct WholeNumber {
    std::string digits;
};

/// Several words: an array in JSON, separated by ';' in CSV.
using Words = std::vector<std::string>;

/// Nothing (not known), a text, words, a sentence, a figure, or yes and no.
using Cell = std::variant<
    std::monostate,
    std::string,
    double,
    std::uint64_t,
    bool,
    Estimate,
    WholeNumber,
    Words,
    Sentence>;

using Row = std::vector<Cell>;

/// How rows about several things stand side by side where people read them: a row for each value
/// of the columns `rows`, and in it each of the columns `values` once for each value of the column
/// `by`. Columns are named by their keys. CSV and JSON keep the rows as they are.
struct SideBySide {
    std::string_view by;
    std::vector<std::string_view> rows;
    std::vector<std::string_view> values;
};

/// A part of an answer. The rows have one cell for each column of the shape.
struct Section {
    std::string heading;
    const Shape* shape;
    std::vector<Row> rows;
    std::string if_empty;  ///< what to say instead of a table without rows
    std::vector<Sentence> notes;
    std::vector<app::Chart> charts = {};  ///< drawn above the table where people read it
    In shown = In::all;                   ///< In::data: charts say it, or nobody reads it
    std::optional<SideBySide> side_by_side = {};
    std::vector<app::BarChart> bars = {};  ///< above the table of a page; text has the table
};

/// What a command answers: paragraphs and tables, in any format.
struct Report {
    std::vector<Sentence> introduction;
    std::vector<Section> sections;  ///< the first is the one that CSV carries
    std::vector<Sentence> notes;
};

}  // namespace adic::cli
