#include "adic/app/brief.hpp"
#include "adic/app/html_text.hpp"
#include "adic/app/words.hpp"

#include "brief_shock.hpp"
#include "chain_svg.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::SupplyMap;

constexpr std::size_t listed_bottlenecks = 6;
constexpr std::size_t listed_sources = 8;

constexpr std::string_view style = R"(
@page { size: A4; margin: 10mm 11mm; }
* { box-sizing: border-box; }
body { font: 8.6pt/1.3 "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans", sans-serif;
  color: #111; max-width: 188mm; margin: 0 auto; padding: 4mm 0; }
@media print { body { padding: 0; } }
h1 { font-size: 15pt; line-height: 1.15; margin: 0; }
h2 { font-size: 10pt; margin: 3mm 0 1mm; border-bottom: 0.5pt solid #333; }
p { margin: 1mm 0; }
.about { color: #444; }
ol.findings { margin: 2mm 0; padding: 1.5mm 3mm 1.5mm 8mm; border: 0.8pt solid #333;
  font-size: 9.4pt; }
ol.findings li { margin: 0.5mm 0; }
ol.findings span { font-size: 8pt; }
code { font: 7.4pt/1.2 "DejaVu Sans Mono", "Liberation Mono", monospace; color: #444; }
table { border-collapse: collapse; width: 100%; font-size: 8pt; }
th { text-align: left; font-weight: bold; border-bottom: 0.5pt solid #333; vertical-align: bottom; }
td, th { padding: 0.3mm 1.2mm 0.3mm 0; }
td { border-bottom: 0.25pt solid #ccc; vertical-align: top; }
td.figure, th.figure { text-align: right; white-space: nowrap; }
td.whole { white-space: nowrap; }
td + td, th + th { padding-left: 1.2mm; }
.views { display: grid; grid-template-columns: 1fr 1fr; gap: 5mm; }
svg { width: 100%; max-height: 100mm; display: block; }
.legend { display: flex; flex-wrap: wrap; gap: 1mm 4mm; font-size: 7.4pt; margin: 1mm 0;
  align-items: center; }
.legend svg { width: 8mm; height: 3mm; display: inline-block;
  vertical-align: -0.4mm; margin-right: 1mm; }
.shock { break-inside: avoid; }
.shock h3 { font-size: 8.6pt; margin: 1.5mm 0 0; }
.shock svg.chart { max-width: 152mm; }
.shock .said { font-size: 9.4pt; font-weight: bold; }
.shock .small { font-size: 7.6pt; color: #333; margin-top: 1mm; }
footer { font-size: 7.2pt; color: #333; margin-top: 2mm; }
)";

std::string cell(std::string_view text) {
    return fmt::format("<td>{}</td>", html(text));
}

std::string figure(std::string_view text) {
    return fmt::format("<td class=\"figure\">{}</td>", html(text));
}

std::string nowrap(std::string_view text) {
    return fmt::format("<td class=\"whole\">{}</td>", html(text));
}

std::string findings(const Brief& brief) {
    std::string text = "<ol class=\"findings\">\n";
    for (const Finding& finding : brief.findings) {
        text += fmt::format(
            "<li>{} <span>{}</span> <code>{}</code></li>\n",
            html(finding.sentence),
            html(finding.basis),
            html(finding.command)
        );
    }
    return text + "</ol>\n";
}

std::string states_text(const SupplyMap& map, const BriefTarget& target) {
    std::string text;
    for (const model::StateIndex state : target.stopped_by) {
        text += (text.empty() ? "" : ", ") + map.states[state].id;
    }
    return text.empty() ? "none" : text;
}

/// The likely figure, or the bounds where some probability is not known.
std::string stop_text(const BriefTarget& target) {
    if (target.stop_probability) {
        return percent(*target.stop_probability);
    }
    return target.at_most ? "not known, at most " + percent(*target.at_most) : "not known";
}

std::string targets_table(const SupplyMap& map, const BriefView& view) {
    std::string text =
        "<table>\n<thead><tr><th>Item</th><th class=\"figure\">things in chain</th>"
        "<th class=\"figure\">suppliers known</th><th>stopped by any one of</th>"
        "<th class=\"figure\">stops, a year</th></tr></thead>\n<tbody>\n";
    for (const BriefTarget& target : view.targets) {
        const double covered = target.items == 0 ? 0.0
                                                 : static_cast<double>(target.items_with_shares)
                                                       / static_cast<double>(target.items);
        text += "<tr>" + cell(map.items[target.item].name) + figure(std::to_string(target.items))
                + figure(percent(covered)) + cell(states_text(map, target))
                + figure(stop_text(target)) + "</tr>\n";
    }
    return text + "</tbody></table>\n";
}

std::string largest_text(const SupplyMap& map, const supply::Bottleneck& found) {
    if (!found.largest) {
        return "-";
    }
    return map.states[found.largest->state].id + ' ' + percent(found.largest->share.likely());
}

std::string rank_text(const supply::Bottleneck& found) {
    if (found.rank_from == found.rank_to) {
        return std::to_string(found.rank);
    }
    return fmt::format("{} ({}\xE2\x80\x93{})", found.rank, found.rank_from, found.rank_to);
}

std::string bottlenecks_table(const SupplyMap& map, const BriefView& view) {
    std::string text = fmt::format(
        "<div><h2>Bottlenecks with {} inside</h2>\n<table>\n<thead><tr><th "
        "class=\"figure\">rank</th>"
        "<th>bottleneck</th><th>largest</th><th class=\"figure\">stops</th>"
        "<th class=\"figure\">states</th><th>sure</th></tr></thead>\n<tbody>\n",
        html(name_of(map, view.viewpoint))
    );
    const auto& ranked = view.ranking.bottlenecks;
    for (std::size_t i = 0; i < std::min(ranked.size(), listed_bottlenecks); ++i) {
        const supply::Bottleneck& found = ranked[i];
        const std::string states =
            found.states_to_stop ? std::to_string(*found.states_to_stop) : "-";
        text += "<tr>" + figure(rank_text(found)) + cell(map.items[found.item].name)
                + nowrap(largest_text(map, found))
                + figure(fmt::format("{} of {}", found.stops.size(), view.targets.size()))
                + figure(states) + cell(std::string(1, model::letter(found.confidence)))
                + "</tr>\n";
    }
    return text + "</tbody></table></div>\n";
}

std::string swatch(std::string_view fill, std::string_view meaning) {
    return fmt::format(
        "<span><svg viewBox=\"0 0 32 12\" aria-hidden=\"true\"><rect x=\"0.5\" y=\"0.5\" "
        "width=\"31\" "
        "height=\"11\" fill=\"{}\" stroke=\"#333\"/></svg>{}</span>\n",
        fill,
        html(meaning)
    );
}

std::string legend() {
    return "<div class=\"legend\">\n" + swatch("url(#level3)", "concentration above 0.40")
           + swatch("url(#level2)", "0.18 to 0.40") + swatch("url(#level1)", "below 0.18")
           + swatch("url(#hatch)", "not known") + swatch("#1a7a3c", "bar: from inside")
           + swatch("#c9c9c9", "from outside")
           + "<span>number: rank</span>\n<span>dashed: through items not drawn</span>\n</div>\n";
}

std::string sources_text(const SupplyMap& map, const Brief& brief) {
    std::string text = "<p><b>Sources.</b> ";
    for (std::size_t i = 0; i < std::min(brief.sources.size(), listed_sources); ++i) {
        const model::Source& source = map.sources[brief.sources[i]];
        text += fmt::format(
            "{}{}, {} ({}){}",
            i == 0 ? "" : "; ",
            html(source.title),
            html(source.publisher),
            source.year,
            source.licence.empty() ? "" : ", " + html(source.licence)
        );
    }
    if (brief.sources.size() > listed_sources) {
        text += fmt::format("; and {} more", brief.sources.size() - listed_sources);
    }
    return text + ".</p>\n";
}

std::string footer(const SupplyMap& map, const Brief& brief) {
    return "<footer>\n"
           "<p><b>How to read it.</b> Concentration: sum of squared shares of the known origins, 1 "
           "is "
           "a single origin. Largest: supplier outside, and its share. Stops: of the items asked "
           "about, those that stop when the bottleneck "
           "is "
           "short. States: how many outside together are enough to stop it. Rank "
           "in "
           "brackets: how it moves when uncertain figures move. Sure, of the figures of its "
           "supply: A primary record to E "
           "unverified. Public figures and marked judgement only; advice, not a decision.</p>\n"
           + sources_text(map, brief) + "</footer>\n";
}

std::string headline(const SupplyMap& map, const Brief& brief) {
    if (brief.views.front().targets.size() == 1) {
        return map.items[brief.views.front().targets.front().item].name + ": what can stop it";
    }
    return brief.title.empty() ? "What can stop these items" : brief.title;
}

std::string about(const SupplyMap& map, const Brief& brief) {
    const std::string date =
        brief.period ? "Figures of " + spoken(*brief.period) : "No dated figures";
    return fmt::format(
        "<p class=\"about\">{}. Drawn with {} inside.</p>\n",
        html(date),
        html(name_of(map, brief.views.front().viewpoint))
    );
}

}  // namespace

std::string to_html(const SupplyMap& map, const Brief& brief) {
    const std::string title = html(headline(map, brief));
    std::string text = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
        title,
        style
    );
    text += about(map, brief) + findings(brief) + targets_table(map, brief.views.front());
    text += "<h2>The chain: from what is asked about to what can stop it</h2>\n";
    text += to_svg(map, brief.views.front(), brief.chain) + legend();
    text += "<div class=\"views\">\n";
    for (const BriefView& view : brief.views) {
        text += bottlenecks_table(map, view);
    }
    text += "</div>\n" + footer(map, brief);
    for (const BriefShock& shock : brief.shocks) {
        text += to_html(map, brief.views.front(), shock);
    }
    return text + "</body>\n</html>\n";
}

}  // namespace adic::app
