#include "adic/app/brief.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "list_commands.hpp"
#include "render/figures.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::size_t shown_bottlenecks = 5;

constexpr std::array target_columns{
    Column{"viewpoint", "inside", "who counts as inside", Show::word, 0, In::data},
    Column{"item", "item", "identifier of an item of the map", Show::word, 0, In::data},
    Column{"name", "item", "its name"},
    Column{
        "items",
        "things in its chain",
        "items that it takes, over all tiers, and itself",
        Show::count},
    Column{
        "covered",
        "suppliers known",
        "part of those for which some supplier's share is known",
        Show::share},
    Column{"stopped_by", "one state that stops it", "states outside that stop it alone"},
    Column{
        "stop_probability",
        "stops, a year",
        "probability that it stops within a year",
        Show::share},
};

constexpr std::array bottleneck_columns{
    Column{"viewpoint", "inside", "who counts as inside", Show::word, 0, In::data},
    Column{"rank", "rank", "1 is the worst", Show::count},
    Column{"item", "item", "identifier of the bottleneck", Show::word, 0, In::data},
    Column{"name", "bottleneck", "its name"},
    Column{"largest_state", "largest outside", "largest supplier outside", Show::word},
    Column{
        "largest_share",
        "its share",
        "and its share of the supply",
        Show::share,
        0,
        In::all,
        true},
    Column{"stops_count", "stops", "how many of the items it stops", Show::count},
    Column{
        "confidence",
        "sure",
        "A to E: the weakest of the figures of its supply (not of needs and hazards)",
        Show::word},
};

constexpr std::array finding_columns{
    Column{
        "finding",
        "What a minister should know",
        "a finding, and on which confidence its parts rest, the weakest first"},
    Column{"confidence", "sure", "A to E: the weakest of all facts that it rests on", Show::word},
    Column{"command", "and how to check it", "the command that proves it"},
};

constexpr std::array shapes{
    Shape{"items", target_columns},
    Shape{"bottlenecks", bottleneck_columns},
    Shape{"findings", finding_columns},
};

constexpr std::array<std::string_view, 1> description{
    "Reads the sample map, says what is known about each of its items, ranks the bottlenecks for "
    "each "
    "viewpoint, ends with three findings and the commands that prove them, and writes the same as "
    "one "
    "printable page."};

constexpr std::array options{
    Option{
        .name = "--brief",
        .value = "FILE",
        .help = "where the page is written",
        .standard = "adic-brief.html",
        .completes = Completes::file},
    inside_option,
    map_option,
    as_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic demo", "The tour of the sample; adic-brief.html is in this folder afterwards."},
    Example{
        "adic demo --inside ASEAN,VNM --brief brief.html",
        "The same with Viet Nam as the one state."},
};

Section targets_section(const model::SupplyMap& map, const app::BriefView& view) {
    Section section{
        "What is asked about, " + seen_from(view.viewpoint),
        &shapes[0],
        {},
        "Nothing.",
        {}};
    for (const app::BriefTarget& target : view.targets) {
        std::string states;
        for (const model::StateIndex state : target.stopped_by) {
            states += (states.empty() ? "" : ", ") + map.states[state].id;
        }
        const double items = target.items;
        section.rows.push_back(
            {view.viewpoint.label,
             map.items[target.item].id,
             map.items[target.item].name,
             std::uint64_t{target.items},
             items > 0 ? Cell{target.items_with_shares / items} : Cell{},
             states.empty() ? Cell{} : Cell{states},
             target.stop_probability ? Cell{*target.stop_probability} : Cell{}}
        );
    }
    return section;
}

Section bottlenecks_section(const model::SupplyMap& map, const app::BriefView& view) {
    Section section{
        "The worst bottlenecks, " + seen_from(view.viewpoint),
        &shapes[1],
        {},
        "Nothing can be stopped by states outside.",
        {}};
    const auto& ranked = view.ranking.bottlenecks;
    for (std::size_t i = 0; i < std::min(ranked.size(), shown_bottlenecks); ++i) {
        const supply::Bottleneck& found = ranked[i];
        section.rows.push_back(
            {view.viewpoint.label,
             std::uint64_t{found.rank},
             map.items[found.item].id,
             map.items[found.item].name,
             found.largest ? Cell{map.states[found.largest->state].id} : Cell{},
             found.largest ? Cell{found.largest->share} : Cell{},
             std::uint64_t{found.stops.size()},
             std::string(1, model::letter(found.confidence))}
        );
    }
    return section;
}

Section findings_section(const app::Brief& brief) {
    Section section{"", &shapes[2], {}, "Nothing.", {}};
    for (const app::Finding& finding : brief.findings) {
        section.rows.push_back(
            {finding.basis.empty() ? finding.sentence : finding.sentence + ' ' + finding.basis,
             finding.confidence ? Cell{std::string(1, model::letter(*finding.confidence))} : Cell{},
             finding.command}
        );
    }
    return section;
}

std::string introduction(const model::SupplyMap& map, const app::Brief& brief) {
    const std::string figures =
        brief.period ? " with figures of " + model::to_text(*brief.period) : std::string{};
    return fmt::format(
        "{}: {} items, {} needs and {} shares of supply{}, from {} sources. Below: what is asked "
        "about, where few suppliers can stop it, and how sure that is.",
        map.title,
        map.items.size(),
        map.needs.size(),
        map.supplies.size(),
        figures,
        map.sources.size()
    );
}

Report report_of(const model::SupplyMap& map, const app::Brief& brief, const std::string& file) {
    Report report{{introduction(map, brief)}, {}, {}};
    report.sections.push_back(targets_section(map, brief.views.front()));
    for (const app::BriefView& view : brief.views) {
        report.sections.push_back(bottlenecks_section(map, view));
    }
    report.sections.push_back(findings_section(brief));
    report.notes.push_back("The same as one printable page: " + file);
    return report;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    app::BriefRequest request;
    ADIC_TRY(request.targets, app::find_targets(opened->index(), {}));
    ADIC_TRY(request.viewpoints, chosen_viewpoints(words, session, opened->map()));
    ADIC_TRY(const app::Brief brief, app::make_brief(opened->index(), request, session.progress));
    const std::string& file = words.text("--brief");
    if (const auto problem = write_file(file, app::to_html(opened->map(), brief))) {
        return *problem;
    }
    return Outcome{report_of(opened->map(), brief, file)};
}

}  // namespace

Command demo_command() {
    return {
        .name = "demo",
        .summary = "a tour of the sample map: what hangs on whom, and how sure we are",
        .description = description,
        .arguments = {},
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
