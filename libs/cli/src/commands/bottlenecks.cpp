#include "adic/supply/bottlenecks.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_rows.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"
#include "render/cells.hpp"
#include "render/figures.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

using supply::Bottleneck;

constexpr std::array columns{
    Column{"viewpoint", "inside", "who counts as inside", Show::word, 0, In::data},
    Column{"rank", "rank", "1 is the worst", Show::count, 0, In::data},
    Column{
        "rank_from",
        "",
        "5th percentile of the rank when uncertain inputs move",
        Show::count,
        0,
        In::data},
    Column{"rank_to", "", "95th percentile of the rank", Show::count, 0, In::data},
    Column{"ranks", "rank", "", Show::word, 0, In::table},
    Column{
        "item",
        "item",
        "identifier of the item that is the bottleneck",
        Show::word,
        0,
        In::data},
    Column{"name", "bottleneck", "its name"},
    Column{
        "stops",
        "",
        "of the items asked about, those that stop when it is short",
        Show::text,
        0,
        In::data},
    Column{"stops_count", "stops", "how many those are", Show::count},
    Column{"largest_state", "", "largest supplier outside", Show::word, 0, In::data},
    Column{"largest_share", "", "and its share of the supply", Show::share, 0, In::data, true},
    Column{"largest", "largest outside", "", Show::text, 0, In::table},
    Column{
        "states_to_stop_certain",
        "",
        "fewest states outside that stop it whatever the unknown shares are; not known: no number "
        "of them does",
        Show::count,
        0,
        In::data},
    Column{"states_to_stop", "", "the same at the likely shares", Show::count, 0, In::data},
    Column{
        "states_to_stop_possible",
        "",
        "the same if all that is unknown fails with them",
        Show::count,
        0,
        In::data},
    Column{"states", "states to stop it", "", Show::word, 0, In::table},
    Column{"inside_share", "inside", "share of its supply that comes from inside", Show::share},
    Column{"known_share", "known", "share of its supply whose origin is known", Show::share},
    Column{
        "concentration",
        "",
        "sum of squared shares by origin state, of what is known",
        Show::number,
        2,
        In::data},
    Column{
        "stop_probability",
        "",
        "probability that the states' hazards leave less than enough of it within a year",
        Show::share,
        0,
        In::data,
        true},
    Column{
        "expected_stops",
        "",
        "expected number of the items asked about that stop, a year; the list is in this order",
        Show::significant,
        2,
        In::data,
        true},
    Column{"stops_a_year", "stops a year", "", Show::word, 0, In::table},
    Column{
        "confidence",
        "sure",
        "A to E: the weakest of the figures of its supply (not of needs and hazards)",
        Show::word},
};

constexpr std::array blind_spot_columns{
    Column{"viewpoint", "inside", "who counts as inside", Show::word, 0, In::data},
    Column{
        "item",
        "item",
        "identifier of an item of whose supply less than half has a known origin",
        Show::word},
    Column{"name", "blind spot", "its name"},
    Column{
        "stops",
        "",
        "of the items asked about, those that stop when it is short",
        Show::text,
        0,
        In::data},
    Column{"stops_count", "stops", "how many those are", Show::count},
    Column{"known_share", "known", "share of its supply whose origin is known", Show::share},
};

constexpr std::array shapes{
    Shape{"bottlenecks", columns},
    Shape{"blind_spots", blind_spot_columns},
};

constexpr std::array<std::string_view, 2> description{
    "Every item below those asked about whose shortage stops at least one of them, ordered by the "
    "expected number of stops a year. Each comes with what makes it a bottleneck: the largest "
    "supplier outside, how many states together can stop it, how much comes from inside, how much "
    "of the origin is known, and how its rank moves when uncertain inputs move.",
    "What hangs on suppliers that nobody has recorded is listed as a blind spot."};

constexpr std::array arguments{items_argument};

constexpr std::array options{
    Option{
        .name = "--of-each",
        .value = "",
        .help = "ask about every item of the map, so that a list of parts can be looked up in the "
                "answer; items that are named are not looked at"},
    inside_option,
    side_by_side_option,
    top_option("15"),
    enough_option,
    shares_option,
    equipment_option,
    Option{
        .name = "--draws",
        .value = "N",
        .help = "how often uncertain inputs are drawn for the range of a rank",
        .standard = "400"},
    Option{
        .name = "--seed",
        .value = "N",
        .help = "of the draws; the same seed gives the same answer",
        .standard = "1"},
    map_option,
    as_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic bottlenecks",
        "The bottlenecks of all that the map is about, for ASEAN and for one state."},
    Example{
        "adic bottlenecks coastal-patrol-boat --inside IDN+MYS --top 5",
        "The five worst of one item, with Indonesia and Malaysia as one."},
    Example{
        "adic bottlenecks --inside IDN,ASEAN --side-by-side",
        "What changes if Indonesia stands with its neighbours."},
};

