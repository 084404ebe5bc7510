#include "adic/app/price_coalitions.hpp"

#include "frame/chosen_award_problem.hpp"
#include "frame/chosen_computing.hpp"
#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using model::Coalition;
using procure::AwardGame;
using procure::CoalitionPlan;

constexpr std::array game_columns{
    Column{"coalition", "coalition", "states that buy together", Show::word},
    Column{"amount", "amount", "what they pay together", Show::number, 2},
    Column{"at_least", "at least", "no plan of theirs costs less", Show::number, 2},
    Column{"gap", "gap", "of the amount, that could still be saved at most", Show::share},
    Column{"as", "as", "the set whose amount it is: they have no plan by themselves", Show::word},
};

constexpr std::array state_columns{
    Column{"state", "state", "who buys", Show::word},
    Column{"alone", "alone", "what it pays by itself", Show::number, 2},
    Column{"shapley", "Shapley", "what it pays of all by the Shapley value", Show::number, 2},
    Column{"from", "from", "the Shapley value, if gaps were closed", Show::number, 2},
    Column{"to", "to", "likewise", Show::number, 2},
};

constexpr std::array shapes{
    Shape{"game", game_columns},
    Shape{"states", state_columns},
    issue_shape};

constexpr std::array<std::string_view, 4> description{
    "What every set of the buying states would pay if it bought by itself: an award for each, as "
    "'adic award' finds it, of their demands alone. All suppliers and their capacities are there "
    "for each set, and all rules that say something of what it needs.",
    "FOLDER has the tables of 'adic award'; without it, the small purchase that comes with the "
    "program. --write makes a table of it that 'adic share' reads.",
    "Each amount is that of a plan, with the gap to what no plan costs less than; and each Shapley "
    "value with how far it could move if the gaps were closed. A set that has no plan by itself "
    "stands with the cheapest larger set that has one, and says so.",
    "Two to sixteen states, which is 3 to 65,535 awards. docs/explanation/award.md says how they "
    "share their work."};

constexpr std::array arguments{Argument{
    .name = "FOLDER",
    .help = "a folder with items.csv, suppliers.csv, demands.csv and offers.csv",
    .is_required = false,
    .completes = Completes::folder}};

constexpr std::array options{
    Option{
        .name = "--gap",
        .value = "SHARE",
        .help = "a plan that is proven to be within this of the cheapest is enough",
        .standard = "0"},
    Option{
        .name = "--write",
        .value = "FILE",
        .help = "write the amounts of all sets as a table that 'adic share' reads",
        .completes = Completes::file},
    replace_option,
    threads_option,
    checkpoint_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic award coalitions my-purchase --write game.csv",
        "The amounts of all sets, from which 'adic share game.csv' says what each state pays."},
};

double money(procure::Cents cents) {
    return static_cast<double>(cents) / 100.0;
}

Row game_row(const AwardGame& game, Coalition set) {
    const double amount = money(game.game.costs[set]);
    const double least = money(game.at_least[set]);
    return {
        model::name_of(game.game, set),
        amount,
        least,
        amount > 0.0 ? (amount - least) / amount : 0.0,
        game.stands_for[set] == set ? Cell{}
                                    : Cell{model::name_of(game.game, game.stands_for[set])}};
}

Section game_section(const AwardGame& game) {
    constexpr std::size_t readable = 32;
    Section section{"What each set of states pays", &shapes[0], {}, "", {}};
    for (Coalition set = 1; set < game.game.costs.size(); ++set) {
        section.rows.push_back(game_row(game, set));
    }
    section.shown = game.game.costs.size() <= readable ? In::all : In::data;
    return section;
}

Section states_section(const AwardGame& game) {
    Section section{"What each state pays", &shapes[1], {}, "", {}};
    for (std::size_t p = 0; p < game.game.size(); ++p) {
        section.rows.push_back(
            {game.game.players[p],
             money(game.game.alone(p)),
             procure::to_double(game.shapley[p]) / 100.0,
             game.shapley_least[p] / 100.0,
             game.shapley_most[p] / 100.0}
        );
    }
    return section;
}

std::string summary_of(const AwardGame& game) {
    const Coalition all = game.game.everybody();
    const auto saved = game.game.saving(all);
    return fmt::format(
        "{} states pay {} together; what they pay alone is {} {} that.",
        game.game.size(),
        procure::money_text(game.game.costs[all]),
        procure::money_text(saved < 0 ? -saved : saved),
        saved < 0 ? "below" : "above"
    );
}

std::vector<Sentence> notes_on(const AwardGame& game, const std::vector<CoalitionPlan>& plans) {
    std::vector<Sentence> notes;
    std::size_t open = 0;
    for (Coalition set = 1; set < plans.size(); ++set) {
        open += game.at_least[set] < game.game.costs[set] ? 1U : 0U;
    }
    if (open > 0) {
        notes.push_back(fmt::format(
            "{} of {} amounts are not proven to be the least: the Shapley value lies between "
            "'from' and 'to', and the other rules of 'adic share' can move as well.",
            open,
            plans.size() - 1
        ));
    }
    const auto count = [&](CoalitionPlan::Kind kind) {
        return std::ranges::count(plans, kind, &CoalitionPlan::kind);
    };
    if (const auto impossible = count(CoalitionPlan::Kind::impossible); impossible > 0) {
        notes.push_back(fmt::format(
            "{} sets cannot keep all demands by themselves. In the game each stands with the "
            "amount of the cheapest larger set that can.",
            impossible
        ));
    }
    if (const auto missing = count(CoalitionPlan::Kind::not_found); missing > 0) {
        notes.push_back(fmt::format(
            "For {} sets no plan was found, though there may be one. They stand with larger sets "
            "as well.",
            missing
        ));
    }
    return notes;
}

std::string table_of(const AwardGame& game) {
    std::string table = "coalition,amount\n";
    for (Coalition set = 1; set < game.game.costs.size(); ++set) {
        table += fmt::format(
            "{},{}\n",
            model::name_of(game.game, set),
            procure::money_text(game.game.costs[set])
        );
    }
    return table;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(double gap, words.number("--gap", -1e-300, 1.0));
    gap = std::max(gap, procure::CoalitionRun{}.relative_gap);
    if (words.has("--write")) {
        if (auto problem = stands_in_the_way(words.text("--write"), words)) {
            return *std::move(problem);
        }
    }
    ingest::ImportReport report;
    ADIC_TRY(const procure::AwardProblem problem, chosen_award_problem(words, report));
    if (!report.may_commit()) {
        return refused_input("The purchase cannot be used as it is.", report);
    }
    ADIC_TRY(const app::Computing computing, chosen_computing(words, session));
    ADIC_TRY(
        const std::vector<CoalitionPlan> plans,
        app::price_coalitions(problem, gap, computing)
    );
    if (plans.back().kind != CoalitionPlan::Kind::planned) {
        return Outcome{Report{
            {"All states together have no plan: 'adic award' says what conflicts."},
            {Section{"", &shapes[0], {}, "No amounts.", {}}},
            {}}};
    }
    const AwardGame game = procure::game_of(problem, plans);
    if (words.has("--write")) {
        if (auto failed = write_file(words.text("--write"), table_of(game))) {
            return *std::move(failed);
        }
    }
    return Outcome{Report{
        {summary_of(game)},
        {game_section(game), states_section(game)},
        notes_on(game, plans)}};
}

}  // namespace

Command award_coalitions_command() {
    return {
        .name = "award coalitions",
        .summary = "what every set of the buying states would pay by itself, for 'adic share'",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
