#include "chain_svg.hpp"

#include "adic/app/html_text.hpp"
#include "adic/app/words.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace adic::app {
namespace {

constexpr double sheet_width = 1000;
constexpr double box_height = 45;
constexpr double row_height = 53;
constexpr double top = 24;  ///< room for the titles of the columns
constexpr double column_gap = 34;
constexpr double line_height = 11.5;
constexpr double strip_width = 22;
constexpr double bar_height = 5;

/// Widths of a letter of the widest common font at the sizes used: nothing may stick out of a box.
constexpr double bold_letter = 6.9;
constexpr double plain_letter = 5.9;

/// Levels of the Merger Guidelines (2023) and of criterion 1 of SWD(2021) 352.
constexpr double moderate = 0.18;
constexpr double high = 0.40;

struct Place {
    double x;
    double y;
};

struct Drawing {
    const model::SupplyMap& map;
    const BriefView& view;
    const Chain& chain;
    std::vector<Place> places;  ///< one for each node
    double box_width;
    double height;
};

/// Positions of the nodes of one column, ordered by where their links come from.
std::vector<std::uint32_t>
column_order(const Chain& chain, std::uint32_t column, const std::vector<Place>& places) {
    std::vector<std::uint32_t> members;
    std::vector<double> pull(chain.nodes.size(), 0.0);
    for (std::uint32_t n = 0; n < chain.nodes.size(); ++n) {
        if (chain.nodes[n].column != column) {
            continue;
        }
        members.push_back(n);
        double links = 0;
        for (const ChainLink& link : chain.links) {
            if (link.to == n && chain.nodes[link.from].column < column) {
                pull[n] += places[link.from].y;
                links += 1;
            }
        }
        pull[n] = links > 0 ? pull[n] / links : 0.0;
    }
    std::ranges::stable_sort(members, {}, [&](std::uint32_t n) { return pull[n]; });
    return members;
}

Drawing arranged(const model::SupplyMap& map, const BriefView& view, const Chain& chain) {
    const double columns = std::max(1U, chain.columns);
    Drawing drawing{map, view, chain, {}, 0.0, 0.0};
    drawing.places.resize(chain.nodes.size(), Place{0.0, 0.0});
    drawing.box_width = std::min(215.0, (sheet_width - (columns - 1) * column_gap) / columns);
    const double step = columns > 1 ? (sheet_width - drawing.box_width) / (columns - 1) : 0.0;
    std::vector<std::size_t> rows(chain.columns, 0);
    for (const ChainNode& node : chain.nodes) {
        ++rows[node.column];
    }
    const std::size_t most = rows.empty() ? 0 : *std::ranges::max_element(rows);
    const double inner = static_cast<double>(most) * row_height;
    drawing.height = top + inner;
    for (std::uint32_t column = 0; column < chain.columns; ++column) {
        const auto members = column_order(chain, column, drawing.places);
        const double free = inner - static_cast<double>(members.size()) * row_height;
        for (std::size_t i = 0; i < members.size(); ++i) {
            const double row = static_cast<double>(i);
            const double spread = free / static_cast<double>(members.size());
            drawing.places[members[i]] = {
                column * step,
                top + row * (row_height + spread) + spread / 2};
        }
    }
    return drawing;
}

std::string definitions() {
    return R"svg(<defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"
 patternTransform="rotate(45)">
<rect width="6" height="6" fill="#fff"/>
<rect width="2" height="6" fill="#333"/></pattern>
<pattern id="level1" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" fill="#d6e6f2"/></pattern>
<pattern id="level2" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" fill="#7fb3d9"/><circle cx="3" cy="3" r="1.3" fill="#08306b"/></pattern>
<pattern id="level3" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" fill="#08306b"/></pattern>
</defs>
)svg";
}

std::string_view level_of(const ChainNode& node) {
    if (!node.concentration) {
        return "hatch";
    }
    if (*node.concentration > high) {
        return "level3";
    }
    return *node.concentration > moderate ? "level2" : "level1";
}

std::string link_path(const Drawing& drawing, const ChainLink& link) {
    const Place from = drawing.places[link.from];
    const Place to = drawing.places[link.to];
    const bool goes_right = to.x > from.x;
    const double x1 = from.x + (goes_right ? drawing.box_width : drawing.box_width / 2);
    const double x2 = to.x + (goes_right ? 0.0 : drawing.box_width / 2);
    const double y1 = from.y + box_height / 2;
    const double y2 = to.y + box_height / 2;
    const double bend = std::max(24.0, (x2 - x1) / 2);
    return fmt::format(
        "<path d=\"M{:.0f} {:.0f} C{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f}\" fill=\"none\" "
        "{}/>\n",
        x1,
        y1,
        x1 + bend,
        y1,
        x2 - bend,
        y2,
        x2,
        y2,
        link.is_direct ? "stroke=\"#444\" stroke-width=\"1.1\""
                       : "stroke=\"#999\" stroke-width=\"0.7\" stroke-dasharray=\"3 3\""
    );
}

std::string supplier_text(const Drawing& drawing, const ChainNode& node) {
    if (node.is_target) {
        const auto& targets = drawing.view.targets;
        const auto target = std::ranges::find(targets, node.item, &BriefTarget::item);
        if (target->stopped_by.empty()) {
            return "no state stops it alone";
        }
        std::string states;
        for (const model::StateIndex state : target->stopped_by) {
            states += (states.empty() ? "" : ", ") + drawing.map.states[state].id;
        }
        return "stopped by " + states;
    }
    if (node.largest) {
        return fmt::format(
            "{} {}",
            drawing.map.states[node.largest->state].name,
            percent(node.largest->share.likely())
        );
    }
    return node.known_share > 0 ? "all that is known is inside" : "origin not known";
}