/// "1", "2 (1-3)", "none (from 2)": at likely shares, and in brackets what the unknown allows.
std::string states_text(const Bottleneck& found) {
    std::string likely = found.states_to_stop ? std::to_string(*found.states_to_stop) : "none";
    if (found.states_to_stop_possible == found.states_to_stop_certain) {
        return likely;
    }
    const std::uint32_t least = found.states_to_stop_possible.value_or(0);
    if (!found.states_to_stop_certain) {
        return fmt::format("{} (from {})", likely, least);
    }
    return fmt::format("{} ({}-{})", likely, least, *found.states_to_stop_certain);
}

std::string ranks_text(const Bottleneck& found) {
    if (found.rank_from == found.rank_to) {
        return std::to_string(found.rank);
    }
    return fmt::format("{} ({}-{})", found.rank, found.rank_from, found.rank_to);
}

std::string largest_text(const model::SupplyMap& map, const Bottleneck& found) {
    if (!found.largest) {
        return "-";
    }
    static const Column share{"", "", "", Show::share};
    return map.states[found.largest->state].id + ' ' + to_display(found.largest->share, share);
}

/// Likely figure alone: the full interval is in CSV and JSON.
std::string stops_text(const Bottleneck& found) {
    constexpr double least = 0.001;
    if (!found.expected_stops) {
        return "-";
    }
    const double likely = found.expected_stops->likely();
    return likely > 0 && likely < least ? "<0.001" : fmt::format("{:.2g}", likely);
}

Row row_of(
    const model::SupplyMap& map,
    const supply::Viewpoint& viewpoint,
    const Bottleneck& found
) {
    return {
        viewpoint.label,
        std::uint64_t{found.rank},
        std::uint64_t{found.rank_from},
        std::uint64_t{found.rank_to},
        ranks_text(found),
        map.items[found.item].id,
        map.items[found.item].name,
        ids_of(map, found.stops),
        std::uint64_t{found.stops.size()},
        found.largest ? Cell{map.states[found.largest->state].id} : Cell{},
        found.largest ? Cell{found.largest->share} : Cell{},
        largest_text(map, found),
        cell_of(found.states_to_stop_certain),
        cell_of(found.states_to_stop),
        cell_of(found.states_to_stop_possible),
        states_text(found),
        found.inside_share,
        found.known_share,
        found.concentration,
        cell_of(found.stop_probability),
        cell_of(found.expected_stops),
        stops_text(found),
        std::string(1, model::letter(found.confidence))};
}

struct Question {
    std::vector<model::ItemIndex> targets;
    supply::BottleneckOptions options;
    std::uint64_t top;
};

std::vector<model::ItemIndex> every_item(const model::SupplyMap& map) {
    std::vector<model::ItemIndex> items;
    items.reserve(map.items.size());
    for (std::uint32_t i = 0; i < map.items.size(); ++i) {
        items.emplace_back(i);
    }
    return items;
}

Result<Question> question_of(const Invocation& words, const app::OpenedMap& opened) {
    constexpr std::uint64_t most_draws = 1'000'000;
    Question question;
    if (words.has("--of-each")) {
        question.targets = every_item(opened.map());
    } else {
        ADIC_TRY(question.targets, app::find_targets(opened.index(), words.texts("ITEM")));
    }
    ADIC_TRY(question.options.failure, chosen_failure_options(words));
    ADIC_TRY(const std::uint64_t draws, words.whole("--draws", 1, most_draws));
    ADIC_TRY(question.options.seed, words.whole("--seed", 0, UINT64_MAX));
    ADIC_TRY(question.top, words.whole("--top", 0, UINT32_MAX));
    question.options.draws = static_cast<std::uint32_t>(draws);
    return question;
}

/// What the ranking says from one viewpoint.
struct Seen {
    const supply::Viewpoint* viewpoint;
    supply::BottleneckRanking ranking;
};

