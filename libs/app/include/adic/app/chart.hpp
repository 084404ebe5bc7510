#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

/// From `low` to `high` at each point: where a line may run.
struct ChartBand {
    std::vector<double> low;
    std::vector<double> high;
};

/// A line over time. Its label stands at its end, so that nobody looks for a legend.
struct ChartLine {
    std::string label;
    std::vector<double> values;
    std::vector<ChartBand> bands = {};  ///< the widest first
};

/// A value that matters: "enough".
struct ChartLevel {
    double value;
    std::string label;
};

/// Something that lasts: "the licences".
struct ChartSpan {
    double from;
    double to;
    std::string label;
};

/// Lines over time. Every line has as many values as there are points.
struct Chart {
    std::string title;
    std::string time_unit = "week";  ///< in the singular
    double first = 0.0;              ///< time of the first point
    double step = 1.0;               ///< from point to point, > 0
    std::string measure;             ///< what is drawn: "output"
    double top = 1.0;                ///< of the axis, which begins at 0; > 0
    bool is_share = true;            ///< the axis is in percent
    std::optional<ChartLevel> level = {};
    std::vector<ChartSpan> spans = {};
    std::vector<ChartLine> lines = {};

    std::size_t points() const { return lines.empty() ? 0 : lines.front().values.size(); }
};

/// The chart with lines that run alike made one, whose label stands for all: two lines on top of
/// each other look like one that lacks a label.
Chart with_equal_lines_joined(const Chart& chart);

/// Where labels of a height stand that want to be at `wanted`, sorted, in [low, high]: as near as
/// they can without covering each other. If there is not room for all, they share it evenly.
std::vector<double>
spread_labels(const std::vector<double>& wanted, double height, double low, double high);

/// Times at which an axis has a number: the first of 1, 2, 5, 10, 13, 26, 52, ... points between
/// them that makes at most `most` of them.
std::vector<double> time_ticks(const Chart& chart, std::size_t most);

/// Values at which its other axis has a number, from 0 on.
std::vector<double> value_ticks(const Chart& chart);

/// "40 %", "12.5".
std::string tick_text(const Chart& chart, double value);

/// A figure of somebody or something: its name stands left of it, what it comes to at its end.
struct ChartBar {
    std::string label;
    std::optional<double> value;  ///< >= 0; nothing: not known, and no bar is drawn
    std::string text;             ///< the figure as it is written
};

/// Bars from 0 on one scale, and levels across them all.
struct BarChart {
    std::string title;
    std::vector<ChartLevel> levels = {};
    std::vector<ChartBar> bars = {};
};

/// The chart as an SVG element that is as wide as its place, and as high as it has bars. In one
/// tone, so that a black and white print is enough.
std::string to_svg(const BarChart& chart);

/// The chart as an SVG element that is as wide as its place. Lines differ in colour (Okabe and
/// Ito's, which the colour-blind tell apart) and in their dashes, so that a black and white print
/// is enough. Bands are lighter the less likely they are.
std::string to_svg(const Chart& chart);

}  // namespace adic::app
