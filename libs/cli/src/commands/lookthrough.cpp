#include "adic/supply/lookthrough.hpp"

#include "adic/app/words.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_rows.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"

#include <array>
#include <optional>
#include <set>
#include <span>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using model::SupplyMap;

constexpr std::array origin_columns{
    Column{"viewpoint", "", "who counts as inside", Show::word, 0, In::data},
    Column{"item", "", "identifier of the item asked about", Show::word, 0, In::data},
    Column{
        "origin",
        "origin",
        "state in which that part of the value arises; not known: nobody has recorded it",
        Show::word},
    Column{"name", "name", "the state's name"},
    Column{"is_inside", "inside", "whether the state counts as inside", Show::word},
    Column{
        "share",
        "share of the value (at least-at most)",
        "part of the item's value, over all tiers",
        Show::share,
        0,
        In::all,
        true},
};

constexpr std::array contribution_columns{
    Column{"viewpoint", "", "who counts as inside", Show::word, 0, In::data},
    Column{"item", "", "identifier of the item asked about", Show::word, 0, In::data},
    Column{"origin", "origin", "state in which that part of the value arises", Show::word},
    Column{"through", "through", "identifier of the item by which it comes in", Show::word},
    Column{"name", "name", "its name"},
    Column{
        "share",
        "share of the value",
        "likely part of the value of the item asked about",
        Show::share},
};

constexpr std::array shapes{
    Shape{"origins", origin_columns},
    Shape{"contributions", contribution_columns},
};

constexpr std::array<std::string_view, 2> description{
    "Follows the value of an item through all its tiers to the states in which it arises: not who "
    "sells "
    "the engine, but where everything in it comes from. What nobody has recorded stays unknown and "
    "is "
    "shown as a share of its own; the bounds hold for every way in which the unknown could turn "
    "out.",
    "With --where, the items by which the part of one state comes in. 'unknown' is allowed as a "
    "state "
    "there: it lists what would have to be found out."};

constexpr std::array arguments{Argument{.name = "ITEM", .help = "identifier or name of the item"}};

constexpr std::array options{
    Option{
        .name = "--where",
        .value = "STATE",
        .help = "list the items by which this state's part comes in"},
    inside_option,
    side_by_side_option,
    top_option("15"),
    Option{
        .name = "--with-equipment",
        .value = "",
        .help = "count the machines that make things as well as what goes into them"},
    Option{
        .name = "--as-assumed",
        .value = "",
        .help = "narrower bounds: value shares that are not recorded are taken as the likely "
                "figure assumes them"},
    map_option,
    as_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic lookthrough coastal-patrol-boat",
        "In which states the value of a patrol boat arises, for each viewpoint."},
    Example{
        "adic lookthrough coastal-patrol-boat --where CHN",
        "By which parts the share of China comes in."},
    Example{
        "adic lookthrough coastal-patrol-boat --inside IDN,ASEAN --side-by-side",
        "The national and the regional view in one table."},
    Example{
        "adic lookthrough coastal-patrol-boat --where unknown",
        "What would have to be found out first."},
};

struct Question {
    const app::OpenedMap& opened;
    model::ItemIndex item;
    std::size_t top;
    supply::ValueNetwork network;

    const SupplyMap& map() const { return opened.map(); }
};

Row origin_row(
    const Question& question,
    const supply::Viewpoint& viewpoint,
    const supply::OriginShare& share
) {
    const SupplyMap& map = question.map();
    const bool is_unknown = !share.origin.has_value();
    return {
        viewpoint.label,
        map.items[question.item].id,
        is_unknown ? Cell{} : Cell{map.states[*share.origin].id},
        is_unknown ? std::string("not known") : map.states[*share.origin].name,
        is_unknown ? Cell{} : Cell{viewpoint.is_inside(*share.origin)},
        share.share};
}

/// What the bounds of the shares hide: values that nobody recorded, and circles.
void add_remarks(const Question& question, std::vector<Sentence>& notes) {
    if (const double assumed = question.network.assumed(question.item); assumed > 0) {
        notes.push_back(fmt::format(
            "{} of the value rests on value shares that nobody recorded and that are assumed "
            "equal.",
            app::percent(assumed)
        ));
    }
    if (question.network.settlement(question.item) != supply::Settlement::settled) {
        notes.emplace_back(
            "Part of the value goes round in a circle that keeps next to nothing for itself; that "
            "part counts as unknown."
        );
    }
}

std::string inside_note(std::string_view with, const Estimate& inside) {
    return fmt::format(
        "From inside{}: {} ({} to {}).",
        with,
        app::percent(inside.likely()),
        app::percent(inside.low()),
        app::percent(inside.high())
    );
}

using Origins = std::set<std::optional<model::StateIndex>>;

/// The rows of the origins that are shown.
void add_origins(
    Section& section,
    const Question& question,
    const supply::Viewpoint& viewpoint,
    const std::vector<supply::OriginShare>& shares,
    const Origins& shown
) {
    for (const supply::OriginShare& share : shares) {
        if (shown.contains(share.origin)) {
            section.rows.push_back(origin_row(question, viewpoint, share));
        }
    }
}

