#include "adic/app/share_costs.hpp"
#include "adic/base/say.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_rates.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "procure/saving_sections.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

using app::ShareCostsAnswer;
using app::SharedByRule;

constexpr std::array share_columns{
    Column{"state", "state", "who pays", Show::word},
    Column{"rule", "rule", "by which it is shared", Show::word},
    Column{"quantity", "pieces", "that it wants; not known: a game of amounts", Show::number},
    Column{"alone", "alone", "what it would pay by itself", Show::number, 2},
    Column{"pays", "pays", "of what all pay together, to the cent", Show::number, 2},
    Column{"exact_cents", "", "the same in cents, as a fraction", Show::text, 0, In::data},
    Column{"saves", "saves", "against paying alone", Show::number, 2, In::data},
    Column{"saved_share", "saves", "part of what it would pay alone", Show::share},
};

constexpr std::array rule_columns{
    Column{"rule", "rule", "by which it is shared", Show::word},
    Column{"in_core", "in the core", "no set of states would pay less by itself", Show::word},
    Column{"objector", "who objects", "the set that would pay least for it", Show::text},
    Column{"would_save", "by", "what that set would save by going alone", Show::number, 2},
    Column{"last", "a late joiner", "the state whose coming raises another's payment most"},
    Column{"raised", "raises", "whose payment it raises", Show::word},
    Column{"rise", "by", "how much", Show::number, 2},
};

constexpr std::array objection_columns{
    Column{"rule", "rule", "by which it is shared", Show::word},
    Column{"state", "state", "who objects", Show::word},
    Column{"coalition", "with", "the set of states that it would rather buy with"},
    Column{"would_save", "they save", "together, against what the rule asks", Show::number, 2},
};

constexpr std::array leaver_columns{
    Column{"state", "if this leaves", "the state", Show::word},
    Column{"pays_alone", "it pays", "alone", Show::number, 2},
    Column{"others_pay", "the others pay", "together, without it", Show::number, 2},
    Column{
        "lost",
        "lost to all",
        "what all pay then, less what they pay together now",
        Show::number,
        2},
};

constexpr std::array proof_columns{
    Column{"step", "step", "of the proof", Show::count},
    Column{"would_save", "would save", "each of these sets by going alone, in cents", Show::word},
    Column{"coalition", "set", "of states"},
    Column{"weight", "weight", "of the set", Show::word},
    Column{"at_bound", "at its bound", "a state that pays what it would alone", Show::word},
};

constexpr std::array sampled_columns{
    Column{"state", "state", "who pays", Show::word},
    Column{"rule", "rule", "by which it is shared", Show::word},
    Column{"quantity", "pieces", "that it wants", Show::number},
    Column{"alone", "alone", "what it would pay by itself", Show::number, 2},
    Column{"pays", "pays", "of what all pay together, to the cent", Show::number, 2},
    Column{"saves", "saves", "against paying alone", Show::number, 2, In::data},
    Column{"saved_share", "saves", "part of what it would pay alone", Show::share},
    Column{
        "standard_error",
        "give or take",
        "standard error of what was sampled; not known: the rule is exact",
        Show::number,
        2},
};

constexpr std::array shapes{
    Shape{"shares", share_columns},
    Shape{"rules", rule_columns},
    Shape{"objections", objection_columns},
    Shape{"leavers", leaver_columns},
    Shape{"proof", proof_columns},
    Shape{"sampled", sampled_columns},
    saving_shape,
    split_shape,
    lot_shape,
    issue_shape};

constexpr std::array<std::string_view, 4> description{
    "Who pays what of a joint purchase, by every rule that states know, side by side: equal price, "
    "in proportion to what each would pay alone, separable costs and remaining benefits, the "
    "Shapley value, the nucleolus and the prenucleolus; with the set of states that would rather "
    "buy by itself, whose payment a late joiner raises, and what is lost if one leaves.",
    "GAME is a table of what each set of states would pay by itself (docs/reference/games.md). "
    "With --quantities it is worked out from what each state wants and from --price-breaks, or "
    "from --first-unit and --slope of a learning curve, or from --terms with a range for each "
    "figure. Of more than 16 states not all sets can be looked at: the Shapley value is then "
    "sampled, with its standard error.",
    "Amounts are exact, to the cent, and the nucleolus comes with its proof: --proof prints what a "
    "reader can check by hand. docs/explanation/sharing.md has the equations.",
    "No rule is the right one: the states choose, and the table is there so that they see what "
    "they choose."};

