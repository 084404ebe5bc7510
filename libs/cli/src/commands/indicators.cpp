#include "adic/base/text.hpp"
#include "adic/supply/indicators/indicator.hpp"
#include "adic/supply/indicators/item_facts.hpp"
#include "adic/supply/indicators/readings_by_viewpoint.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"
#include "render/cells.hpp"
#include "render/figures.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

using supply::Indicator;
using supply::Reading;

constexpr int digits = 3;

constexpr std::array reading_columns{
    Column{"viewpoint", "", "who counts as inside", Show::word, 0, In::data},
    Column{"item", "item", "identifier of the item", Show::word},
    Column{"indicator", "indicator", "name of the indicator", Show::word},
    Column{
        "value",
        "value (low-high)",
        "its figure; the bounds hold for every way in which the unknown could turn out",
        Show::significant,
        digits,
        In::all,
        true},
    Column{"unit", "unit", "unit of the figure", Show::word, 0, In::data},
    Column{"threshold", "alert", "level at which it asks for attention", Show::significant, digits},
    Column{
        "flag",
        "flag",
        "whether the figure passes that level: certain, possible or no",
        Show::word},
    Column{"covered", "covered", "part of its inputs that is recorded", Show::share},
    Column{
        "absence",
        "",
        "why there is no figure: undefined or unknown, and the reason",
        Show::text,
        0,
        In::data},
};

/// The same columns with one that a table leaves out, because its heading says it.
template <std::size_t n>
constexpr std::array<Column, n> less(std::array<Column, n> columns, std::string_view key) {
    for (Column& column : columns) {
        column.in = column.key == key ? In::data : column.in;
    }
    return columns;
}

constexpr std::array columns_of_item = less(reading_columns, "item");
constexpr std::array columns_of_indicator = less(reading_columns, "indicator");

constexpr std::array factor_columns{
    Column{"viewpoint", "", "who counts as inside", Show::word, 0, In::data},
    Column{"item", "item", "identifier of the item", Show::word, 0, In::data},
    Column{"indicator", "indicator", "name of the indicator", Show::word},
    Column{"factor", "made of", "what the figure is made of"},
    Column{"about", "about", "the state or bloc that the factor speaks of", Show::word},
    Column{"value", "value", "the factor's figure", Show::significant, digits, In::all, true},
};

constexpr std::array method_columns{
    Column{"indicator", "indicator", "name of the indicator", Show::word},
    Column{"title", "title", "what it says"},
    Column{"equation", "equation", "how it is computed"},
    Column{"unit", "unit", "unit of the figure", Show::word, 0, In::data},
    Column{"threshold", "alert", "level at which it asks for attention", Show::significant, digits},
    Column{"source", "source", "who published the method"},
};

constexpr std::array shapes{
    Shape{"readings", columns_of_item},
    Shape{"factors", factor_columns},
    Shape{"methods", method_columns},
};

constexpr Shape readings_of_indicator{"readings", columns_of_indicator};

constexpr std::array<std::string_view, 3> description{
    "What each indicator says about items: its figure with bounds, how much of its inputs is "
    "recorded, "
    "and whether it passes the level at which it asks for attention. 'certain' means that the "
    "whole "
    "interval is on the bad side, 'possible' that it touches it; a figure that cannot be had is "
    "left "
    "out with the reason, never set to zero.",
    "Without an item, the indicators themselves are listed, with equation and source.",
    "docs/reference/indicators/ has a page on each."};

constexpr std::array arguments{Argument{
    .name = "ITEM",
    .help = "identifier or name of an item",
    .is_required = false,
    .is_repeated = true}};

constexpr std::array options{
    Option{.name = "--only", .value = "LIST", .help = "only these indicators, separated by commas"},
    Option{.name = "--all", .value = "", .help = "every item of the map"},
    Option{
        .name = "--explain",
        .value = "",
        .help = "add what each figure is made of, its equation and its sources"},
    inside_option,
    side_by_side_option,
    map_option,
    as_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic indicators", "The indicators, with equation and source."},
    Example{"adic indicators gallium --explain", "All that can be said about gallium, and why."},
    Example{
        "adic indicators gallium --inside IDN,ASEAN --side-by-side",
        "The national and the regional view of gallium in one table."},
    Example{
        "adic indicators --all --only concentration --inside IDN --format csv",
        "One indicator for every item, for a spreadsheet."},
};

Error unknown_indicator(std::string_view name) {
    std::vector<std::string_view> known;
    for (const Indicator* indicator : supply::indicators()) {
        known.push_back(indicator->name);
    }
    std::string message = fmt::format("'{}' is not an indicator", name);
    if (const auto nearest = nearest_word(name, known)) {
        message += fmt::format("; did you mean '{}'?", *nearest);
    }
    return Error{ErrorCode::not_found, message + "\n'adic indicators' lists them all.", {}};
}

