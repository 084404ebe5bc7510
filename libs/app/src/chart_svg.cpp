#include "adic/app/chart.hpp"
#include "adic/app/html_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace adic::app {
namespace {

// Millimetres of the sheet, more or less: the drawing is scaled to the width of its place.
constexpr double width = 640;
constexpr double height = 230;
constexpr double left = 46;
constexpr double top = 12;
constexpr double bottom = 196;
constexpr double label_height = 12;
constexpr double letter = 5.4;  ///< width of one, on average

/// Okabe, Ito (2008), "Color Universal Design"; without the yellow, which paper swallows.
constexpr std::array<std::string_view, 7>
    inks{"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"};
constexpr std::array<std::string_view, 7>
    dashes{"none", "7 3", "2 2.5", "9 3 2 3", "4 2", "1.5 4", "12 3"};

class Drawing {
  public:
    explicit Drawing(const Chart& chart) : chart_(chart) {
        std::size_t longest = 0;
        for (const ChartLine& line : chart.lines) {
            longest = std::max(longest, line.label.size());
        }
        constexpr double widest = width / 3;
        right_ = width - std::min(widest, 14 + letter * static_cast<double>(longest));
    }

    std::string svg() {
        text_ = fmt::format(
            "<svg class=\"chart\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\" "
            "font-family=\"inherit\" font-size=\"10\">\n",
            width,
            height,
            html(chart_.title.empty() ? chart_.measure : chart_.title)
        );
        spans();
        grid();
        for (std::size_t l = 0; l < chart_.lines.size(); ++l) {
            bands(l);
        }
        level();
        for (std::size_t l = 0; l < chart_.lines.size(); ++l) {
            line(l);
        }
        labels();
        return text_ + "</svg>\n";
    }

  private:
    double x_of(double time) const {
        const auto points = static_cast<double>(std::max<std::size_t>(chart_.points(), 2));
        return left + (time - chart_.first) / (chart_.step * (points - 1)) * (right_ - left);
    }

    double x_of(std::size_t point) const {
        return x_of(chart_.first + static_cast<double>(point) * chart_.step);
    }

    double y_of(double value) const {
        return bottom - std::clamp(value / chart_.top, 0.0, 1.0) * (bottom - top);
    }

    void words(double x, double y, std::string_view style, std::string_view words) {
        text_ +=
            fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, y, style, html(words));
    }

    void rule(double x1, double y1, double x2, double y2, std::string_view style) {
        text_ += fmt::format(
            "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" {}/>\n",
            x1,
            y1,
            x2,
            y2,
            style
        );
    }

    void spans() {
        const double last = chart_.first + chart_.step * static_cast<double>(chart_.points());
        for (const ChartSpan& span : chart_.spans) {
            const double from = x_of(std::clamp(span.from, chart_.first, last));
            const double to = std::min(right_, x_of(std::clamp(span.to, chart_.first, last)));
            text_ += fmt::format(
                "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
                "fill=\"#f1efe8\"/>\n",
                from,
                top,
                std::max(0.0, to - from),
                bottom - top
            );
            words(from + 3, top + 9, "fill=\"#6b675c\" font-size=\"9\"", span.label);
        }
    }

    void grid() {
        for (const double value : value_ticks(chart_)) {
            const double y = y_of(value);
            rule(left, y, right_, y, value == 0.0 ? "stroke=\"#333\"" : "stroke=\"#ddd\"");
            words(left - 5, y + 3.5, "text-anchor=\"end\"", tick_text(chart_, value));
        }
        constexpr std::size_t most_ticks = 14;
        for (const double time : time_ticks(chart_, most_ticks)) {
            rule(x_of(time), bottom, x_of(time), bottom + 4, "stroke=\"#333\"");
            words(x_of(time), bottom + 15, "text-anchor=\"middle\"", fmt::format("{:g}", time));
        }
        words(left, bottom + 29, "fill=\"#444\"", chart_.measure + " by " + chart_.time_unit);
    }

    void level() {
        if (chart_.level) {
            const double y = y_of(chart_.level->value);
            rule(left, y, right_, y, "stroke=\"#666\" stroke-dasharray=\"1 3\"");
            words(left + 3, y - 3, "fill=\"#555\" font-size=\"9\"", chart_.level->label);
        }
    }

    void bands(std::size_t number) {
        const ChartLine& of = chart_.lines[number];
        for (std::size_t b = 0; b < of.bands.size(); ++b) {
            std::string points;
            for (std::size_t p = 0; p < of.bands[b].high.size(); ++p) {
                points += fmt::format("{:.1f},{:.1f} ", x_of(p), y_of(of.bands[b].high[p]));
            }
            for (std::size_t p = of.bands[b].low.size(); p-- > 0;) {
                points += fmt::format("{:.1f},{:.1f} ", x_of(p), y_of(of.bands[b].low[p]));
            }
            text_ += fmt::format(
                "<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"{:.2f}\"/>\n",
                points,
                ink(number),
                0.14 + 0.10 * static_cast<double>(b)
            );
        }
    }

    void line(std::size_t number) {
        const ChartLine& of = chart_.lines[number];
        std::string points;
        for (std::size_t p = 0; p < of.values.size(); ++p) {
            points += fmt::format("{:.1f},{:.1f} ", x_of(p), y_of(of.values[p]));
        }
        text_ += fmt::format(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.8\" "
            "stroke-dasharray=\"{}\" stroke-linejoin=\"round\"/>\n",
            points,
            ink(number),
            dashes[number % dashes.size()]
        );
    }

    void labels() {
        std::vector<std::size_t> order(chart_.lines.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto end_of = [&](std::size_t l) {
            return chart_.lines[l].values.empty() ? bottom : y_of(chart_.lines[l].values.back());
        };
        std::ranges::stable_sort(order, {}, end_of);
        std::vector<double> wanted;
        for (const std::size_t l : order) {
            wanted.push_back(end_of(l));
        }
        const std::vector<double> places = spread_labels(wanted, label_height, top, bottom);
        const auto room = static_cast<std::size_t>((width - right_ - 12) / letter);
        for (std::size_t i = 0; i < order.size(); ++i) {
            rule(right_, wanted[i], right_ + 8, places[i], "stroke=\"#999\" stroke-width=\"0.7\"");
            text_ += fmt::format(
                "<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\" font-weight=\"bold\">{}<title>{}"
                "</title></text>\n",
                right_ + 10,
                places[i] + 3.5,
                ink(order[i]),
                html(shortened_text(chart_.lines[order[i]].label, room)),
                html(chart_.lines[order[i]].label)
            );
        }
    }

    static std::string_view ink(std::size_t number) { return inks[number % inks.size()]; }

    const Chart& chart_;
    double right_;
    std::string text_;
};

}  // namespace

std::string to_svg(const Chart& chart) {
    const Chart joined = with_equal_lines_joined(chart);
    return Drawing{joined}.svg();
}

}  // namespace adic::app
