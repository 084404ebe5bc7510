#include "adic/app/plan_remedies.hpp"
#include "adic/app/words.hpp"
#include "adic/base/say.hpp"
#include "adic/base/text.hpp"
#include "adic/shock/remedies/propose.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_computing.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "render/cells.hpp"
#include "shock/item_options.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

using app::PlanRemediesRequest;
using model::Remedy;
using model::SupplyMap;
using shock::RemedyAnswer;
using shock::RemedyEffect;
using shock::RemedyList;
using Finding = shock::RemedyEffect::Finding;

constexpr std::array effect_columns{
    Column{"remedy", "remedy", "its name in the file", Show::word},
    Column{"kind", "kind", "what is done", Show::word, 0, In::data},
    Column{"item", "item", "that it is about", Show::word, 0, In::data},
    Column{"what", "what", "it does, bought once", Show::sentence, 0, In::data},
    Column{
        "cost_musd",
        "cost",
        "million USD: once, and the upkeep of the horizon",
        Show::number,
        1,
        In::data,
        true},
    Column{"", "cost", "", Show::number, 1, In::table},
    Column{
        "avoided",
        "avoids",
        "weeks lost that it avoids alone, of all items together, with the interval of paired runs",
        Show::number,
        2,
        In::all,
        true},
    Column{
        "per_musd",
        "per million",
        "the same per million USD; the interval holds for any cost within its bounds",
        Show::number,
        3,
        In::data,
        true},
    Column{"", "per million", "", Show::number, 3, In::table},
    Column{
        "finding",
        "finding",
        "helps, only_together with others, too_late, or no_use: what it protects is not short",
        Show::word,
        0,
        In::data},
    Column{"bought", "bought", "how often the list for the budget has it", Show::count},
};

constexpr std::array list_columns{
    Column{"budget_musd", "budget", "million USD", Show::number, 1},
    Column{
        "cost_musd",
        "cost",
        "million USD; from all low to all high costs",
        Show::number,
        1,
        In::all,
        true},
    Column{"avoided", "avoids", "weeks lost that it avoids", Show::number, 2, In::all, true},
    Column{"left", "left", "weeks lost that it does not avoid", Show::number, 2},
    Column{
        "gap",
        "gap",
        "how much a better list could avoid at most, as a part of what the best one avoids; 0: "
        "there is none",
        Show::share},
    Column{"remedies", "remedies", "what is bought; x2: twice"},
};

constexpr std::array state_columns{
    Column{"state", "state", "that acts with the others", Show::word},
    Column{"pays_musd", "pays", "million USD, to the cent", Show::number, 2},
    Column{
        "without",
        "without",
        "weeks it loses without remedies, from its viewpoint",
        Show::number,
        2},
    Column{"together", "together", "weeks it loses with the list of all", Show::number, 2},
    Column{
        "alone",
        "alone",
        "weeks it loses if each buys for itself, with its part of the budget",
        Show::number,
        2},
    Column{
        "gain",
        "gain",
        "of acting together: alone less together, with the interval of paired runs",
        Show::number,
        2,
        In::all,
        true},
    Column{"buys_alone", "buys alone", "its own list"},
};

constexpr std::array left_columns{
    Column{"item", "item", "to which what is still lost goes back", Show::word},
    Column{
        "why",
        "why",
        "supply: too little comes; input, equipment: it was never made",
        Show::word},
    Column{"part", "part", "of what is still lost with the list", Show::share},
    Column{"has_remedy", "has a remedy", "the file has one that is about it"},
};

constexpr std::array reserve_columns{
    Column{"remedy", "remedy", "a stockpile that several hold", Show::word},
    Column{
        "saved",
        "saved",
        "part of it that is not needed as reserve if all hold it together, and use is uncertain",
        Show::share,
        0,
        In::all,
        true},
    Column{"saved_musd", "million USD", "of its cost", Show::number, 2, In::all, true},
};

constexpr std::array proposal_columns{
    Column{"item", "item", "a bottleneck, the worst first", Show::word},
    Column{"kind", "kind", "what could be done", Show::word},
    Column{"state", "state", "who could make it", Show::word},
    Column{"replaced_by", "replaced by", "what could take its place", Show::word},
    Column{"reason", "reason", "what speaks for it"},
};

constexpr std::array shapes{
    Shape{"remedies", effect_columns},
    Shape{"lists", list_columns},
    Shape{"states", state_columns},
    Shape{"left", left_columns},
    Shape{"reserves", reserve_columns},
    Shape{"proposals", proposal_columns},
    issue_shape};