Result<std::vector<const Indicator*>> chosen_indicators(const Invocation& words) {
    if (!words.has("--only")) {
        const auto all = supply::indicators();
        return std::vector<const Indicator*>{all.begin(), all.end()};
    }
    std::vector<const Indicator*> chosen;
    const std::string& names = words.text("--only");
    for (const std::string_view name : split(names, ',')) {
        const Indicator* found = supply::find_indicator(trimmed(name));
        if (found == nullptr) {
            return unknown_indicator(trimmed(name));
        }
        chosen.push_back(found);
    }
    return chosen;
}

struct Question {
    const app::OpenedMap& opened;
    std::vector<model::ItemIndex> items;
    std::vector<const Indicator*> indicators;
    bool explain;
};

/// One item as seen from one viewpoint.
struct Seat {
    const model::SupplyMap& map;
    const supply::Viewpoint& viewpoint;
    model::ItemIndex item;
};

std::string absence_of(const Reading& reading) {
    const supply::NoFigure* absence = reading.absence();
    if (absence == nullptr) {
        return {};
    }
    const bool is_undefined = absence->kind == supply::NoFigure::Kind::undefined;
    return fmt::format("{}: {}", is_undefined ? "undefined" : "unknown", absence->reason);
}

Section methods_section(const std::vector<const Indicator*>& indicators) {
    const supply::IndicatorParameters parameters;
    Section section{"", &shapes[2], {}, "None.", {}};
    for (const Indicator* indicator : indicators) {
        section.rows.push_back(
            {std::string(indicator->name),
             std::string(indicator->title),
             std::string(indicator->equation),
             std::string(indicator->unit),
             cell_of(supply::threshold_of(*indicator, parameters)),
             std::string(indicator->source)}
        );
    }
    return section;
}

Row reading_row(const Seat& at, const Indicator& indicator, const Reading& reading) {
    return {
        at.viewpoint.label,
        at.map.items[at.item].id,
        std::string(indicator.name),
        reading.value() != nullptr ? Cell{*reading.value()} : Cell{},
        std::string(indicator.unit),
        cell_of(reading.threshold),
        reading.value() != nullptr ? Cell{std::string(supply::name_of(reading.flag))} : Cell{},
        reading.covered,
        absence_of(reading)};
}

void add_factors(
    Section& section,
    const Seat& at,
    const Indicator& indicator,
    const Reading& reading
) {
    for (const supply::Factor& factor : reading.factors) {
        std::string about;
        if (factor.state) {
            about = at.map.states[*factor.state].id;
        } else if (factor.bloc) {
            about = at.map.blocs[*factor.bloc].id;
        }
        section.rows.push_back(
            {at.viewpoint.label,
             at.map.items[at.item].id,
             std::string(indicator.name),
             std::string(factor.label),
             about,
             factor.value ? Cell{*factor.value} : Cell{}}
        );
    }
    std::string notes;
    for (const std::string_view note : reading.notes) {
        notes += fmt::format("{}{}", notes.empty() ? "" : "; ", note);
    }
    const Words sources = sources_of(at.map, reading.facts);
    if (notes.empty() && sources.empty()) {
        return;
    }
    std::string note = fmt::format(
        "{}: {}{}sources: {}.",
        indicator.name,
        notes,
        notes.empty() ? "" : "; ",
        sources.empty() ? "none" : fmt::format("{}", fmt::join(sources, ", "))
    );
    if (std::ranges::find(section.notes, note) == section.notes.end()) {
        section.notes.push_back(std::move(note));  // another viewpoint may have said the same
    }
}

/// What has no figure, by reason: one sentence for each reason.
void note_absences(Section& section) {
    constexpr std::size_t indicator_column = 2;
    std::vector<std::pair<std::string, Words>> by_reason;
    for (const Row& row : section.rows) {
        const auto& reason = std::get<std::string>(row.back());
        const auto& indicator = std::get<std::string>(row[indicator_column]);
        if (reason.empty()) {
            continue;
        }
        auto found = std::ranges::find(by_reason, reason, &std::pair<std::string, Words>::first);
        if (found == by_reason.end()) {
            found = by_reason.insert(by_reason.end(), {reason, {}});
        }
        if (std::ranges::find(found->second, indicator) == found->second.end()) {
            found->second.push_back(indicator);  // another viewpoint says the same
        }
    }
    for (const auto& [reason, indicators] : by_reason) {
        section.notes.push_back(
            fmt::format("No figure for {} ({}).", fmt::join(indicators, ", "), reason)
        );
    }
}

