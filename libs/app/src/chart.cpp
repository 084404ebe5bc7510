#include "adic/app/chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace adic::app {
namespace {

bool runs_alike(const ChartLine& a, const ChartLine& b) {
    const auto same_band = [](const ChartBand& x, const ChartBand& y) {
        return x.low == y.low && x.high == y.high;
    };
    return a.values == b.values && std::ranges::equal(a.bands, b.bands, same_band);
}

/// One label for lines that run alike: "a", "a, b", "a and 3 more", "all".
std::string label_of(const std::vector<std::string>& labels, std::size_t all) {
    if (labels.size() == 1) {
        return labels.front();
    }
    if (labels.size() == all) {
        return all == 2 ? "both" : "all";
    }
    return labels.size() == 2 ? labels[0] + ", " + labels[1]
                              : fmt::format("{} and {} more", labels[0], labels.size() - 1);
}

}  // namespace

Chart with_equal_lines_joined(const Chart& chart) {
    Chart joined = chart;
    joined.lines.clear();
    std::vector<std::vector<std::string>> labels;
    for (const ChartLine& line : chart.lines) {
        const auto same = std::ranges::find_if(joined.lines, [&](const ChartLine& other) {
            return runs_alike(line, other);
        });
        const auto place = static_cast<std::size_t>(same - joined.lines.begin());
        if (same == joined.lines.end()) {
            joined.lines.push_back(line);
            labels.emplace_back();
        }
        labels[place].push_back(line.label);
    }
    for (std::size_t l = 0; l < labels.size(); ++l) {
        joined.lines[l].label = label_of(labels[l], chart.lines.size());
    }
    return joined;
}

std::vector<double>
spread_labels(const std::vector<double>& wanted, double height, double low, double high) {
    std::vector<double> places = wanted;
    const auto count = static_cast<double>(places.size());
    const double gap = count > 1 ? std::min(height, (high - low) / (count - 1)) : height;
    double next = low;
    for (double& place : places) {  // down, where the one above is in the way
        place = std::max(place, next);
        next = place + gap;
    }
    double last = high;
    for (auto place = places.rbegin(); place != places.rend(); ++place) {  // up from the edge
        *place = std::min(*place, last);
        last = *place - gap;
    }
    return places;
}

std::vector<double> time_ticks(const Chart& chart, std::size_t most) {
    constexpr std::array steps{1, 2, 5, 10, 13, 26, 52, 104, 260, 520, 1040, 5200, 52'000};
    const std::size_t points = chart.points();
    std::vector<double> ticks;
    for (const int step : steps) {
        const auto every = static_cast<std::size_t>(step);
        if (points / every + 1 > most && step != steps.back()) {
            continue;
        }
        for (std::size_t point = 0; point < points; point += every) {
            ticks.push_back(chart.first + static_cast<double>(point) * chart.step);
        }
        break;
    }
    return ticks;
}

std::vector<double> value_ticks(const Chart& chart) {
    constexpr double half = 0.5;
    const double step = chart.is_share && chart.top >= 1.0 ? half : chart.top * half;
    std::vector<double> ticks;
    for (int tick = 0; tick * step <= chart.top * (1.0 + 1e-9); ++tick) {
        ticks.push_back(tick * step);
    }
    return ticks;
}

std::string tick_text(const Chart& chart, double value) {
    return chart.is_share ? fmt::format("{:.3g} %", value * 100.0) : fmt::format("{:.3g}", value);
}

}  // namespace adic::app