Row row_of(
    const model::SupplyMap& map,
    const supply::Viewpoint& viewpoint,
    const supply::BlindSpot& spot
) {
    return {
        viewpoint.label,
        map.items[spot.item].id,
        map.items[spot.item].name,
        ids_of(map, spot.stops),
        std::uint64_t{spot.stops.size()},
        spot.known_share};
}

/// What is found from the viewpoints: of each the first `top`, and from the others the same items.
template <typename Found>
void add_rows(
    Section& section,
    const model::SupplyMap& map,
    const std::vector<std::pair<const supply::Viewpoint*, const std::vector<Found>*>>& seen,
    std::uint64_t top
) {
    std::set<model::ItemIndex> shown;
    std::size_t most = 0;
    for (const auto& [viewpoint, list] : seen) {
        most = std::max(most, list->size());
        for (const Found& found : std::span{*list}.first(rows_shown(top, list->size()))) {
            shown.insert(found.item);
        }
    }
    for (const auto& [viewpoint, list] : seen) {
        std::vector<Found> same = *list;
        std::erase_if(same, [&](const Found& found) { return !shown.contains(found.item); });
        for (const Found& found : same) {
            section.rows.push_back(row_of(map, *viewpoint, found));
        }
    }
    if (rows_shown(top, most) < most) {
        section.notes.push_back(fmt::format("The first {} of {}; '--top 0' shows all.", top, most));
    }
}

/// One table of each kind for these viewpoints.
void add_sections(
    Report& report,
    const model::SupplyMap& map,
    std::span<const Seen> seen,
    const std::string& from,
    std::uint64_t top
) {
    std::vector<std::pair<const supply::Viewpoint*, const std::vector<Bottleneck>*>> bottlenecks;
    std::vector<std::pair<const supply::Viewpoint*, const std::vector<supply::BlindSpot>*>> spots;
    for (const Seen& one : seen) {
        bottlenecks.emplace_back(one.viewpoint, &one.ranking.bottlenecks);
        spots.emplace_back(one.viewpoint, &one.ranking.blind_spots);
    }
    Section found{
        fmt::format("Bottlenecks, {}", from),
        &shapes[0],
        {},
        "Nothing below these items can be stopped by states outside.",
        {}};
    add_rows(found, map, bottlenecks, top);
    Section unknown{
        fmt::format("Blind spots, {}", from),
        &shapes[1],
        {},
        "No blind spots: at least half of the supply of every item has a known origin.",
        {}};
    add_rows(unknown, map, spots, top);
    if (seen.size() > 1) {
        found.side_by_side = {"viewpoint", {"name"}, {"ranks", "stops_count", "inside_share"}};
        found.notes.emplace_back("A dash: no bottleneck from there.");
        unknown.side_by_side = {"viewpoint", {"item", "name"}, {"stops_count", "known_share"}};
    }
    report.sections.push_back(std::move(found));
    report.sections.push_back(std::move(unknown));
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const Question question, question_of(words, *opened));
    ADIC_TRY(const auto viewpoints, chosen_viewpoints(words, session, opened->map()));
    std::vector<Seen> seen;
    seen.reserve(viewpoints.size());
    for (const supply::Viewpoint& viewpoint : viewpoints) {
        seen.push_back(
            {&viewpoint,
             supply::rank_bottlenecks(
                 opened->index(),
                 viewpoint,
                 question.targets,
                 question.options,
                 session.progress
             )}
        );
    }
    Report report;
    if (words.has("--side-by-side")) {
        add_sections(report, opened->map(), seen, seen_from(viewpoints), question.top);
    } else {
        for (const Seen& one : seen) {
            const std::string from = seen_from(*one.viewpoint);
            add_sections(report, opened->map(), {&one, 1}, from, question.top);
        }
    }
    if (question.targets.empty()) {
        report.notes.emplace_back("The map has no items.");
        return Outcome{std::move(report)};
    }
    report.notes.push_back(fmt::format(
        "Asked about: {}. Ranks in brackets: 5th to 95th percentile when uncertain shares and "
        "hazards move ({} draws).{}",
        words.has("--of-each")
            ? "every item of the map"
            : fmt::format("{}", fmt::join(ids_of(opened->map(), question.targets), ", ")),
        question.options.draws,
        words.has("--side-by-side")
            ? ""
            : " States to stop it in brackets: if the unknown fails too, and for sure."
    ));
    return Outcome{std::move(report)};
}

}  // namespace

Command bottlenecks_command() {
    return {
        .name = "bottlenecks",
        .summary = "rank the places in the chain where few suppliers can stop an item",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