std::string rectangle(Place at, double width, double height, std::string_view style) {
    return fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" {}/>\n",
        at.x,
        at.y,
        std::max(0.0, width),
        height,
        style
    );
}

/// The bar under a box: inside, outside, not known.
std::string origin_bar(const Drawing& drawing, const ChainNode& node, Place at) {
    const double inside = std::clamp(node.inside_share, 0.0, 1.0);
    const double known = std::clamp(node.known_share, inside, 1.0);
    const double width = drawing.box_width - strip_width;
    const Place start{at.x + strip_width, at.y + box_height - bar_height};
    std::string bar = rectangle(start, width, bar_height, "fill=\"url(#hatch)\"");
    bar += rectangle(start, width * known, bar_height, "fill=\"#c9c9c9\"");
    return bar + rectangle(start, width * inside, bar_height, "fill=\"#1a7a3c\"");
}

std::string text_at(Place at, std::string_view attributes, std::string_view text) {
    return fmt::format(
        "<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n",
        at.x,
        at.y,
        attributes,
        html(text)
    );
}

/// A name without what it has in brackets at its end.
std::string_view label_of(std::string_view name) {
    return name.substr(0, name.ends_with(')') ? name.rfind(" (") : name.size());
}

/// `text` in at most two lines of so many letters, broken at a space or after a hyphen.
std::vector<std::string> two_lines(std::string_view text, std::size_t letters) {
    if (text.size() <= letters) {
        return {std::string(text)};
    }
    std::size_t end = text.substr(0, letters + 1).find_last_of(" -");
    if (end == std::string_view::npos) {
        return {shortened_text(text, letters)};
    }
    const bool is_hyphen = text[end] == '-' && end < letters;
    end += is_hyphen ? 1U : 0U;
    const std::string_view rest = text.substr(text[end] == ' ' ? end + 1 : end);
    return {std::string(text.substr(0, end)), shortened_text(rest, letters)};
}

std::string box(const Drawing& drawing, std::uint32_t n) {
    const ChainNode& node = drawing.chain.nodes[n];
    const Place at = drawing.places[n];
    const std::string& name = drawing.map.items[node.item].name;
    const std::string supplier = supplier_text(drawing, node);
    std::string text = fmt::format("<g><title>{}: {}</title>\n", html(name), html(supplier));
    const bool is_target = node.is_target;
    text += rectangle(
        at,
        drawing.box_width,
        box_height,
        is_target ? "fill=\"#222\"" : "fill=\"#fff\" stroke=\"#333\""
    );
    double left = at.x + 6;
    if (!is_target) {
        text += rectangle(
            at,
            strip_width,
            box_height,
            fmt::format("fill=\"url(#{})\" stroke=\"#333\"", level_of(node))
        );
        text += origin_bar(drawing, node, at);
        left += strip_width;
        if (node.rank) {
            text += fmt::format(
                "<circle cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"9\" fill=\"#fff\" stroke=\"#333\"/>\n",
                at.x + strip_width / 2,
                at.y + box_height / 2
            );
            text += text_at(
                {at.x + strip_width / 2, at.y + box_height / 2 + 4},
                "font-size=\"11\" font-weight=\"bold\" text-anchor=\"middle\"",
                std::to_string(*node.rank)
            );
        }
    }
    const std::string_view ink = is_target ? " fill=\"#fff\"" : "";
    const double room = at.x + drawing.box_width - left - 3;
    const auto lines = two_lines(label_of(name), static_cast<std::size_t>(room / bold_letter));
    double line = at.y + (lines.size() > 1 ? 12 : 17);
    for (const std::string& part : lines) {
        text += text_at(
            {left, line},
            fmt::format("font-size=\"10.5\" font-weight=\"bold\"{}", ink),
            part
        );
        line += line_height;
    }
    text += text_at(
        {left, line + 1},
        fmt::format("font-size=\"10\"{}", ink),
        shortened_text(supplier, static_cast<std::size_t>(room / plain_letter))
    );
    return text + "</g>\n";
}

std::string column_titles(const Drawing& drawing) {
    if (drawing.chain.columns == 0) {
        return {};
    }
    const std::string style = "font-size=\"11\" font-style=\"italic\"";
    std::string text = text_at({0, 13}, style, "What is asked about");
    if (drawing.chain.columns > 1) {
        text += text_at(
            {sheet_width, 13},
            style + " text-anchor=\"end\"",
            "What it is made of, down to the bottlenecks \xE2\x86\x92"
        );
    }
    return text;
}

}  // namespace

std::string to_svg(const model::SupplyMap& map, const BriefView& view, const Chain& chain) {
    const Drawing drawing = arranged(map, view, chain);
    std::string text = fmt::format(
        "<svg viewBox=\"-1 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"The chain of needs\" "
        "font-family=\"inherit\">\n",
        sheet_width + 2,
        drawing.height
    );
    text += definitions() + column_titles(drawing);
    for (const ChainLink& link : chain.links) {
        text += link_path(drawing, link);
    }
    for (std::uint32_t n = 0; n < chain.nodes.size(); ++n) {
        text += box(drawing, n);
    }
    return text + "</svg>\n";
}

}  // namespace adic::app