constexpr std::array arguments{Argument{
    .name = "GAME",
    .help = "a table of sets of states and what each would pay",
    .is_required = false,
    .completes = Completes::file}};

constexpr std::array<std::string_view, 2> break_rules{"all-units", "incremental"};
constexpr std::array<std::string_view, 2> theories{"crawford", "wright"};

constexpr std::array options{
    Option{.name = "--savings", .value = "", .help = "the amounts of GAME are what a set saves"},
    Option{
        .name = "--quantities",
        .value = "FILE",
        .help = "a table of states and the pieces that each wants",
        .completes = Completes::file},
    Option{
        .name = "--price-breaks",
        .value = "LIST",
        .help = "from how many pieces on one costs how much, as in 1:100,50:92,100:85"},
    Option{
        .name = "--breaks-for",
        .value = "WHAT",
        .help = "all-units: the price counts for all pieces, and more may be bought than is wanted "
                "where that is cheaper; incremental: for those above the break",
        .standard = "all-units",
        .choices = break_rules},
    Option{
        .name = "--first-unit",
        .value = "COST",
        .help = "of a learning curve: what the first piece costs"},
    Option{
        .name = "--slope",
        .value = "SHARE",
        .help = "what doubling the number leaves of the cost",
        .standard = "0.85"},
    Option{
        .name = "--learning",
        .value = "THEORY",
        .help = "crawford: of the unit; wright: of the cumulative average",
        .standard = "crawford",
        .choices = theories},
    Option{
        .name = "--made-before",
        .value = "N",
        .help = "pieces that the line has made already: the curve goes on there",
        .standard = "0"},
    Option{
        .name = "--learning-lost",
        .value = "SHARE",
        .help = "of what was learnt on those, in a break of production",
        .standard = "0"},
    Option{
        .name = "--non-recurring",
        .value = "COST",
        .help = "of design and tooling, once for each order",
        .standard = "0"},
    Option{
        .name = "--coordination",
        .value = "SHARE",
        .help = "what buying with others adds to the cost",
        .standard = "0"},
    terms_option,
    rates_option,
    exchange_day_option,
    terms_currency_option,
    Option{
        .name = "--draws",
        .value = "N",
        .help = "of 17 to 60 states: sets that are drawn for each state and place in the order",
        .standard = "200"},
    Option{.name = "--proof", .value = "", .help = "also the proof of the nucleolus"},
    format_option,
};

constexpr std::array examples{
    Example{
        "adic share my-game.csv",
        "What each state pays of a purchase whose sets of states were priced."},
    Example{
        "adic share --quantities my-states.csv --price-breaks 1:100,50:92,100:85,200:80",
        "The same from quantities and a price list."},
    Example{
        "adic share --quantities my-states.csv --first-unit 12000000 --slope 0.9 "
        "--non-recurring 20000000 --coordination 0.03",
        "Patrol craft on one line, with design paid once and 3 % for working together."},
};

constexpr double cents = 100.0;
constexpr double most_cost = 1e12;

double amount(std::int64_t hundredths) {
    return static_cast<double>(hundredths) / cents;
}

double amount(const procure::Fraction& hundredths) {
    return procure::to_double(hundredths) / cents;
}

Result<procure::PriceList> chosen_breaks(const Invocation& words) {
    ADIC_TRY(procure::PriceList prices, chosen_price_list(words));
    if (words.text("--breaks-for") == "incremental") {
        prices.rule = procure::BreakRule::incremental;
    }
    return prices;
}