/// The viewpoints of one table, and how it is called.
struct Table {
    std::span<const supply::IndicatorContext> contexts;
    std::string from;
};

/// Everything about one item.
void add_item(Report& report, const Question& question, const Table& table, model::ItemIndex item) {
    const std::string about =
        fmt::format("{}, {}", question.opened.map().items[item].name, table.from);
    Section readings{about, &shapes[0], {}, "No indicators.", {}};
    Section factors{"What the figures are made of: " + about, &shapes[1], {}, "Nothing.", {}};
    for (const supply::IndicatorContext& context : table.contexts) {
        const Seat at{question.opened.map(), context.viewpoint(), item};
        const supply::ItemRecord record{context.tables(), item};
        const supply::ItemFacts facts{context, record};
        for (const Indicator* indicator : question.indicators) {
            const Reading reading = indicator->evaluate(facts);
            readings.rows.push_back(reading_row(at, *indicator, reading));
            if (question.explain) {
                add_factors(factors, at, *indicator, reading);
            }
        }
    }
    note_absences(readings);
    if (table.contexts.size() > 1) {
        readings.side_by_side = {"viewpoint", {"indicator", "threshold"}, {"value"}};
        factors.side_by_side = {"viewpoint", {"indicator", "factor", "about"}, {"value"}};
    }
    report.sections.push_back(std::move(readings));
    if (question.explain) {
        report.sections.push_back(std::move(factors));
    }
}

/// One indicator of many items.
void add_indicator(Report& report, const Question& question, const Table& table) {
    const Indicator& indicator = *question.indicators.front();
    Section readings{
        fmt::format("{}, {}", indicator.title, table.from),
        &readings_of_indicator,
        {},
        "No items.",
        {}};
    for (const supply::IndicatorContext& context : table.contexts) {
        std::size_t without = 0;
        for (const model::ItemIndex item : question.items) {
            const Seat at{question.opened.map(), context.viewpoint(), item};
            const Reading reading = supply::evaluate(indicator, context, item);
            without += reading.value() == nullptr ? 1U : 0U;
            readings.rows.push_back(reading_row(at, indicator, reading));
        }
        readings.notes.push_back(fmt::format(
            "{} of {} items have no figure{}.",
            without,
            question.items.size(),
            table.contexts.size() > 1 ? " with " + context.viewpoint().label : ""
        ));
    }
    if (table.contexts.size() > 1) {
        readings.side_by_side = {"viewpoint", {"item", "threshold"}, {"value"}};
    }
    report.sections.push_back(std::move(readings));
}

void add_sections(Report& report, const Question& question, const Table& table) {
    const bool is_list = question.indicators.size() == 1 && question.items.size() > 1;
    if (is_list && !question.explain) {
        add_indicator(report, question, table);
        return;
    }
    for (const model::ItemIndex item : question.items) {
        add_item(report, question, table, item);
    }
}

Result<Question> question_of(const Invocation& words, const app::OpenedMap& opened) {
    ADIC_TRY(std::vector<const Indicator*> indicators, chosen_indicators(words));
    Question question{opened, {}, std::move(indicators), words.has("--explain")};
    if (words.has("--all")) {
        for (std::uint32_t i = 0; i < opened.map().items.size(); ++i) {
            question.items.emplace_back(i);
        }
        return question;
    }
    ADIC_TRY(question.items, app::find_targets(opened.index(), words.texts("ITEM")));
    return question;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (!words.has("ITEM") && !words.has("--all")) {
        ADIC_TRY(const auto indicators, chosen_indicators(words));
        return Outcome{Report{{}, {methods_section(indicators)}, {}}};
    }
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const Question question, question_of(words, *opened));
    ADIC_TRY(const auto viewpoints, chosen_viewpoints(words, session, opened->map()));
    Report report;
    const auto contexts = supply::contexts_of(opened->index(), viewpoints);
    const std::span<const supply::IndicatorContext> all{contexts};
    if (words.has("--side-by-side")) {
        add_sections(report, question, {all, seen_from(viewpoints)});
    } else {
        for (std::size_t v = 0; v < all.size(); ++v) {
            add_sections(report, question, {all.subspan(v, 1), seen_from(all[v].viewpoint())});
        }
    }
    if (question.explain) {
        report.sections.push_back(methods_section(question.indicators));
    }
    return Outcome{std::move(report)};
}

}  // namespace

Command indicators_command() {
    return {
        .name = "indicators",
        .summary = "measure how concentrated, dependent and exposed items are",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
