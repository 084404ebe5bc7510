#include "adic/app/html_text.hpp"

#include "render/figures.hpp"
#include "render/layout.hpp"
#include "render/render.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::html;

constexpr std::string_view style = R"(
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
body { font: 10pt/1.4 "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans", sans-serif;
  color: #111; background: #fff; max-width: 186mm; margin: 0 auto; padding: 5mm; }
@media print { body { padding: 0; font-size: 8.6pt; } }
h1 { font-size: 15pt; line-height: 1.2; margin: 0 0 2mm; }
h2 { font-size: 11pt; margin: 5mm 0 1.5mm; border-bottom: 0.5pt solid #333; }
p { margin: 1.5mm 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.92em; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: left; border-bottom: 0.5pt solid #333; vertical-align: bottom; }
td, th { padding: 0.6mm 0 0.6mm 2.5mm; }
td:first-child, th:first-child { padding-left: 0; }
td { border-bottom: 0.25pt solid #ccc; vertical-align: top; }
.figure { text-align: right; white-space: nowrap; }
.word { white-space: nowrap; }
figure { margin: 2mm 0; break-inside: avoid; }
figcaption { font-weight: bold; font-size: 0.92em; }
svg { width: 100%; display: block; }
footer { margin-top: 5mm; font-size: 0.85em; color: #444; }
code { font: 0.95em "DejaVu Sans Mono", "Liberation Mono", monospace; }
.wide { overflow-x: auto; }
@media print { .wide { overflow: visible; } }
)";

std::string paragraphs(const std::vector<Sentence>& sentences) {
    std::string result;
    for (const Sentence& sentence : sentences) {
        result += fmt::format("<p>{}</p>\n", html(sentence.text));
    }
    return result;
}

std::string_view class_of(const Column& column) {
    if (is_figure(column)) {
        return "figure";
    }
    return column.show == Show::word ? "word" : "text";
}

std::string head_of(const Layout& layout) {
    std::string text = "<thead><tr>";
    for (std::size_t c = 0; c < layout.columns.size(); ++c) {
        const Column& column = *layout.columns[c];
        text += fmt::format(
            R"(<th class="{}" title="{}">{}</th>)",
            class_of(column),
            html(column.help),
            html(layout.titles[c])
        );
    }
    return text + "</tr></thead>\n";
}

std::string row_of(const Layout& layout, const std::vector<std::string>& cells) {
    std::string text = "<tr>";
    for (std::size_t c = 0; c < cells.size(); ++c) {
        text +=
            fmt::format(R"(<td class="{}">{}</td>)", class_of(*layout.columns[c]), html(cells[c]));
    }
    return text + "</tr>\n";
}

std::string table_of(const Section& section) {
    const Layout layout = lay_out(section);
    std::string text = "<div class=\"wide\"><table>\n" + head_of(layout) + "<tbody>\n";
    for (const std::vector<std::string>& cells : layout.cells) {
        text += row_of(layout, cells);
    }
    return text + "</tbody></table></div>\n";
}

std::string charts_of(const Section& section) {
    std::string text;
    const auto draw = [&text](const auto& chart) {
        text += "<figure>";
        if (!chart.title.empty()) {
            text += fmt::format("<figcaption>{}</figcaption>", html(chart.title));
        }
        text += app::to_svg(chart) + "</figure>\n";
    };
    std::ranges::for_each(section.charts, draw);
    std::ranges::for_each(section.bars, draw);
    return text;
}

/// The text without the full stop that a heading has none of.
std::string_view heading_of(std::string_view text) {
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

std::string section_of(const Section& section) {
    std::string text = "<section>\n";
    if (!section.heading.empty()) {
        text += fmt::format("<h2>{}</h2>\n", html(section.heading));
    }
    text += charts_of(section);
    if (section.rows.empty()) {
        text += section.if_empty.empty() ? "" : paragraphs({section.if_empty});
    } else if (section.shown != In::data || section.charts.empty()) {
        text += table_of(section);
    }
    return text + paragraphs(section.notes) + "</section>\n";
}

}  // namespace

std::string to_html(const Report& report, std::string_view command_line) {
    const bool has_title = !report.introduction.empty();
    const std::string title =
        html(has_title ? heading_of(report.introduction.front().text) : command_line);
    std::string text = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
        title,
        style
    );
    for (std::size_t i = 1; i < report.introduction.size(); ++i) {
        text += paragraphs({report.introduction[i]});
    }
    for (const Section& section : report.sections) {
        text += section_of(section);
    }
    return text + paragraphs(report.notes)
           + fmt::format(
               "<footer><p>To see it again: <code>{}</code></p></footer>\n</body>\n</html>\n",
               html(command_line)
           );
}

}  // namespace adic::cli
