#include "adic/app/advise_remedies.hpp"
#include "adic/app/run_scenario.hpp"
#include "adic/app/words.hpp"
#include "adic/base/text.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_computing.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "render/cells.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::RemedyAdvice;
using model::SupplyMap;

constexpr std::array list_columns{
    Column{"remedy", "buy", "name of the remedy", Show::word},
    Column{"times", "times", "how often it is bought", Show::count},
    Column{"cost", "cost", "million USD over the horizon, likely", Show::number, 2},
    Column{"what", "what it is", "in words"},
};

constexpr std::array alone_columns{
    Column{"remedy", "remedy", "name of the remedy", Show::word},
    Column{
        "avoided",
        "weeks avoided",
        "mean weeks of loss that it avoids alone, with the interval that the runs leave",
        Show::number,
        2,
        In::all,
        true},
    Column{
        "per_million",
        "for a million",
        "weeks avoided for a million USD, whatever the cost is within its bounds",
        Show::number,
        3,
        In::all,
        true},
    Column{
        "cost",
        "cost",
        "million USD over the horizon, for one purchase",
        Show::number,
        1,
        In::data,
        true},
    Column{
        "without_delay",
        "at once",
        "weeks that it would avoid if it worked from the first day on",
        Show::number,
        2},
};

constexpr std::array state_columns{
    Column{"state", "state", "who pays, and from whose seat is looked", Show::word},
    Column{"pays", "pays", "million USD of the list", Show::number, 2},
    Column{"lost_without", "loses now", "mean weeks lost without any remedy", Show::number, 2},
    Column{"lost_with", "with the list", "mean weeks lost with the list of all", Show::number, 2},
    Column{
        "lost_alone",
        "alone",
        "mean weeks lost with the best that it can buy alone with its part of the budget",
        Show::number,
        2},
};

constexpr std::array cause_columns{
    Column{"item", "item", "of which there is too little", Show::word},
    Column{"held_by", "because of", "its suppliers, an input, or equipment", Show::word},
    Column{"lost", "weeks lost", "mean, of what the list leaves", Show::number, 2},
};

constexpr std::array source_columns{
    Column{"item", "item", "of which too little is left", Show::word},
    Column{"state", "state", "inside, that could make it", Show::word},
    Column{"because", "because it", "the strongest reason in the map"},
    Column{"by", "of", "the item that it supplies", Show::word},
    Column{"share", "share", "that it supplies of that, where the map knows it", Show::share},
};

constexpr std::array shapes{
    Shape{"list", list_columns},
    Shape{"remedies", alone_columns},
    Shape{"states", state_columns},
    Shape{"left", cause_columns},
    Shape{"second_sources", source_columns},
    issue_shape,
};

constexpr std::array<std::string_view, 4> description{
    "Which remedies against shortages are worth their money: stockpiles, second sources, more "
    "capacity, recycling, substitution, redesign, each with its cost, its delay and its limit, "
    "from "
    "a file (docs/reference/remedies.md). Each is followed through the same futures with and "
    "without "
    "it, so that most of the chance cancels.",
    "The answer is the best list that was found for the budget and how far from the best it can "
    "be, "
    "what each remedy avoids alone for a dollar, who pays and who gains, what states gain by "
    "buying "
    "together, what is still lost, and what holds it back.",
    "WHAT is an episode ('adic shock' lists them), a scenario of your own, or 'hazards': all that "
    "the map records as hazards from outside, on any day of two years.",
    "docs/explanation/shock-remedies.md has the equations. It is advice: people decide. On the "
    "sample "
    "it takes a minute or two."};

constexpr std::array arguments{
    Argument{
        .name = "WHAT",
        .help = "an episode, a scenario file, or hazards",
        .completes = Completes::file},
    Argument{
        .name = "ITEM",
        .help = "the items to look at; without any, what the map is about",
        .is_required = false,
        .is_repeated = true}};

