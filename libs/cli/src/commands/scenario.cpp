#include "adic/app/run_scenario.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_rows.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "shock/episodes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::ItemUnderScenario;
using app::ScenarioAnswer;

constexpr std::array item_columns{
    Column{"item", "item", "identifier of the item", Show::word, 0, In::data},
    Column{"name", "item", "its name"},
    Column{
        "least_supply",
        "left at worst",
        "part of its supply that comes in the worst week",
        Show::share,
        0,
        In::all,
        true},
    Column{"worst_week", "week", "the worst week, from 0", Show::count},
    Column{"weeks_short", "weeks short", "weeks in which less than enough comes", Show::count},
    Column{"price", "price", "highest factor on the price of a supply", Show::number, 2},
    Column{"delay_days", "days late", "longest delay at sea", Show::count},
    Column{
        "system_count",
        "systems",
        "how many systems take it, over any number of tiers",
        Show::count},
    Column{"systems", "", "identifiers of those systems", Show::text, 0, In::data},
};

constexpr std::array reason_columns{
    Column{"item", "", "identifier of the item", Show::word, 0, In::data},
    Column{"name", "item", "its name"},
    Column{"origin", "from", "the state that supplies it", Show::word},
    Column{"event", "event", "of the scenario", Show::word},
    Column{"reason", "why", "why the event reaches the supply"},
};

constexpr std::array week_columns{
    Column{"week", "week", "from 0", Show::count},
    Column{"supply", "supply", "part of the usual that comes", Show::share, 0, In::all, true},
    Column{"bar", "0 % . . . . . . 50 % . . . . . 100 %", "", Show::text, 0, In::table},
};

constexpr std::array shapes{
    Shape{"items", item_columns},
    Shape{"reasons", reason_columns},
    episode_shape,
    Shape{"weeks", week_columns},
};

constexpr std::array<std::string_view, 3> description{
    "What a scenario does to the supply of the map's items, week by week: export controls, halts, "
    "closed straits, tariffs. Without a name, the episodes that come with the program.",
    "The figures are of what still arrives, before any stock helps and before what is made of it "
    "fails; ranges go from the mildest to the harshest reading of the scenario's own estimates. "
    "Where a supplier is named without a share, the low end gives it all that nobody recorded.",
    "A scenario of your own is a JSON file: docs/reference/scenarios.md."};

constexpr std::array arguments{Argument{
    .name = "SCENARIO",
    .help = "an episode's name, or a file; without it, the episodes are listed",
    .is_required = false,
    .completes = Completes::file}};

constexpr std::array options{
    Option{
        .name = "--item",
        .value = "ITEM",
        .help = "only this item, week by week, with a bar chart"},
    top_option("15", "how many rows to show of each table; 0 shows all"),
    one_inside_option,
    enough_option,
    map_option,
    as_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic scenario", "The episodes that come with the program."},
    Example{"adic scenario graphite-2023", "What China's graphite licences do to the sample."},
    Example{
        "adic scenario malacca-closure --inside IDN --format csv > malacca.csv",
        "What a closed strait does to Indonesia's supplies, for a spreadsheet."},
    Example{
        "adic scenario graphite-2023 --item graphite-natural",
        "Natural graphite week by week."},
};

Result<Outcome> episodes(const std::filesystem::path& data) {
    ADIC_TRY(const std::vector<app::Episode> found, app::list_episodes(data));
    return Outcome{Report{{}, {episodes_section(found)}, {}}};
}