/// The origins from these viewpoints: of each the first ones, from the others the same states, and
/// what nobody knows at the end.
Section origins_section(const Question& question, std::span<const supply::Viewpoint> viewpoints) {
    Section section{
        fmt::format(
            "Where the value of {} arises, {}",
            question.map().items[question.item].name,
            seen_from(viewpoints)
        ),
        &shapes[0],
        {},
        "Nothing is known.",
        {}};
    std::vector<std::vector<supply::OriginShare>> seen;
    Origins shown;
    for (const supply::Viewpoint& viewpoint : viewpoints) {
        const supply::Lookthrough answer =
            supply::look_through(question.network, question.opened.index(), viewpoint);
        seen.push_back(answer.list_origins(question.item));
        const std::size_t count = rows_shown(question.top, seen.back().size());
        for (const supply::OriginShare& share : std::span{seen.back()}.first(count)) {
            shown.insert(share.origin);
        }
        const std::string with = viewpoints.size() > 1 ? " with " + viewpoint.label : "";
        section.notes.push_back(inside_note(with, answer.from_inside(question.item)));
    }
    shown.erase(std::nullopt);
    for (const Origins& part : {shown, Origins{std::nullopt}}) {
        for (std::size_t v = 0; v < viewpoints.size(); ++v) {
            add_origins(section, question, viewpoints[v], seen[v], part);
        }
    }
    add_remarks(question, section.notes);
    if (viewpoints.size() > 1) {
        section.side_by_side = {"viewpoint", {"origin", "name"}, {"share"}};
    }
    return section;
}

Result<std::optional<model::StateIndex>> state_of(const SupplyMap& map, const std::string& word) {
    if (word == "unknown") {
        return std::optional<model::StateIndex>{};
    }
    if (const auto state = map.states.find(word)) {
        return std::optional{*state};
    }
    return supply::parse_viewpoint(map, word).error();
}

std::vector<supply::Contribution> contributions_of(
    const Question& question,
    const supply::Viewpoint& viewpoint,
    std::optional<model::StateIndex> state
) {
    auto contributions = supply::list_contributions(
        question.network,
        question.opened.index(),
        viewpoint,
        question.item
    );
    std::erase_if(contributions, [&](const supply::Contribution& c) { return c.origin != state; });
    return contributions;
}

/// The rows of the items that are shown.
void add_contributions(
    Section& section,
    const Question& question,
    const supply::Viewpoint& viewpoint,
    const std::vector<supply::Contribution>& contributions,
    const std::set<model::ItemIndex>& shown
) {
    const SupplyMap& map = question.map();
    for (const supply::Contribution& part : contributions) {
        if (shown.contains(part.item)) {
            section.rows.push_back(
                {viewpoint.label,
                 map.items[question.item].id,
                 part.origin ? Cell{map.states[*part.origin].id} : Cell{},
                 map.items[part.item].id,
                 map.items[part.item].name,
                 part.amount}
            );
        }
    }
}

/// What brings a state in from these viewpoints: of each the first ones, and from the others the
/// same items.
Section contributions_section(
    const Question& question,
    std::span<const supply::Viewpoint> viewpoints,
    std::optional<model::StateIndex> state
) {
    const SupplyMap& map = question.map();
    const std::string from = state ? map.states[*state].name : "an unknown origin";
    Section section{
        fmt::format(
            "What brings {} into {}, {}",
            from,
            map.items[question.item].name,
            seen_from(viewpoints)
        ),
        &shapes[1],
        {},
        fmt::format("Nothing of it is known to come from {}.", from),
        {}};
    std::vector<std::vector<supply::Contribution>> seen;
    std::set<model::ItemIndex> shown;
    for (const supply::Viewpoint& viewpoint : viewpoints) {
        seen.push_back(contributions_of(question, viewpoint, state));
        const std::size_t count = rows_shown(question.top, seen.back().size());
        for (const supply::Contribution& part : std::span{seen.back()}.first(count)) {
            shown.insert(part.item);
        }
    }
    for (std::size_t v = 0; v < viewpoints.size(); ++v) {
        add_contributions(section, question, viewpoints[v], seen[v], shown);
    }
    if (viewpoints.size() > 1) {
        section.side_by_side = {"viewpoint", {"through", "name"}, {"share"}};
    }
    return section;
}

supply::LookthroughOptions options_of(const Invocation& words) {
    return {
        .inputs = words.has("--with-equipment") ? supply::CountedInputs::consumed_and_equipment
                                                : supply::CountedInputs::consumed,
        .unrecorded = words.has("--as-assumed") ? supply::UnrecordedShares::as_assumed
                                                : supply::UnrecordedShares::anything};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const model::ItemIndex item, app::find_item(opened->map(), words.text("ITEM")));
    ADIC_TRY(const auto viewpoints, chosen_viewpoints(words, session, opened->map()));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    const Question question{
        *opened,
        item,
        top,
        supply::ValueNetwork{opened->index(), options_of(words)}};
    std::optional<model::StateIndex> state;
    if (words.has("--where")) {
        ADIC_TRY(state, state_of(opened->map(), words.text("--where")));
    }
    const std::span<const supply::Viewpoint> all{viewpoints};
    const std::size_t together = words.has("--side-by-side") ? all.size() : 1;
    Report report;
    for (std::size_t v = 0; v < all.size(); v += together) {
        const auto some = all.subspan(v, together);
        report.sections.push_back(
            words.has("--where") ? contributions_section(question, some, state)
                                 : origins_section(question, some)
        );
    }
    return Outcome{std::move(report)};
}

}  // namespace

Command lookthrough_command() {
    return {
        .name = "lookthrough",
        .summary = "find the states in which the value of an item arises, over all tiers",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
