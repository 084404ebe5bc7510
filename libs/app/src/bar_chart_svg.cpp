#include "adic/app/chart.hpp"
#include "adic/app/html_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace adic::app {
namespace {

// Millimetres of the sheet, more or less: the drawing is scaled to the width of its place.
constexpr double width = 640;
constexpr double step = 20;  ///< from bar to bar
constexpr double thickness = 12;
constexpr double top = 4;
constexpr double foot = 26;     ///< for two lines of labels of levels
constexpr double letter = 6.6;  ///< width of one, on average: names are often capitals
constexpr double widest_name = width / 3;

class BarDrawing {
  public:
    explicit BarDrawing(const BarChart& chart) : chart_(chart) {
        std::size_t longest = 0;
        std::size_t longest_text = 0;
        for (const ChartBar& bar : chart.bars) {
            longest = std::max(longest, bar.label.size());
            longest_text = std::max(longest_text, bar.text.size());
            most_ = std::max(most_, bar.value.value_or(0.0));
        }
        for (const ChartLevel& level : chart.levels) {
            most_ = std::max(most_, level.value);
        }
        most_ *= 1.04;  // a level at the very end stands free of the figures
        left_ = std::min(widest_name, 10 + letter * static_cast<double>(longest));
        right_ = width - std::min(widest_name, 10 + letter * static_cast<double>(longest_text));
        bottom_ = top + step * static_cast<double>(chart.bars.size());
    }

    std::string svg() {
        text_ = fmt::format(
            "<svg class=\"chart\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\" "
            "font-family=\"inherit\" font-size=\"10\">\n",
            width,
            bottom_ + (chart_.levels.empty() ? 0.0 : foot),
            html(chart_.title)
        );
        for (std::size_t b = 0; b < chart_.bars.size(); ++b) {
            bar(chart_.bars[b], top + step * static_cast<double>(b));
        }
        for (std::size_t l = 0; l < chart_.levels.size(); ++l) {
            level(chart_.levels[l], l);
        }
        return text_ + "</svg>\n";
    }

  private:
    double x_of(double value) const {
        return left_ + (most_ > 0.0 ? std::max(value, 0.0) / most_ : 0.0) * (right_ - left_);
    }

    void bar(const ChartBar& bar, double y) {
        const auto room = static_cast<std::size_t>(left_ / letter);
        text_ += fmt::format(
            "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}<title>{}</title></text>\n",
            left_ - 6,
            y + thickness - 2,
            html(shortened_text(bar.label, room)),
            html(bar.label)
        );
        if (bar.value) {
            text_ += fmt::format(
                "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
                "fill=\"#8bb9c6\"/>\n",
                left_,
                y,
                x_of(*bar.value) - left_,
                thickness
            );
        }
        text_ += fmt::format(
            "<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
            right_ + 6,
            y + thickness - 2,
            html(bar.text)
        );
    }

    /// Neighbours take turns on two lines, so that their labels do not meet.
    void level(const ChartLevel& level, std::size_t number) {
        const double x = x_of(level.value);
        const double y = bottom_ + (number % 2 == 0 ? 9.0 : 20.0);
        text_ += fmt::format(
            "<line x1=\"{0:.1f}\" y1=\"0\" x2=\"{0:.1f}\" y2=\"{1:.1f}\" stroke=\"#333\" "
            "stroke-dasharray=\"3 2\"/>\n"
            "<text x=\"{0:.1f}\" y=\"{2:.1f}\" text-anchor=\"middle\">{3}</text>\n",
            x,
            y - 8,
            y,
            html(level.label)
        );
    }

    const BarChart& chart_;
    double most_ = 0.0;
    double left_ = 0.0;
    double right_ = width;
    double bottom_ = 0.0;
    std::string text_;
};

}  // namespace

std::string to_svg(const BarChart& chart) {
    return BarDrawing{chart}.svg();
}

}  // namespace adic::app