Result<procure::PurchaseTerms> chosen_terms(const Invocation& words) {
    constexpr double below_zero = -1e-300;  // 0 is a value, too
    procure::PurchaseTerms terms;
    if (words.has("--price-breaks") == words.has("--first-unit")) {
        return Error{
            ErrorCode::invalid_argument,
            "--quantities takes either --price-breaks or --first-unit, or else --terms",
            {}};
    }
    if (words.has("--price-breaks")) {
        for (const std::string_view of_a_line : {"--made-before", "--learning-lost"}) {
            if (words.was_typed(of_a_line)) {
                return Error{
                    ErrorCode::invalid_argument,
                    fmt::format("{} goes with --first-unit: prices have no line", of_a_line),
                    {}};
            }
        }
        ADIC_TRY(terms.prices, chosen_breaks(words));
    } else {
        procure::LearningCurve curve;
        ADIC_TRY(curve.first_unit, words.number("--first-unit", 0.0, most_cost));
        ADIC_TRY(curve.slope, words.number("--slope", 0.0, 1.0));
        curve.theory = words.text("--learning") == "wright" ? procure::LearningTheory::wright
                                                            : procure::LearningTheory::crawford;
        constexpr auto most = static_cast<std::uint64_t>(procure::most_pieces_of_a_line);
        ADIC_TRY(const std::uint64_t made, words.whole("--made-before", 0, most));
        ADIC_TRY(const double lost, words.number("--learning-lost", below_zero, 1.0));
        terms.first_piece = procure::unit_after_break(curve, made, lost);
        terms.curve = curve;
    }
    ADIC_TRY(terms.non_recurring, words.number("--non-recurring", below_zero, most_cost));
    ADIC_TRY(terms.coordination, words.number("--coordination", below_zero, 1.0));
    return terms;
}

Section sampled_section(const ShareCostsAnswer& answer) {
    Section section{"", &shapes[5], {}, "", {}};
    for (const procure::ManyShared& rule : answer.many->rules) {
        for (std::size_t p = 0; p < answer.states.size(); ++p) {
            const std::int64_t alone = answer.many->alone[p];
            const std::int64_t saves = alone - rule.cents[p];
            section.rows.push_back(
                {answer.states[p],
                 std::string(rule.rule),
                 answer.quantities[p],
                 amount(alone),
                 amount(rule.cents[p]),
                 amount(saves),
                 alone > 0 ? Cell{static_cast<double>(saves) / static_cast<double>(alone)} : Cell{},
                 rule.standard_error.empty() ? Cell{} : Cell{rule.standard_error[p] / cents}}
            );
        }
    }
    return section;
}

Section shares_section(const ShareCostsAnswer& answer) {
    Section section{"", &shapes[0], {}, "", {}};
    section.side_by_side = SideBySide{"state", {"rule"}, {"pays"}};
    for (const SharedByRule& rule : answer.rules) {
        for (std::size_t p = 0; p < answer.game.size(); ++p) {
            const std::int64_t alone = answer.game.alone(p);
            const std::int64_t saves = alone - rule.cents[p];
            section.rows.push_back(
                {answer.game.players[p],
                 std::string(rule.rule),
                 answer.quantities.empty() ? Cell{} : Cell{answer.quantities[p]},
                 amount(alone),
                 amount(rule.cents[p]),
                 procure::to_text(rule.exact[p]),
                 amount(saves),
                 alone > 0 ? Cell{static_cast<double>(saves) / static_cast<double>(alone)} : Cell{}}
            );
        }
    }
    return section;
}

Row rule_row(const ShareCostsAnswer& answer, const SharedByRule& rule) {
    const auto worst = std::ranges::max_element(rule.objections, {}, &procure::Objection::saves);
    const auto last = std::ranges::max_element(rule.rise_if_last);
    const bool objects = worst->saves > 0;
    constexpr double half_a_cent = 0.5;
    const bool raises = last != rule.rise_if_last.end() && *last > half_a_cent;
    const auto position = static_cast<std::size_t>(last - rule.rise_if_last.begin());
    return {
        std::string(rule.rule),
        std::string(rule.is_in_core ? "yes" : "no"),
        objects ? Cell{model::name_of(answer.game, worst->coalition)} : Cell{},
        objects ? Cell{amount(worst->saves)} : Cell{},
        raises ? Cell{answer.game.players[position]} : Cell{},
        raises ? Cell{rule.raised_if_last[position]} : Cell{},
        raises ? Cell{*last / cents} : Cell{}};
}