constexpr std::array<std::string_view, 3> description{
    "Which remedy is worth its money: stockpiles, second sources, capacity, recycling, substitutes "
    "and redesigns, each with its cost, delay and limit, in the same futures of a map's items with "
    "it and without. What each avoids alone, the best list for a budget and for twice as much, "
    "what "
    "holds it back, who pays, who gains, and what acting together is worth.",
    "WHAT is an episode ('adic shock' lists them), a scenario of your own, or 'hazards': all that "
    "the map records as hazards from outside, on any day of two years. --remedies names a table "
    "(docs/reference/remedies.md); the one that comes with the program has illustrations as costs.",
    "The best list is searched; what is proven about it stands beside it as the gap. Intervals say "
    "how far the runs can be trusted, not whether map and costs are right. docs/explanation/"
    "shock-remedies.md has the equations."};

constexpr std::array arguments{
    Argument{
        .name = "WHAT",
        .help = "an episode, a scenario file, or hazards",
        .completes = Completes::file},
    Argument{
        .name = "ITEM",
        .help = "the items whose loss counts; without any, what the map is about",
        .is_required = false,
        .is_repeated = true}};

constexpr std::array options{
    Option{
        .name = "--remedies",
        .value = "FILE",
        .help = "the table of remedies; without it, the one for the sample map",
        .completes = Completes::file},
    Option{
        .name = "--budget",
        .value = "MUSD",
        .help = "what may be spent over the horizon, in million USD",
        .standard = "50"},
    Option{
        .name = "--values",
        .value = "LIST",
        .help =
            "what a lost week of each ITEM counts, in their order, separated by commas; without "
            "it, 1 each"},
    Option{
        .name = "--propose",
        .value = "",
        .help = "list what could be costed for the bottlenecks, and who could make what, instead"},
    one_inside_option,
    Option{.name = "--runs", .value = "N", .help = "futures to follow", .standard = "256"},
    seed_option,
    Option{
        .name = "--evaluations",
        .value = "N",
        .help = "lists to look at, at most, for each budget: more close the gap",
        .standard = "600"},
    future_weeks_option,
    stock_days_option,
    enough_option,
    equipment_option,
    map_option,
    as_option,
    threads_option,
    checkpoint_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic shock remedies antimony-2024 logistics-truck --budget 20 --runs 128",
        "What to do about antimony for the truck, with 20 million."},
    Example{
        "adic shock remedies hazards logistics-truck --propose",
        "What could be done about the truck's bottlenecks, before anybody has costed it."},
    Example{
        "adic shock remedies hazards --remedies my-remedies.csv --inside IDN+MYS",
        "Remedies of your own against all that the map records, for two states together."},
};

std::string_view word_of(Finding finding) {
    switch (finding) {
    case Finding::helps: return "helps";
    case Finding::only_together: return "only_together";
    case Finding::too_late: return "too_late";
    case Finding::no_use: break;
    }
    return "no_use";
}

std::string_view word_of(shock::Binding::Kind kind) {
    switch (kind) {
    case shock::Binding::Kind::nothing: return "late";
    case shock::Binding::Kind::supply: return "supply";
    case shock::Binding::Kind::input: return "input";
    case shock::Binding::Kind::equipment: break;
    }
    return "equipment";
}

Result<std::vector<double>> values_of(const Invocation& words) {
    std::vector<double> values;
    for (const std::string& text : chosen_list(words, "--values")) {
        const auto value = parse_decimal(text);
        if (!value) {
            return Error{
                ErrorCode::invalid_argument,
                "--values takes numbers separated by commas, not '" + text + "'",
                {}};
        }
        values.push_back(*value);
    }
    return values;
}

Result<PlanRemediesRequest>
request_of(const Invocation& words, const Session& session, const app::OpenedMap& opened) {
    constexpr std::uint64_t most_runs = 1'000'000;
    constexpr double most_musd = 1e6;
    PlanRemediesRequest request;
    shock::RemedyQuestion& question = request.question;
    ADIC_TRY(request.data, data_folder(session));
    ADIC_TRY(request.scenario, chosen_futures(words, request.data));
    ADIC_TRY(question.together, chosen_viewpoint(words, session, opened.map()));
    ADIC_TRY(question.targets, app::find_targets(opened.index(), words.texts("ITEM")));
    ADIC_TRY(question.values, values_of(words));
    ADIC_TRY(
        question.budget_musd,
        words.text("--budget") == "0" ? Result(0.0) : words.number("--budget", 0.0, most_musd)
    );
    ADIC_TRY(question.runs, words.whole("--runs", 2, most_runs));
    ADIC_TRY(question.draws.seed, words.whole("--seed", 0, UINT64_MAX));
    ADIC_TRY(question.limits.evaluations, words.whole("--evaluations", 2, most_runs));
    ADIC_TRY(request.weeks, chosen_weeks(words));
    ADIC_TRY(question.items, chosen_item_options(words));
    return request;
}

