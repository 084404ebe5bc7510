#include "render/chart_text.hpp"

#include "render/text_width.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::Chart;
using app::ChartBand;
using app::ChartLine;

constexpr std::size_t rows = 11;
constexpr std::size_t axis_columns = 7;  ///< "100 % " and the axis
constexpr std::size_t least_width = 40;
constexpr std::size_t widest = 110;  ///< beyond that, a line is hard to follow

// A braille character has two columns of four dots.
constexpr std::size_t dot_columns = 2;
constexpr std::size_t dot_rows = 4;

/// What is drawn in a cell: dots of one line, or the letter of one, or a shade.
struct Cell {
    std::uint8_t dots = 0;
    std::optional<std::size_t> line = {};
    std::size_t shade = 0;  ///< 0: none; 1: outer band; 2: inner band
    bool is_level = false;
};

/// On and off, in dots: solid, dashed, dotted, ...
constexpr std::array<std::array<std::size_t, 2>, 4> dashes{{{1, 0}, {6, 3}, {2, 2}, {10, 2}}};

/// Okabe and Ito's colours in the palette of 256.
constexpr std::array<int, 7> inks{32, 166, 36, 175, 74, 178, 244};
constexpr int shade_ink = 250;

constexpr std::string_view letters = "*abcdefghijklmnopqrstuvwxyz";

/// The Unicode block of braille patterns begins at U+2800; the bits are the dots.
std::string braille(std::uint8_t dots) {
    std::string text = "\xE2";
    text += static_cast<char>(0xA0U + (dots >> 6U));
    text += static_cast<char>(0x80U + (dots & 0x3FU));
    return text;
}

std::uint8_t dot_at(std::size_t column, std::size_t row) {
    constexpr std::array<std::array<std::uint8_t, dot_rows>, dot_columns> bits{
        {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}};
    return bits[column][row];
}

class Canvas {
  public:
    Canvas(const Chart& chart, const TextStyle& style)
        : chart_(chart)
        , style_(style)
        , width_(std::clamp(style.width, least_width, widest))
        , label_columns_(columns_of_labels())
        , columns_(width_ - axis_columns - label_columns_ - 1)
        , cells_(columns_ * rows) {}

    std::string draw() {
        for (std::size_t l = 0; l < chart_.lines.size(); ++l) {
            shade(chart_.lines[l]);
        }
        mark_level();
        for (std::size_t l = chart_.lines.size(); l-- > 0;) {  // the first on top
            trace(l);
        }
        return text();
    }

  private:
    std::size_t columns_of_labels() const {
        std::size_t longest = 0;
        for (const ChartLine& line : chart_.lines) {
            longest = std::max(longest, display_width(line.label));
        }
        return std::min(longest + (style_.unicode ? 0 : 2), width_ / 3);
    }

    /// Dots of a character: one by one in ASCII.
    std::size_t across() const { return style_.unicode ? dot_columns : 1; }

    std::size_t down() const { return style_.unicode ? dot_rows : 1; }

    Cell& at(std::size_t row, std::size_t column) { return cells_[row * columns_ + column]; }

    /// The value between two points, at a part of the way along the axis.
    static double along(const std::vector<double>& values, double part) {
        const double place = part * static_cast<double>(values.size() - 1);
        const auto before = std::min(static_cast<std::size_t>(place), values.size() - 1);
        const std::size_t after = std::min(before + 1, values.size() - 1);
        const double rest = place - static_cast<double>(before);
        return values[before] * (1.0 - rest) + values[after] * rest;
    }

    /// From the top, in dots.
    double height_of(double value) const {
        const double dots = static_cast<double>(rows * down() - 1);
        return (1.0 - std::clamp(value / chart_.top, 0.0, 1.0)) * dots;
    }

    double part_of(std::size_t dot, std::size_t dots) const {
        return dots < 2 ? 0.0 : static_cast<double>(dot) / static_cast<double>(dots - 1);
    }

