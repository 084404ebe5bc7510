#include "adic/base/text.hpp"

#include "render/chart_text.hpp"
#include "render/figures.hpp"
#include "render/layout.hpp"
#include "render/render.hpp"
#include "render/text_width.hpp"

#include <algorithm>
#include <array>

namespace adic::cli {
namespace {

constexpr std::size_t narrowest_text = 10;  ///< columns below which a broken text is no text
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

std::size_t longest_word(std::string_view text) {
    std::size_t longest = 0;
    for (const std::string_view word : split(text, ' ')) {
        longest = std::max(longest, display_width(word));
    }
    return longest;
}

/// Takes one column from the widest that is wider than its floor. False if there is none.
bool narrow(Layout& layout, const std::vector<std::size_t>& floors) {
    std::size_t* widest = nullptr;
    for (std::size_t c = 0; c < floors.size(); ++c) {
        if (layout.widths[c] > floors[c] && (widest == nullptr || layout.widths[c] > *widest)) {
            widest = &layout.widths[c];
        }
    }
    if (widest != nullptr) {
        --*widest;
    }
    return widest != nullptr;
}

/// Breaks titles until the table fits, and then texts. False if that is not enough.
bool fit(Layout& layout, std::size_t width) {
    std::vector<std::size_t> floors;
    for (std::size_t c = 0; c < layout.columns.size(); ++c) {
        std::size_t floor = longest_word(layout.titles[c]);
        for (const std::vector<std::string>& row : layout.cells) {
            floor = std::max(floor, display_width(row[c]));
        }
        floors.push_back(floor);
    }
    while (layout.total() > width && narrow(layout, floors)) {
    }
    for (std::size_t c = 0; c < layout.columns.size(); ++c) {
        const Show show = layout.columns[c]->show;
        if (show == Show::text || show == Show::sentence) {
            floors[c] = std::min(floors[c], narrowest_text);
        }
    }
    while (layout.total() > width && narrow(layout, floors)) {
    }
    return layout.total() <= width;
}

std::string padded(const std::string& text, std::size_t width, bool to_the_right) {
    const std::string space(width - std::min(width, display_width(text)), ' ');
    return to_the_right ? space + text : text + space;
}

void drop_trailing_spaces(std::string& line) {
    line.erase(line.find_last_not_of(' ') + 1);
}

/// One row, in as many lines as its longest broken text has.
std::string lines_of(const Layout& layout, const std::vector<std::string>& texts) {
    std::vector<std::vector<std::string>> broken;
    std::size_t height = 1;
    for (std::size_t c = 0; c < texts.size(); ++c) {
        broken.push_back(wrapped(texts[c], std::max<std::size_t>(layout.widths[c], 2)));
        height = std::max(height, broken.back().size());
    }
    std::string result;
    for (std::size_t h = 0; h < height; ++h) {
        std::string line;
        for (std::size_t c = 0; c < broken.size(); ++c) {
            const std::string part = h < broken[c].size() ? broken[c][h] : "";
            line += padded(part, layout.widths[c], is_figure(*layout.columns[c]));
            line += std::string(gap, ' ');
        }
        drop_trailing_spaces(line);
        result += line + '\n';
    }
    return result;
}

std::string rule(const Layout& layout) {
    std::string line;
    for (const std::size_t width : layout.widths) {
        line += std::string(width, '-') + std::string(gap, ' ');
    }
    drop_trailing_spaces(line);
    return line + '\n';
}

std::string emphasised(std::string_view text, const TextStyle& style) {
    return style.colour ? std::string(bold) + std::string(text) + std::string(plain)
                        : std::string(text);
}

std::string as_grid(const Layout& layout, const TextStyle& style) {
    std::string head = lines_of(layout, layout.titles);
    head.pop_back();
    std::string text = emphasised(head, style) + '\n' + rule(layout);
    for (const std::vector<std::string>& row : layout.cells) {
        text += lines_of(layout, row);
    }
    return text;
}

std::string paragraph(std::string_view text, std::size_t width) {
    std::string result;
    for (const std::string& line : wrapped(text, width)) {
        result += line + '\n';
    }
    return result;
}

/// For terminals that are narrower than the table: one line for each value.
std::string as_list(const Layout& layout, const TextStyle& style) {
    std::string text;
    for (const std::vector<std::string>& row : layout.cells) {
        text += text.empty() ? "" : "\n";
        for (std::size_t c = 0; c < row.size(); ++c) {
            text += paragraph(layout.titles[c] + ": " + row[c], style.width);
        }
    }
    return text;
}

std::string table_text(const Section& section, const TextStyle& style) {
    Layout layout = lay_out(section);
    return fit(layout, style.width) ? as_grid(layout, style) : as_list(layout, style);
}

void add_part(std::string& text, const std::string& part) {
    text += text.empty() || part.empty() ? "" : "\n";
    text += part;
}

void add_paragraphs(std::string& text, const std::vector<Sentence>& parts, std::size_t width) {
    for (const Sentence& part : parts) {
        add_part(text, paragraph(printable(part.text), width));
    }
}

std::string charts_text(const Section& section, const TextStyle& style) {
    constexpr std::size_t narrowest_chart = 40;
    std::string text;
    if (style.width >= narrowest_chart) {
        for (const app::Chart& chart : section.charts) {
            add_part(text, chart_text(chart, style));
        }
    }
    return text;
}

void add_section(std::string& text, const Section& section, const TextStyle& style) {
    const std::string charts = charts_text(section, style);
    std::string body = charts;
    const bool has_no_room = charts.empty() && !section.charts.empty();
    if (section.rows.empty()) {
        add_part(body, paragraph(printable(section.if_empty), style.width));
    } else if (section.shown != In::data || has_no_room) {
        add_part(body, table_text(section, style));
    }
    std::string part;
    if (!section.heading.empty() && !body.empty()) {
        for (const std::string& line : wrapped(printable(section.heading), style.width)) {
            part += emphasised(line, style) + '\n';
        }
        part += '\n';
    }
    add_part(text, part + body);
    add_paragraphs(text, section.notes, style.width);
}

}  // namespace

std::optional<Format> parse_format(std::string_view text) {
    struct Name {
        std::string_view text;
        Format format;
    };

    constexpr std::array names{
        Name{"table", Format::table},
        Name{"csv", Format::csv},
        Name{"xlsx", Format::xlsx},
        Name{"json", Format::json},
        Name{"html", Format::html}};
    const auto* const found = std::ranges::find(names, text, &Name::text);
    return found == names.end() ? std::nullopt : std::optional{found->format};
}

std::string to_text(const Report& report, const TextStyle& given) {
    constexpr std::size_t narrowest = 20;
    TextStyle style = given;
    style.width = std::max(given.width, narrowest);
    std::string text;
    add_paragraphs(text, report.introduction, style.width);
    for (const Section& section : report.sections) {
        add_section(text, section, style);
    }
    add_paragraphs(text, report.notes, style.width);
    return text;
}

}  // namespace adic::cli