Section effects_section(
    const SupplyMap& map,
    const std::vector<Remedy>& remedies,
    const RemedyAnswer& answer
) {
    Section section{"Each alone", &shapes[0], {}, "There is no remedy.", {}};
    for (const RemedyEffect& effect : answer.effects) {
        const Remedy& remedy = remedies[effect.remedy];
        section.rows.push_back(
            {remedy.id,
             std::string(model::name_of(remedy.kind)),
             map.items[remedy.item].id,
             model::describe(remedy, map.items),
             effect.cost_musd,
             effect.cost_musd.likely(),
             effect.avoided,
             cell_of(effect.per_musd),
             effect.per_musd ? Cell{effect.per_musd->likely()} : Cell{},
             std::string(word_of(effect.finding)),
             std::uint64_t{answer.list.found.bought[effect.remedy]}}
        );
    }
    if (answer.first_beats_second) {
        const double confidence = *answer.first_beats_second;
        section.notes.push_back(
            say("remedies-first",
                {{"first", remedies[answer.effects[0].remedy].id},
                 {"second", remedies[answer.effects[1].remedy].id},
                 {"confidence", app::percent(confidence), confidence}})
        );
    }
    return section;
}

/// "antimony-store x2, calcium-batteries".
std::string bought_text(const std::vector<Remedy>& remedies, const shock::Purchases& bought) {
    std::string text;
    for (std::size_t r = 0; r < bought.size(); ++r) {
        if (bought[r] > 0) {
            text += text.empty() ? "" : ", ";
            text += remedies[r].id;
            text += bought[r] > 1 ? fmt::format(" x{}", bought[r]) : "";
        }
    }
    return text.empty() ? "nothing" : text;
}

/// What is proven about a list.
Sentence proof_of(const RemedyAnswer& answer, const RemedyList& list) {
    const shock::Portfolio& found = list.found;
    std::vector<Said> values{{"lists", found.evaluations}};
    if (found.gap() > 0.0) {
        values.emplace_back("gap", app::percent(found.gap()), found.gap());
    }
    if (!answer.is_bound_proven) {
        values.emplace_back("compared", found.compared);
        if (found.worst_rise > 0.0) {
            values.emplace_back("rise", fmt::format("{:.3g}", found.worst_rise), found.worst_rise);
        }
    }
    return say("remedies-proof", values);
}

Section lists_section(const PlanRemediesRequest& request, const RemedyAnswer& answer) {
    Section section{"The best list", &shapes[1], {}, "", {}};
    const auto add = [&](const RemedyList& list, double budget) {
        section.rows.push_back(
            {budget,
             list.cost_musd,
             list.avoided,
             list.found.loss,
             list.found.gap(),
             bought_text(request.question.remedies, list.found.bought)}
        );
    };
    add(answer.list, request.question.budget_musd);
    add(answer.at_double, 2 * request.question.budget_musd);
    section.notes.push_back(proof_of(answer, answer.list));
    section.notes.insert(section.notes.end(), answer.limits.begin(), answer.limits.end());
    return section;
}

Section states_section(
    const SupplyMap& map,
    const std::vector<Remedy>& remedies,
    const RemedyAnswer& answer
) {
    Section section{"Who pays, who gains", &shapes[2], {}, "", {}};
    constexpr double cents_of_million = 1e8;
    for (const shock::StateShare& share : answer.shares) {
        section.rows.push_back(
            {map.states[share.state].id,
             static_cast<double>(share.pays_cents) / cents_of_million,
             share.loss_without,
             share.loss_together,
             share.loss_alone,
             share.gain,
             bought_text(remedies, share.alone)}
        );
    }
    if (answer.shares.size() > 1) {
        const auto weeks = [](std::string_view name, double value) {
            return Said{name, fmt::format("{:.2f}", value), value};
        };
        section.notes.push_back(
            say("remedies-together",
                {weeks("likely", answer.pooling.likely()),
                 weeks("low", answer.pooling.low()),
                 weeks("high", answer.pooling.high())})
        );
    }
    return section;
}