constexpr std::array options{
    Option{
        .name = "--budget",
        .value = "MUSD",
        .help = "million USD to spend over the horizon",
        .standard = "20"},
    Option{
        .name = "--remedies",
        .value = "FILE",
        .help =
            "what can be bought, as a CSV table; without it, the example for the sample map, whose "
            "costs are illustrations",
        .completes = Completes::file},
    Option{
        .name = "--worth",
        .value = "NUMBERS",
        .help =
            "what a lost week of each item is worth beside the others, separated by commas, in the "
            "order of the items; without it, all the same"},
    Option{
        .name = "--runs",
        .value = "N",
        .help = "futures to follow; a multiple of 64 is made",
        .standard = "512"},
    Option{.name = "--seed", .value = "N", .help = "another seed, other draws", .standard = "1"},
    Option{
        .name = "--weeks",
        .value = "N",
        .help = "length of a future; without it as long as the scenario, 104 of hazards"},
    Option{
        .name = "--stock-days",
        .value = "DAYS",
        .help = "days of normal use that everybody keeps of each input, give or take a factor of "
                "two",
        .standard = "30"},
    Option{
        .name = "--lists",
        .value = "N",
        .help =
            "lists to follow in the search for the best, at most; never fewer than four for each "
            "remedy",
        .standard = "150"},
    Option{
        .name = "--no-pooling",
        .value = "",
        .help = "leave out what each state could do alone: faster"},
    one_inside_option,
    enough_option,
    equipment_option,
    map_option,
    as_option,
    threads_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic shock remedies hazards relief-drone --budget 10 --runs 64 --lists 1 --inside IDN",
        "What Indonesia should buy first for 10 million, quickly and roughly."},
    Example{
        "adic shock remedies my-map.json relief-drone --remedies my-map.csv --inside IDN+SGP",
        "A scenario and remedies of your own, for two states together."},
};

Result<std::vector<double>> worth_of(const Invocation& words) {
    std::vector<double> values;
    if (!words.has("--worth")) {
        return values;
    }
    for (const std::string_view part : split(words.text("--worth"), ',')) {
        const auto number = parse_decimal(trimmed(part));
        if (!number || *number < 0.0) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("--worth: '{}' is no number of at least 0", part),
                {}};
        }
        values.push_back(*number);
    }
    return values;
}

Result<app::SimulateMapRequest>
simulation_of(const Invocation& words, const Session& session, const app::OpenedMap& opened) {
    constexpr std::uint64_t longest = 1040;
    constexpr std::uint64_t most_runs = 1'000'000;
    constexpr double most_days = 36'500.0;
    app::SimulateMapRequest request;
    ADIC_TRY(request.data, data_folder(session));
    if (words.text("WHAT") != "hazards") {
        ADIC_TRY(request.scenario, app::find_scenario(request.data, words.text("WHAT")));
    }
    ADIC_TRY(request.viewpoint, chosen_viewpoint(words, session, opened.map()));
    ADIC_TRY(request.targets, app::find_targets(opened.index(), words.texts("ITEM")));
    if (words.has("--weeks")) {
        ADIC_TRY(const std::uint64_t weeks, words.whole("--weeks", 1, longest));
        request.weeks = static_cast<std::uint32_t>(weeks);
    }
    ADIC_TRY(request.items.usual.cover_days, words.number("--stock-days", 0.0, most_days));
    ADIC_TRY(request.items.enough, words.number("--enough", 0.0, 1.0));
    request.items.equipment =
        words.has("--no-equipment") ? supply::Equipment::left_out : supply::Equipment::counts;
    ADIC_TRY(request.draws.seed, words.whole("--seed", 0, UINT64_MAX));
    request.draws.starts = request.scenario ? shock::Starts::as_stated : shock::Starts::anywhere;
    ADIC_TRY(request.rule.runs, words.whole("--runs", 2, most_runs));
    return request;
}

Result<app::AdviseRemediesRequest>
request_of(const Invocation& words, const Session& session, const app::OpenedMap& opened) {
    constexpr double most_musd = 1e6;
    constexpr std::uint64_t most_lists = 1'000'000;
    app::AdviseRemediesRequest request;
    ADIC_TRY(request.simulation, simulation_of(words, session, opened));
    ADIC_TRY(request.budget_musd, words.number("--budget", 0.0, most_musd));
    ADIC_TRY(request.values, worth_of(words));
    const std::size_t targets = request.simulation.targets.size();
    if (!request.values.empty() && request.values.size() != targets) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("--worth takes one number for each of the {} items", targets),
            {}};
    }
    ADIC_TRY(const std::uint64_t lists, words.whole("--lists", 1, most_lists));
    request.evaluations = lists;
    request.compares_pooling = !words.has("--no-pooling");
    request.remedies = words.has("--remedies")
                           ? std::filesystem::path{words.text("--remedies")}
                           : request.simulation.data / "remedies" / "sample.csv";
    return request;
}