Section
items_section(const model::SupplyMap& map, const ScenarioAnswer& answer, std::uint64_t top) {
    Section section{"", &shapes[0], {}, "It reaches no supply of the map.", {}};
    const std::size_t shown = rows_shown(top, answer.items.size());
    for (const ItemUnderScenario& item : std::span{answer.items}.first(shown)) {
        section.rows.push_back(
            {map.items[item.item].id,
             map.items[item.item].name,
             item.weeks[item.worst_week],
             std::uint64_t{item.worst_week},
             std::uint64_t{item.weeks_short},
             item.price,
             static_cast<std::uint64_t>(std::llround(item.delay_days)),
             std::uint64_t{item.systems.size()},
             ids_of(map, item.systems)}
        );
    }
    if (shown < answer.items.size()) {
        section.notes.push_back(
            fmt::format("The first {} of {}; --top shows more.", shown, answer.items.size())
        );
    }
    return section;
}

Section
reasons_section(const model::SupplyMap& map, const ScenarioAnswer& answer, std::uint64_t top) {
    Section section{"Why", &shapes[1], {}, "", {}};
    const shock::ResolvedScenario& resolved = answer.resolved;
    std::map<model::ItemIndex, std::size_t> rank;
    for (std::size_t i = 0; i < answer.items.size(); ++i) {
        rank.emplace(answer.items[i].item, i);
    }
    std::vector<const shock::SupplyEffect*> effects;
    for (const shock::SupplyEffect& effect : resolved.supply_effects) {
        effects.push_back(&effect);
    }
    std::ranges::stable_sort(effects, {}, [&](const shock::SupplyEffect* effect) {
        return rank[map.supplies[effect->supply].item];
    });
    const std::size_t shown = rows_shown(top, effects.size());
    for (const shock::SupplyEffect* effect : std::span{effects}.first(shown)) {
        const model::Supply& supply = map.supplies[effect->supply];
        section.rows.push_back(
            {map.items[supply.item].id,
             map.items[supply.item].name,
             supply.origin ? Cell{map.states[*supply.origin].id} : Cell{},
             resolved.events[effect->event].event.id,
             effect->reason}
        );
    }
    return section;
}

std::string bar_of(double part) {
    constexpr double width = 36.0;
    const double filled = std::round(std::clamp(part, 0.0, 1.0) * width);
    return std::string(static_cast<std::size_t>(filled), '#');
}

Section weeks_section(const model::SupplyMap& map, const ItemUnderScenario& item) {
    Section section{map.items[item.item].name, &shapes[3], {}, "", {}};
    for (std::size_t week = 0; week < item.weeks.size(); ++week) {
        section.rows.push_back(
            {std::uint64_t{week}, item.weeks[week], bar_of(item.weeks[week].likely())}
        );
    }
    return section;
}

Result<Outcome>
one_item(const Invocation& words, const model::SupplyMap& map, const ScenarioAnswer& answer) {
    ADIC_TRY(const model::ItemIndex asked, app::find_item(map, words.text("--item")));
    const auto found = std::ranges::find(answer.items, asked, &ItemUnderScenario::item);
    if (found == answer.items.end()) {
        return Outcome{
            fmt::format("The scenario does not reach the supply of {}.\n", map.items[asked].name)};
    }
    return Outcome{Report{{}, {weeks_section(map, *found)}, {}}};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    if (!words.has("SCENARIO")) {
        return episodes(data);
    }
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    ADIC_TRY(const double enough, words.number("--enough", 0.0, 1.0));
    ADIC_TRY(const auto scenario, app::find_scenario(data, words.text("SCENARIO")));
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const supply::Viewpoint viewpoint, chosen_viewpoint(words, session, opened->map()));
    ADIC_TRY(
        const ScenarioAnswer answer,
        app::run_scenario(scenario, opened->index(), viewpoint, data, enough)
    );
    if (words.has("--item")) {
        return one_item(words, opened->map(), answer);
    }
    return Outcome{Report{
        {fmt::format("{}, {}", scenario.title, seen_from(viewpoint))},
        {items_section(opened->map(), answer, top), reasons_section(opened->map(), answer, top)},
        answer.resolved.notes}};
}

}  // namespace

Command scenario_command() {
    return {
        .name = "scenario",
        .summary = "see what an episode or a scenario of your own does to supplies, week by week",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