Section left_section(const SupplyMap& map, const RemedyAnswer& answer) {
    constexpr std::size_t most = 10;
    Section section{"What is still lost goes back to", &shapes[3], {}, "Nothing is lost.", {}};
    for (const shock::LossLeft& left :
         std::span{answer.left}.first(std::min(most, answer.left.size()))) {
        section.rows.push_back(
            {map.items[left.item].id, std::string(word_of(left.kind)), left.part, left.is_protected}
        );
    }
    return section;
}

Section reserves_section(const std::vector<Remedy>& remedies, const RemedyAnswer& answer) {
    Section section{
        "What a common stockpile saves in reserve",
        &shapes[4],
        {},
        "No stockpile is held by several.",
        {}};
    for (const shock::ReserveSaved& reserve : answer.reserves) {
        section.rows.push_back({remedies[reserve.remedy].id, reserve.part, reserve.musd});
    }
    section.shown = In::data;
    return section;
}

Sentence confidence_of_costs(const std::vector<Remedy>& remedies) {
    const auto weakest = std::ranges::max_element(remedies, {}, [](const Remedy& remedy) {
        return remedy.provenance.confidence;
    });
    return say(
        "remedies-confidence",
        {{"confidence", std::string(1, model::letter(weakest->provenance.confidence))}}
    );
}

std::vector<Sentence> introduction(const PlanRemediesRequest& request, const RemedyAnswer& answer) {
    return {
        shock_asked(request.scenario, request.question.together, answer.weeks),
        say("remedies-without",
            {{"weeks", fmt::format("{:.2f}", answer.loss_without), answer.loss_without},
             {"futures", request.question.runs}})};
}

Outcome proposals(const app::OpenedMap& opened, const PlanRemediesRequest& request) {
    const SupplyMap& map = opened.map();
    Section section{"", &shapes[5], {}, "There is no bottleneck.", {}};
    for (const shock::RemedyProposal& proposal : shock::propose_remedies(
             opened.index(),
             request.question.together,
             request.question.targets
         )) {
        section.rows.push_back(
            {map.items[proposal.item].id,
             std::string(model::name_of(proposal.kind)),
             proposal.state ? Cell{map.states[*proposal.state].id} : Cell{},
             proposal.other ? Cell{map.items[*proposal.other].id} : Cell{},
             proposal.reason}
        );
    }
    return Outcome{Report{
        {fmt::format(
            "What could be costed for the bottlenecks, {}.",
            seen_from(request.question.together)
        )},
        {std::move(section)},
        {"None of it has a cost, a delay or an amount: docs/reference/remedies.md says how to "
         "write them down."}}};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (words.has("--propose")) {
        ADIC_TRY(const auto map, open_chosen_map(words, session));
        ADIC_TRY(const PlanRemediesRequest request, request_of(words, session, *map));
        return proposals(*map, request);
    }
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    ADIC_TRY(const std::filesystem::path path, chosen_path(words, session));
    const std::filesystem::path file = words.has("--remedies")
                                           ? std::filesystem::path{words.text("--remedies")}
                                           : data / "remedies" / "sample.csv";
    ingest::ImportReport report;
    ADIC_TRY(
        const app::OpenedRemedies opened,
        app::open_remedies(path, file, words.text("--as"), report, session.progress)
    );
    if (!report.may_commit()) {
        return refused_input("The remedies cannot be used as they are.", report);
    }
    ADIC_TRY(PlanRemediesRequest request, request_of(words, session, *opened.map));
    request.question.remedies = opened.remedies;
    ADIC_TRY(const app::Computing computing, chosen_computing(words, session));
    ADIC_TRY(
        const RemedyAnswer answer,
        app::plan_remedies(opened.map->index(), request, computing)
    );
    const std::vector<Remedy>& remedies = request.question.remedies;
    std::vector<Sentence> notes{confidence_of_costs(remedies)};
    notes.insert(notes.end(), answer.notes.begin(), answer.notes.end());
    return Outcome{Report{
        introduction(request, answer),
        {effects_section(opened.map->map(), remedies, answer),
         lists_section(request, answer),
         states_section(opened.map->map(), remedies, answer),
         left_section(opened.map->map(), answer),
         reserves_section(remedies, answer)},
        std::move(notes)}};
}

}  // namespace

Command shock_remedies_command() {
    return {
        .name = "shock remedies",
        .summary = "what remedies avoid for their money, the best list for a budget, and who gains",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