constexpr double cents_a_million = 1e8;

Section list_section(const SupplyMap& map, const RemedyAdvice& advice) {
    Section section{"", &shapes[0], {}, "Nothing of the list helps within the budget.", {}};
    for (const app::Bought& bought : advice.list.bought) {
        const model::Remedy& remedy = advice.remedies[bought.remedy];
        section.rows.push_back(
            {remedy.id,
             std::uint64_t{bought.times},
             static_cast<double>(bought.cents) / cents_a_million,
             describe(remedy, map.items, bought.times)}
        );
    }
    return section;
}

Section alone_section(const RemedyAdvice& advice) {
    Section section{"Each alone, the most for a dollar first", &shapes[1], {}, "", {}};
    for (const app::RemedyAlone& one : advice.alone) {
        section.rows.push_back(
            {advice.remedies[one.remedy].id,
             one.avoided.weeks,
             one.avoided.per_million,
             one.cost,
             one.without_delay}
        );
    }
    if (advice.first_beats_second) {
        section.notes.push_back(fmt::format(
            "That {} avoids more for a dollar than {} holds with a confidence of {}, as far as "
            "runs "
            "and costs can tell.",
            advice.remedies[advice.alone[0].remedy].id,
            advice.remedies[advice.alone[1].remedy].id,
            app::percent(*advice.first_beats_second)
        ));
    }
    return section;
}

Section states_section(const SupplyMap& map, const RemedyAdvice& advice) {
    Section section{"Who pays, and who gains", &shapes[2], {}, "Nobody is inside.", {}};
    for (const app::StatePart& state : advice.states) {
        section.rows.push_back(
            {map.states[state.state].id,
             static_cast<double>(state.pays_cents) / cents_a_million,
             cell_of(state.lost_without),
             cell_of(state.lost_with),
             cell_of(state.lost_alone)}
        );
    }
    if (advice.pooling_gain) {
        section.notes.push_back(fmt::format(
            "Together instead of each with its part of the budget: {:.2f} weeks less lost in the "
            "mean of the states{}.",
            *advice.pooling_gain,
            *advice.pooling_gain < 0.0 ? " (more is lost: the common list serves the common seat)"
                                       : ""
        ));
    }
    if (advice.reserve_saved.likely() > 0.0) {
        section.notes.push_back(fmt::format(
            "Held together, the stores of the list need {:.1f} ({:.1f}-{:.1f}) weeks less of "
            "reserve "
            "against use that rises for some and not for all. Against a shock that hits all, "
            "pooling saves nothing.",
            advice.reserve_saved.likely(),
            advice.reserve_saved.low(),
            advice.reserve_saved.high()
        ));
    }
    return section;
}

std::string_view word_of(shock::Binding::Kind kind) {
    switch (kind) {
    case shock::Binding::Kind::nothing: return "nothing";
    case shock::Binding::Kind::supply: return "suppliers";
    case shock::Binding::Kind::input: return "an input";
    case shock::Binding::Kind::equipment: break;
    }
    return "equipment";
}

Section left_section(const SupplyMap& map, const RemedyAdvice& advice) {
    constexpr std::size_t shown = 8;
    Section section{"What the list leaves", &shapes[3], {}, "Nothing is lost any more.", {}};
    for (const shock::RootCause& cause :
         std::span{advice.left}.first(std::min(shown, advice.left.size()))) {
        section.rows.push_back(
            {map.items[advice.nodes[cause.node]].id, std::string(word_of(cause.kind)), cause.loss}
        );
    }
    section.notes = advice.held_back;
    return section;
}

std::string_view reason_of(shock::SourceEvidence evidence) {
    switch (evidence) {
    case shock::SourceEvidence::supplies_it: return "supplies it today";
    case shock::SourceEvidence::produces_it: return "produces it";
    case shock::SourceEvidence::same_heading: return "supplies the like (HS heading)";
    case shock::SourceEvidence::same_inputs: break;
    }
    return "works with the same inputs";
}