    void shade(const ChartLine& line) {
        for (std::size_t b = 0; b < line.bands.size(); ++b) {
            for (std::size_t column = 0; column < columns_; ++column) {
                shade_column(line.bands[b], std::min<std::size_t>(b, 1) + 1, column);
            }
        }
    }

    void shade_column(const ChartBand& band, std::size_t shade, std::size_t column) {
        if (band.low.empty()) {
            return;
        }
        const double part = part_of(column, columns_);
        const double unit = static_cast<double>(down());
        const double upper = height_of(along(band.high, part)) / unit;
        const double lower = height_of(along(band.low, part)) / unit;
        for (std::size_t row = 0; row < rows; ++row) {
            const double middle = static_cast<double>(row) + (style_.unicode ? 0.375 : 0.0);
            if (middle >= upper - 0.5 && middle <= lower + 0.5 && lower - upper > 0.25) {
                at(row, column).shade = std::max(at(row, column).shade, shade);
            }
        }
    }

    void mark_level() {
        if (chart_.level) {
            const std::size_t row = row_of(chart_.level->value);
            for (std::size_t column = 0; column < columns_; column += 2) {
                at(row, column).is_level = true;
            }
        }
    }

    std::size_t row_of(double value) const {
        return static_cast<std::size_t>(std::lround(height_of(value))) / down();
    }

    void trace(std::size_t number) {
        const std::vector<double>& values = chart_.lines[number].values;
        if (values.empty()) {
            return;
        }
        const std::size_t dots = columns_ * across();
        auto before = static_cast<std::size_t>(std::lround(height_of(values.front())));
        const auto& dash = dashes[number % dashes.size()];
        for (std::size_t dot = 0; dot < dots; ++dot) {
            const double value = along(values, part_of(dot, dots));
            const auto now = static_cast<std::size_t>(std::lround(height_of(value)));
            if (!style_.unicode || dot % (dash[0] + dash[1]) < dash[0]) {
                // A steep line is drawn up from where it was, or down.
                const std::size_t from = before < now ? before + 1 : now;
                const std::size_t to = before > now ? before - 1 : now;
                for (std::size_t y = from; y <= to; ++y) {
                    put(number, y, dot);
                }
            }
            before = now;
        }
    }

    void put(std::size_t number, std::size_t y, std::size_t dot) {
        Cell& cell = at(y / down(), dot / across());
        if (cell.line && *cell.line != number) {
            cell.dots = 0;  // one line to a character: it has one colour
        }
        cell.line = number;
        cell.dots = static_cast<std::uint8_t>(cell.dots | dot_at(dot % across(), y % down()));
    }

    std::string coloured(std::string_view text, int ink) const {
        return style_.colour ? fmt::format("\x1b[38;5;{}m{}\x1b[0m", ink, text) : std::string(text);
    }

    static int ink_of(std::size_t line) { return inks[line % inks.size()]; }

    char letter_of(std::size_t line) const {
        return chart_.lines.size() == 1 ? letters[0] : letters[1 + line % (letters.size() - 1)];
    }

    std::string text_of(const Cell& cell) const {
        if (cell.line) {
            const std::string mark =
                style_.unicode ? braille(cell.dots) : std::string(1, letter_of(*cell.line));
            return coloured(mark, ink_of(*cell.line));
        }
        if (cell.shade > 0) {
            constexpr std::array<std::string_view, 2> shades{"\xE2\x96\x91", "\xE2\x96\x92"};
            constexpr std::array<std::string_view, 2> points{".", ":"};
            const auto& choice = style_.unicode ? shades : points;
            return coloured(choice[cell.shade - 1], shade_ink);
        }
        return cell.is_level ? "-" : " ";
    }

