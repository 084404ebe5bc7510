#include "adic/procure/reciprocity.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "render/cells.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using procure::BandsTooTight;
using procure::PlannedTrade;

constexpr std::array purchase_columns{
    Column{"buyer", "buyer", "the state that buys", Show::word},
    Column{"seller", "seller", "the state that sells; elsewhere: none of them", Show::word},
    Column{"value", "value", "in the plan's currency", Show::number, 2},
    Column{"premium", "premium", "above the best price", Show::share, 1},
    Column{"cost", "premium paid", "value times premium", Show::number, 2},
};

constexpr std::array state_columns{
    Column{"state", "state", "who", Show::word},
    Column{"bought", "bought", "from the others", Show::number, 2},
    Column{"sold", "sold", "to the others", Show::number, 2},
    Column{"outside", "elsewhere", "bought elsewhere", Show::number, 2},
    Column{"carry", "carry", "bought less sold, with what was brought along", Show::number, 2},
    Column{"ratio", "sold/bought", "empty: nothing was bought", Show::number, 2},
    Column{"band", "band", "that the carry has to be within; empty: none", Show::number, 2},
    Column{"band_price", "band price", "what one unit more of it would save", Show::number, 4},
};

constexpr std::array excess_columns{
    Column{"state", "state", "whose band is too tight", Show::word},
    Column{
        "wider",
        "wider by",
        "by how much it has to be, with the others the least",
        Show::number,
        2},
};

constexpr std::array shapes{
    Shape{"purchases", purchase_columns},
    Shape{"states", state_columns},
    Shape{"too_tight", excess_columns},
    issue_shape};

constexpr std::array<std::string_view, 3> description{
    "The cheapest way for several states to buy what they need from each other, so that each sells "
    "about as much as it buys: within a band of value or of the ratio, with what earlier years "
    "carried over, and never above a premium that is agreed. Shows what the balance costs, and "
    "whose "
    "band costs it.",
    "PLAN is a folder with states.csv and pairs.csv (docs/reference/reciprocity.md); without it, "
    "three "
    "made-up states that come with the program.",
    "docs/explanation/reciprocity.md has the linear program. 'adic reciprocity ledger' keeps the "
    "books."};

constexpr std::array arguments{Argument{
    .name = "PLAN",
    .help = "a folder with states.csv and pairs.csv",
    .is_required = false,
    .completes = Completes::folder}};

constexpr std::array options{
    Option{
        .name = "--band",
        .value = "VALUE",
        .help = "by how much bought and sold may differ, with the carry; a state's own band goes "
                "before it; without it and --ratio, no balance is asked for"},
    Option{
        .name = "--ratio",
        .value = "R",
        .help = "sold has to be within 1 - R and 1 + R of bought; 0.25 to start, 0.10 later"},
    Option{
        .name = "--premium-cap",
        .value = "SHARE",
        .help = "pairs that are dearer do not trade",
        .standard = "0.10"},
    format_option,
};

constexpr std::array examples{
    Example{"adic reciprocity --band 5", "The plan that comes with the program."},
    Example{"adic reciprocity my-plan --ratio 0.25", "A plan of your own, by ratio."},
    Example{"adic reciprocity my-plan --band 0 --format json", "Full balance, as data."},
};

void add_outside(
    const procure::ReciprocityPlan& plan,
    const PlannedTrade& trade,
    Section& section
) {
    for (std::size_t i = 0; i < trade.states.size(); ++i) {
        const procure::PlannedState& state = trade.states[i];
        if (state.outside > 0.0) {
            const double premium = plan.states[i].outside_premium;
            section.rows.push_back(
                {state.id,
                 std::string("elsewhere"),
                 state.outside,
                 premium,
                 state.outside * premium}
            );
        }
    }
}

Report report_of(const procure::ReciprocityPlan& plan, const PlannedTrade& trade) {
    Section purchases{"", &shapes[0], {}, "Nothing is bought.", {}};
    double inside = 0.0;
    for (const procure::PlannedPurchase& one : trade.purchases) {
        inside += one.value;
        purchases.rows.push_back(
            {one.buyer, one.seller, one.value, one.premium, one.value * one.premium}
        );
    }
    add_outside(plan, trade, purchases);
    Section states{"Who buys, sells and carries over", &shapes[1], {}, "", {}};
    for (const procure::PlannedState& one : trade.states) {
        states.rows.push_back(
            {one.id,
             one.bought,
             one.sold,
             one.outside,
             one.carry,
             cell_of(one.ratio),
             cell_of(one.band),
             one.band_price}
        );
    }
    const double balance = trade.cost - trade.cost_without_band;
    std::vector<Sentence> notes{fmt::format(
        "Premiums of {:.2f} in all, {:.2f} bought among them; no plan is cheaper than {:.2f}. "
        "Without any "
        "balance they would be {:.2f}, so the balance costs {:.2f} ({:.1f} %).",
        trade.cost,
        inside,
        trade.bound,
        trade.cost_without_band,
        balance,
        trade.cost_without_band > 0.0 ? 100.0 * balance / trade.cost_without_band : 0.0
    )};
    for (const procure::TradingPair& pair : trade.too_dear) {
        notes.push_back(fmt::format(
            "{} from {} is {:.1f} % dearer, above the cap: it does not trade.",
            pair.buyer,
            pair.seller,
            100.0 * pair.premium
        ));
    }
    return {{}, {std::move(purchases), std::move(states)}, std::move(notes)};
}

Report report_of(const BandsTooTight& tight) {
    Section section{"", &shapes[2], {}, "", {}};
    for (const BandsTooTight::Excess& one : tight.excess) {
        section.rows.push_back({one.state, one.value});
    }
    return {{"No plan keeps all the bands; these have to be wider."}, {std::move(section)}, {}};
}

Result<std::filesystem::path> chosen_plan(const Invocation& words, const Session& session) {
    if (words.has("PLAN")) {
        return std::filesystem::path(words.text("PLAN"));
    }
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    return data / "procure" / "reciprocity";
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    constexpr double most = 1e15;
    procure::ReciprocityRules rules;
    if (words.has("--band")) {
        ADIC_TRY(rules.band, words.number("--band", -1e-300, most));
    }
    if (words.has("--ratio")) {
        ADIC_TRY(rules.ratio_band, words.number("--ratio", -1e-300, 1.0));
    }
    ADIC_TRY(rules.premium_cap, words.number("--premium-cap", -1.0, 10.0));
    ADIC_TRY(const std::filesystem::path folder, chosen_plan(words, session));
    ingest::ImportReport report;
    ADIC_TRY(const procure::ReciprocityPlan plan, procure::read_reciprocity_plan(folder, report));
    if (!report.may_commit()) {
        return refused_input("The plan cannot be used.", report);
    }
    ADIC_TRY(const procure::ReciprocityOutcome outcome, procure::plan_reciprocity(plan, rules));
    if (const auto* tight = std::get_if<BandsTooTight>(&outcome)) {
        return Outcome{report_of(*tight)};
    }
    return Outcome{report_of(plan, std::get<PlannedTrade>(outcome))};
}

}  // namespace

Command reciprocity_command() {
    return {
        .name = "reciprocity",
        .summary = "plan purchases among states so that each sells about as much as it buys",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