/// A few for each item: the list is where one begins to ask.
Section sources_section(const SupplyMap& map, const RemedyAdvice& advice) {
    constexpr std::size_t shown = 3;
    Section section{"Who inside could make what is missing", &shapes[4], {}, "", {}};
    std::string nobody;
    for (const app::CouldMake& one : advice.could_make) {
        for (const shock::SecondSource& source :
             std::span{one.sources}.first(std::min(shown, one.sources.size()))) {
            section.rows.push_back(
                {map.items[one.item].id,
                 map.states[source.state].id,
                 std::string(reason_of(source.evidence)),
                 map.items[source.by].id,
                 cell_of(source.share)}
            );
        }
        if (one.sources.empty()) {
            nobody += (nobody.empty() ? "" : ", ") + map.items[one.item].id;
        }
    }
    if (!nobody.empty()) {
        section.notes.push_back("The map knows nobody inside who could make: " + nobody + '.');
    }
    return section;
}

/// The answer in two sentences.
std::string verdict(const RemedyAdvice& advice, double budget) {
    const shock::Portfolio& list = advice.list.portfolio;
    const shock::Portfolio& doubled = advice.doubled.portfolio;
    std::string text = fmt::format(
        "For {:g} million USD the list avoids {:.2f} of {:.2f} weeks lost ({:.2f}-{:.2f}); ",
        budget,
        advice.list.avoided.weeks.likely(),
        advice.lost_without,
        advice.list.avoided.weeks.low(),
        advice.list.avoided.weeks.high()
    );
    text += list.gap() == 0.0
                ? "no list within the budget avoids more. "
                : fmt::format("at best a list avoids {:.2f} (proven). ", list.without - list.bound);
    text += fmt::format("Twice the budget avoids {:.2f}.", doubled.without - doubled.loss);
    return text;
}

std::string rises_of(const shock::Portfolio& list) {
    return list.worst_rise <= 0.0
               ? std::string{}
               : fmt::format(
                   "Buying more raised the loss once, by {:.3g} weeks at the most: the bound is no "
                   "proof there (docs/explanation/shock-remedies.md).",
                   list.worst_rise
               );
}

std::vector<std::string> remarks(const RemedyAdvice& advice) {
    auto weakest = model::Confidence::a;
    for (const model::Remedy& remedy : advice.remedies) {
        weakest = std::max(weakest, remedy.provenance.confidence);
    }
    std::vector<std::string> notes{fmt::format(
        "{} futures of {} weeks; costs and effects of remedies are of confidence {} at the "
        "weakest.",
        advice.runs,
        advice.weeks,
        model::letter(weakest)
    )};
    if (std::string rises = rises_of(advice.list.portfolio); !rises.empty()) {
        notes.push_back(std::move(rises));
    }
    notes.insert(notes.end(), advice.notes.begin(), advice.notes.end());
    return notes;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    constexpr std::uint64_t most_threads = 4096;
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const app::AdviseRemediesRequest request, request_of(words, session, *opened));
    ADIC_TRY(const std::uint64_t threads, words.whole("--threads", 0, most_threads));
    const shock::Run run{threads, session.progress, session.watch()};
    ADIC_TRY(const RemedyAdvice advice, app::advise_remedies(opened->index(), request, run));
    if (!advice.report.may_commit()) {
        return refused_input("The remedies cannot be used as they are.", advice.report);
    }
    const SupplyMap& map = opened->map();
    return Outcome{Report{
        {fmt::format(
             "{}, {}.",
             request.simulation.scenario ? request.simulation.scenario->title
                                         : "The hazards that the map records",
             seen_from(request.simulation.viewpoint)
         ),
         verdict(advice, request.budget_musd)},
        {list_section(map, advice),
         alone_section(advice),
         states_section(map, advice),
         left_section(map, advice),
         sources_section(map, advice)},
        remarks(advice)}};
}

}  // namespace

Command shock_remedies_command() {
    return {
        .name = "shock remedies",
        .summary = "what to buy first against shortages, for a budget, and who gains",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