Section rules_section(const ShareCostsAnswer& answer) {
    Section section{"What can be said against each rule", &shapes[1], {}, "", {}};
    for (const SharedByRule& rule : answer.rules) {
        section.rows.push_back(rule_row(answer, rule));
    }
    return section;
}

Section objections_section(const ShareCostsAnswer& answer) {
    Section section{
        "What each state would object to",
        &shapes[2],
        {},
        "Nothing: no set of states would pay less by itself, by any of the rules.",
        {}};
    for (const SharedByRule& rule : answer.rules) {
        for (std::size_t p = 0; p < answer.game.size(); ++p) {
            const procure::Objection& one = rule.objections[p];
            if (one.saves > 0) {
                section.rows.push_back(
                    {std::string(rule.rule),
                     answer.game.players[p],
                     model::name_of(answer.game, one.coalition),
                     amount(one.saves)}
                );
            }
        }
    }
    return section;
}

Section leavers_section(const ShareCostsAnswer& answer) {
    Section section{"If one leaves", &shapes[3], {}, "", {}};
    const procure::CostGame& game = answer.game;
    const procure::Coalition all = game.everybody();
    for (std::size_t p = 0; p < game.size(); ++p) {
        const std::int64_t others = game.costs[all & ~(procure::Coalition{1} << p)];
        section.rows.push_back(
            {game.players[p],
             amount(game.alone(p)),
             amount(others),
             amount(game.alone(p) + others - game.costs[all])}
        );
    }
    return section;
}

Section proof_section(const ShareCostsAnswer& answer) {
    Section section{
        "Proof of the nucleolus",
        &shapes[4],
        {},
        "There is no nucleolus: together all pay more than each alone.",
        {}};
    if (!answer.nucleolus) {
        return section;
    }
    std::uint64_t number = 0;
    for (const procure::NucleolusStep& step : answer.nucleolus->proof) {
        ++number;
        for (const auto* list : {&step.coalitions, &step.at_bound}) {
            for (const procure::WeightedCoalition& one : *list) {
                section.rows.push_back(
                    {number,
                     procure::to_text(step.saves),
                     model::name_of(answer.game, one.coalition),
                     procure::to_text(one.weight),
                     std::string(list == &step.at_bound ? "yes" : "no")}
                );
            }
        }
    }
    section.notes.push_back(
        answer.is_nucleolus_proven ? say("share-proof-holds") : say("share-proof-fails")
    );
    return section;
}

/// Of cents, or a part of them.
template <typename Number>
Said amount_of(std::string_view name, const Number& number) {
    return {name, fmt::format("{:.2f}", amount(number)), amount(number)};
}

std::vector<Sentence> notes_on(const ShareCostsAnswer& answer) {
    std::vector<Sentence> notes;
    if (answer.nucleolus && answer.rules.back().rule == "nucleolus") {
        notes.push_back(say("share-prenucleolus"));
    }
    if (answer.least_core_excess > 0) {
        notes.push_back(say("share-no-core", {amount_of("saved", answer.least_core_excess)}));
    }
    if (!answer.above_equal_price_limit.empty()) {
        notes.push_back(say("share-large-buyers", {{"states", answer.above_equal_price_limit}}));
    }
    return notes;
}

Sentence saved_text(std::size_t states, std::int64_t together, std::int64_t saved) {
    std::vector<Said> values{
        {"states", states},
        amount_of("together", together),
        amount_of("apart", together + saved),
        amount_of("saved", saved)};
    if (together + saved > 0) {
        const double part = static_cast<double>(saved) / static_cast<double>(together + saved);
        values.emplace_back("part", fmt::format("{:.1f} %", 100.0 * part), part);
    }
    return say("share-saved", values);
}