    /// What stands beside each row: the labels of the lines that end near it.
    std::vector<std::optional<std::size_t>> labels_by_row() const {
        std::vector<std::size_t> order(chart_.lines.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto end_of = [&](std::size_t l) {
            const std::vector<double>& values = chart_.lines[l].values;
            return values.empty() ? 0.0 : height_of(values.back()) / static_cast<double>(down());
        };
        std::ranges::stable_sort(order, {}, end_of);
        order.resize(std::min(order.size(), rows));
        std::vector<double> wanted;
        for (const std::size_t l : order) {
            wanted.push_back(std::floor(end_of(l)));
        }
        const auto places = app::spread_labels(wanted, 1.0, 0.0, static_cast<double>(rows - 1));
        std::vector<std::optional<std::size_t>> labels(rows);
        for (std::size_t i = 0; i < order.size(); ++i) {
            labels[static_cast<std::size_t>(std::lround(places[i]))] = order[i];
        }
        return labels;
    }

    std::string axis_of(std::size_t row) const {
        std::string tick;
        for (const double value : app::value_ticks(chart_)) {
            if (row_of(value) == row) {
                tick = app::tick_text(chart_, value);
            }
        }
        if (chart_.level && row == row_of(chart_.level->value)) {
            tick = app::tick_text(chart_, chart_.level->value);
        }
        return fmt::format("{:>5} {}", tick, style_.unicode ? "\xE2\x94\x82" : "|");
    }

    std::string text() {
        std::string result;
        const auto labels = labels_by_row();
        for (std::size_t row = 0; row < rows; ++row) {
            std::string line = axis_of(row);
            for (std::size_t column = 0; column < columns_; ++column) {
                line += text_of(at(row, column));
            }
            if (const auto label = labels[row]) {
                line += ' ' + label_text(*label);
            }
            line.erase(line.find_last_not_of(' ') + 1);
            result += line + '\n';
        }
        return result + time_axis();
    }

    std::string label_text(std::size_t line) const {
        const std::string name = printable(chart_.lines[line].label);
        const std::string mark =
            style_.unicode || chart_.lines.size() == 1 ? "" : fmt::format("{} ", letter_of(line));
        return coloured(
            shortened(mark + name, std::max<std::size_t>(label_columns_, 1)),
            ink_of(line)
        );
    }

    std::string time_axis() const {
        constexpr std::size_t columns_of_tick = 8;
        std::string axis;
        std::string numbers(axis_columns + columns_ + 12, ' ');
        std::vector<bool> has_tick(columns_);
        const auto last = static_cast<double>(std::max<std::size_t>(chart_.points(), 2) - 1);
        for (const double time : app::time_ticks(chart_, columns_ / columns_of_tick + 1)) {
            const double part = (time - chart_.first) / (chart_.step * last);
            const auto column =
                static_cast<std::size_t>(std::lround(part * static_cast<double>(columns_ - 1)));
            has_tick[column] = true;
            const std::string number = fmt::format("{:g}", time);
            numbers.replace(axis_columns + column, number.size(), number);
        }
        for (std::size_t column = 0; column < columns_; ++column) {
            if (style_.unicode) {
                axis += has_tick[column] ? "\xE2\x94\xAC" : "\xE2\x94\x80";
            } else {
                axis += has_tick[column] ? '+' : '-';
            }
        }
        numbers.erase(numbers.find_last_not_of(' ') + 1);
        return fmt::format(
            "{}{}{}\n{}  {}\n",
            std::string(axis_columns - 1, ' '),
            style_.unicode ? "\xE2\x94\x94" : "+",
            axis,
            numbers,
            chart_.time_unit
        );
    }

    const Chart& chart_;
    const TextStyle& style_;
    std::size_t width_;
    std::size_t label_columns_;
    std::size_t columns_;
    std::vector<Cell> cells_;
};

}  // namespace

std::string chart_text(const Chart& chart, const TextStyle& style) {
    const Chart joined = app::with_equal_lines_joined(chart);
    if (joined.points() == 0) {
        return {};
    }
    std::string heading = printable(joined.title);
    for (const app::ChartSpan& span : joined.spans) {
        heading += fmt::format(
            "{}{}: {} {:g} to {:g}",
            heading.empty() ? "" : "; ",
            printable(span.label),
            joined.time_unit,
            span.from,
            span.to
        );
    }
    std::string text;
    for (const std::string& line : wrapped(heading, style.width)) {
        text += line.empty() ? "" : line + '\n';
    }
    return text + Canvas{joined, style}.draw();
}

}  // namespace adic::cli