/// The range of the saving and the price of splits, where an offer was given.
void add_ranges(
    const app::ShareCostsRequest& request,
    const ShareCostsAnswer& answer,
    const std::string& source,
    Report& to
) {
    if (!answer.lots.empty()) {
        to.sections.push_back(lots_section(answer.lots, answer.states));
    }
    if (!answer.saving) {
        return;
    }
    to.sections.push_back(saving_section(*answer.saving));
    to.sections.push_back(splits_section(answer.splits));
    for (Sentence& note : exchange_notes(*request.offer, source)) {
        to.notes.push_back(std::move(note));
    }
    to.notes.push_back(say("share-on-likely"));
    for (Sentence& note : supply_notes(*request.offer)) {
        to.notes.push_back(std::move(note));
    }
}

Report report_on_many(const ShareCostsAnswer& answer) {
    const procure::ManyShares& many = *answer.many;
    const std::int64_t apart =
        std::accumulate(many.alone.begin(), many.alone.end(), std::int64_t{0});
    Report report;
    report.introduction = {saved_text(answer.states.size(), many.together, apart - many.together)};
    report.sections = {sampled_section(answer)};
    report.notes = notes_on(answer);
    report.notes.push_back(say("share-sampled"));
    return report;
}

Report report_on(const ShareCostsAnswer& answer, bool with_proof) {
    const procure::Coalition all = answer.game.everybody();
    Report report;
    report.introduction = {
        saved_text(answer.game.size(), answer.game.costs[all], answer.game.saving(all))};
    report.sections = {
        shares_section(answer),
        rules_section(answer),
        objections_section(answer),
        leavers_section(answer)};
    if (with_proof) {
        report.sections.push_back(proof_section(answer));
    }
    report.notes = notes_on(answer);
    return report;
}

/// The terms of the command line, or those of --terms.
Result<std::monostate> take_terms(
    const Invocation& words,
    const Session& session,
    app::ShareCostsRequest& request,
    ingest::ImportReport& report
) {
    if (!words.has("--terms")) {
        ADIC_TRY(request.terms, chosen_terms(words));
        return std::monostate{};
    }
    for (const std::string_view other :
         {"--price-breaks",
          "--first-unit",
          "--made-before",
          "--learning-lost",
          "--non-recurring",
          "--coordination"}) {
        if (words.was_typed(other)) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("{} stands in the table of --terms", other),
                {}};
        }
    }
    ADIC_TRY(request.offer, chosen_offer_terms(words, session, report));
    return std::monostate{};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (words.has("GAME") == words.has("--quantities")) {
        return Error{
            ErrorCode::invalid_argument,
            "either GAME, a table of sets of states, or --quantities with the prices",
            {}};
    }
    app::ShareCostsRequest request;
    request.game = words.text("GAME");
    request.quantities = words.text("--quantities");
    request.is_savings = words.has("--savings");
    constexpr std::uint64_t most_draws = 10'000;
    ADIC_TRY(request.sampling.draws, words.whole("--draws", 2, most_draws));
    ingest::ImportReport problems;
    ADIC_TRY([[maybe_unused]] const auto fit, check_exchange_words(words));
    if (words.has("--quantities")) {
        ADIC_TRY([[maybe_unused]] const auto taken, take_terms(words, session, request, problems));
    }
    if (!problems.may_commit()) {
        return refused_input("The terms or rates cannot be used.", problems);
    }
    ADIC_TRY(const ShareCostsAnswer answer, app::share_costs(request));
    if (!answer.report.may_commit()) {
        return refused_input("This cannot be shared as it is.", answer.report);
    }
    Report report = answer.many ? report_on_many(answer) : report_on(answer, words.has("--proof"));
    add_ranges(request, answer, source_of_rates(words), report);
    return Outcome{std::move(report)};
}

}  // namespace

Command share_command() {
    return {
        .name = "share",
        .summary = "share the cost of a joint purchase by every rule, side by side",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
