#include "adic/procure/award.hpp"

#include "adic/app/supplier_exposures.hpp"
#include "adic/base/say.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_award_problem.hpp"
#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <array>
#include <system_error>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using procure::AwardConflict;
using procure::AwardDelivery;
using procure::AwardOrder;
using procure::AwardPlan;
using procure::AwardProblem;

constexpr std::array order_columns{
    Column{"item", "item", "what is ordered", Show::word},
    Column{"year", "year", "in which it is ordered and delivered", Show::word},
    Column{"supplier", "supplier", "from whom", Show::word},
    Column{"package", "package", "the package bid; not known: the supplier's offer", Show::word},
    Column{"pieces", "pieces", "ordered", Show::count},
    Column{"spare", "spare", "of them, that nobody needs", Show::count},
    Column{"price", "price", "of all pieces", Show::number, 2},
    Column{"fixed_cost", "fixed cost", "of the order", Show::number, 2},
};

constexpr std::array cost_columns{
    Column{"total", "in all", "what the plan costs", Show::number, 2},
    Column{"pieces", "pieces", "of it", Show::number, 2},
    Column{"orders", "orders", "fixed costs of orders", Show::number, 2},
    Column{"suppliers", "suppliers", "fixed costs of suppliers", Show::number, 2},
    Column{"storage", "storage", "of pieces until they are needed", Show::number, 2},
    Column{"at_least", "at least", "no plan costs less", Show::number, 2},
    Column{"gap", "gap", "of the cost, that could still be saved at most", Show::share},
};

constexpr std::array delivery_columns{
    Column{"item", "item", "what is delivered", Show::word},
    Column{"state", "state", "to whom; not known: spare", Show::word},
    Column{"needed", "needed", "the year in which the state needs it", Show::word},
    Column{"year", "delivered", "the year of the order", Show::word},
    Column{"supplier", "supplier", "from whom", Show::word},
    Column{"package", "package", "the package bid, if any", Show::word},
    Column{"pieces", "pieces", "delivered", Show::count},
};

constexpr std::array price_columns{
    Column{"demand", "what holds the plan", "a rule, or a capacity", Show::sentence},
    Column{"unit", "one unit", "of it; not known: it is kept or not"},
    Column{
        "saves",
        "less of it saves",
        "if all orders stay in their price brackets",
        Show::number,
        2},
    Column{
        "without",
        "plan without it",
        "its cost, solved again; not known: too long, or this plan is not proven the cheapest",
        Show::number,
        2},
};

constexpr std::array quote_columns{
    Column{"item", "item", "what is needed", Show::word},
    Column{"pieces", "pieces", "that all states need together", Show::count},
    Column{"supplier", "supplier", "who asks", Show::word},
    Column{"asks", "asks", "for one piece, if all are ordered from it at once", Show::number, 2},
};

constexpr std::array conflict_columns{
    Column{"demand", "cannot be kept together", "a demand", Show::sentence}};

constexpr std::array exposure_columns{
    Column{"supplier", "supplier", "who has no exposure of its own in the table", Show::word},
    Column{"item", "item", "of those that it offers, the one that is exposed most", Show::word},
    Column{"exposure", "exposure", "part of its value that does not arise inside", Show::share},
    Column{"unknown", "of it, not recorded", "nobody recorded from where it comes", Show::share},
};

constexpr std::array shapes{
    Shape{"orders", order_columns},
    Shape{"deliveries", delivery_columns},
    Shape{"prices", price_columns},
    Shape{"quotes", quote_columns},
    Shape{"conflict", conflict_columns},
    Shape{"cost", cost_columns},
    Shape{"exposures", exposure_columns},
    issue_shape};

constexpr std::array<std::string_view, 4> description{
    "The cheapest way for several states to buy what they need: who orders how much of what from "
    "whom in which year, with price breaks, fixed costs, lots, capacities, lead times and storage, "
    "package bids, and the states' rules: budgets, vetoes, least numbers of suppliers, largest "
    "shares of a supplier or a bloc, content from a place, exposure to measures of third states.",
    "FOLDER has the tables (docs/reference/awards.md); without it, a small purchase that comes "
    "with the program. --template writes that one as a folder to begin with.",
    "A plan says what no plan can cost less than, and what each rule that holds it costs. If no "
    "plan keeps all demands, the answer is a set of demands that conflict, of which none can be "
    "spared. docs/explanation/award.md has the equations.",
    "The program ranks and explains; the states decide."};

constexpr std::array arguments{Argument{
    .name = "FOLDER",
    .help = "a folder with items.csv, suppliers.csv, demands.csv and offers.csv",
    .is_required = false,
    .completes = Completes::folder}};

constexpr std::array<std::string_view, 3> methods{"auto", "whole", "parts"};

constexpr std::array options{
    Option{
        .name = "--time-limit",
        .value = "SECONDS",
        .help = "of the clock; the best plan until then is the answer, and says so",
        .standard = "60"},
    Option{
        .name = "--gap",
        .value = "SHARE",
        .help = "a plan that is proven to be within this of the cheapest is enough",
        .standard = "0"},
    Option{
        .name = "--method",
        .value = "METHOD",
        .help = "whole: one program, the cheapest plan; parts: item by item, then some items "
                "together, a good plan and how good; auto: parts of large purchases",
        .standard = "auto",
        .choices = methods},
    Option{.name = "--no-prices", .value = "", .help = "do not price what holds the plan"},
    Option{
        .name = "--exposures",
        .value = "",
        .help =
            "suppliers without an exposure take it from the map, where they and what they offer "
            "are in it: the part of the item's value, through all tiers, that does not arise "
            "inside"},
    map_option,
    as_option,
    one_inside_option,
    Option{
        .name = "--template",
        .value = "NEW",
        .help = "write the tables of a small purchase into this new folder, and compute nothing",
        .completes = Completes::folder},
    replace_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic award", "The small purchase that comes with the program."},
    Example{"adic award --template purchase", "Its tables, to begin with."},
    Example{"adic award my-purchase --gap 0.01", "Your own; within 1 % is enough."},
};

double money(procure::Cents cents) {
    return static_cast<double>(cents) / 100.0;
}

Cell package_cell(const AwardProblem& problem, const std::optional<std::size_t>& package) {
    return package ? Cell{problem.packages[*package].id} : Cell{};
}

Row order_row(const AwardProblem& problem, const AwardOrder& order) {
    return {
        problem.items[order.item].id,
        std::to_string(order.year),
        problem.suppliers[order.supplier].id,
        Cell{},
        static_cast<std::uint64_t>(order.pieces),
        static_cast<std::uint64_t>(order.spare),
        money(order.price),
        money(order.fixed_cost)};
}

void add_package(
    const AwardProblem& problem,
    const AwardPlan& plan,
    std::size_t package,
    Section& section
) {
    const procure::AwardPackage& bid = problem.packages[package];
    for (const procure::AwardPackageRow& row : bid.rows) {
        std::uint64_t spare = 0;
        for (const AwardDelivery& one : plan.deliveries) {
            const bool is_here =
                one.package == package && one.item == row.item && one.year == row.year;
            spare += is_here && !one.state ? static_cast<std::uint64_t>(one.pieces) : 0;
        }
        section.rows.push_back(
            {problem.items[row.item].id,
             std::to_string(row.year),
             problem.suppliers[bid.supplier].id,
             bid.id,
             static_cast<std::uint64_t>(row.pieces),
             spare,
             money(row.price),
             0.0}
        );
    }
}

Section orders_section(const AwardProblem& problem, const AwardPlan& plan) {
    Section section{"", &shapes[0], {}, "Nothing is needed.", {}};
    for (const AwardOrder& order : plan.bill.orders) {
        section.rows.push_back(order_row(problem, order));
    }
    for (const std::size_t package : plan.bill.packages) {
        add_package(problem, plan, package, section);
    }
    return section;
}

Section deliveries_section(const AwardProblem& problem, const AwardPlan& plan) {
    Section section{"Who gets what", &shapes[1], {}, "Nothing is delivered.", {}};
    for (const AwardDelivery& one : plan.deliveries) {
        section.rows.push_back(
            {problem.items[one.item].id,
             one.state ? Cell{problem.states[*one.state]} : Cell{},
             one.state ? Cell{std::to_string(one.needed)} : Cell{},
             std::to_string(one.year),
             problem.suppliers[one.supplier].id,
             package_cell(problem, one.package),
             static_cast<std::uint64_t>(one.pieces)}
        );
    }
    return section;
}

Section prices_section(const AwardPlan& plan) {
    Section section{
        "What the demands cost",
        &shapes[2],
        {},
        plan.is_solved_without
            ? "Nothing: without any one of its rules and capacities the plan would cost the same."
            : "Nothing: while orders stay in their price brackets, less of a rule or a capacity "
              "saves nothing.",
        {}};
    if (!plan.is_solved_without) {
        section.notes.push_back(say("award-without-rule"));
    }
    for (const procure::AwardPrice& one : plan.prices) {
        section.rows.push_back(
            {one.demand,
             one.unit.empty() ? Cell{} : Cell{one.unit},
             one.unit.empty() ? Cell{} : Cell{one.price},
             one.without ? Cell{money(*one.without)} : Cell{}}
        );
    }
    return section;
}

Section quotes_section(const AwardProblem& problem) {
    Section section{"What each supplier asks for all pieces", &shapes[3], {}, "No offers.", {}};
    section.side_by_side = SideBySide{"supplier", {"item", "pieces"}, {"asks"}};
    std::vector<std::int64_t> needed(problem.items.size(), 0);
    for (const procure::AwardDemand& demand : problem.demands) {
        needed[demand.item] += demand.pieces;
    }
    for (const procure::AwardOffer& offer : problem.offers) {
        const std::int64_t pieces = needed[offer.item];
        const auto asks = procure::asked_for(offer, pieces);
        section.rows.push_back(
            {problem.items[offer.item].id,
             static_cast<std::uint64_t>(pieces),
             problem.suppliers[offer.supplier].id,
             asks && pieces > 0 ? Cell{money(*asks) / static_cast<double>(pieces)} : Cell{}}
        );
    }
    section.notes.push_back(say("award-quotes"));
    return section;
}

Section cost_section(const AwardPlan& plan) {
    const procure::AwardBill& bill = plan.bill;
    return {
        "What the plan costs",
        &shapes[5],
        {{money(bill.total),
          money(bill.pieces),
          money(bill.order_costs),
          money(bill.supplier_costs),
          money(bill.storage),
          money(plan.bound),
          plan.gap()}},
        "",
        {}};
}

Said amount_of(std::string_view name, procure::Cents cents) {
    return {name, procure::money_text(cents), money(cents)};
}

Sentence summary_of(const AwardPlan& plan) {
    const procure::AwardBill& bill = plan.bill;
    constexpr double percent = 100.0;
    std::vector<Said> values{
        amount_of("total", bill.total),
        amount_of("pieces", bill.pieces),
        amount_of("orders", bill.order_costs),
        amount_of("suppliers", bill.supplier_costs),
        amount_of("storage", bill.storage),
        amount_of("bound", plan.bound)};
    if (plan.bound == bill.total) {
        return say("award-cheapest", values);
    }
    values.emplace_back("gap", fmt::format("{:.3g} %", percent * plan.gap()), plan.gap());
    return say("award-within", values);
}

Section exposures_section(
    const AwardProblem& problem,
    const std::vector<app::SupplierExposure>& exposures,
    const supply::Viewpoint& viewpoint
) {
    Section section{
        fmt::format("How exposed suppliers are, {}", seen_from(viewpoint)),
        &shapes[6],
        {},
        "No supplier without an exposure is in the map with something that it offers.",
        {}};
    for (const app::SupplierExposure& one : exposures) {
        section.rows.push_back({problem.suppliers[one.supplier].id, one.item, one.part, one.unknown}
        );
    }
    section.notes.push_back(say("award-exposed"));
    return section;
}

Report report_on(const AwardProblem& problem, const AwardPlan& plan, bool with_prices) {
    Report report;
    report.introduction.push_back(summary_of(plan));
    report.sections = {orders_section(problem, plan), deliveries_section(problem, plan)};
    if (with_prices) {
        report.sections.push_back(prices_section(plan));
    }
    report.sections.push_back(quotes_section(problem));
    report.sections.push_back(cost_section(plan));
    if (plan.is_out_of_time) {
        report.notes.push_back(say("award-out-of-time"));
    }
    return report;
}

Report report_on(const AwardConflict& conflict) {
    Section section{"", &shapes[4], {}, "", {}};
    for (const Sentence& demand : conflict.demands) {
        section.rows.push_back({demand});
    }
    section.notes.push_back(
        conflict.is_least ? say("award-conflict-least") : say("award-conflict-open")
    );
    return {{say("award-conflict")}, {std::move(section)}, {}};
}

Report report_on(const procure::NoAwardInTime& none) {
    return {
        {say("award-none-in-time", {amount_of("bound", none.bound)})},
        {Section{"", &shapes[0], {}, "No plan.", {}}},
        {}};
}

Result<Outcome> write_tables(const Invocation& words) {
    const std::filesystem::path folder = words.text("--template");
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    for (const procure::AwardTable& table : procure::list_award_tables()) {
        const std::filesystem::path path = folder / table.file;
        if (auto problem = stands_in_the_way(path, words)) {
            return *std::move(problem);
        }
        if (auto problem = write_file(path, table.example)) {
            return *std::move(problem);
        }
    }
    return Outcome{fmt::format(
        "{} has the tables of a small purchase: write your own into them, then run 'adic award "
        "{}'.\n",
        folder.string(),
        folder.string()
    )};
}

Result<procure::AwardOptions> chosen_options(const Invocation& words) {
    constexpr double day = 86'400.0;
    procure::AwardOptions chosen;
    ADIC_TRY(chosen.time_limit_s, words.number("--time-limit", 0.0, day));
    ADIC_TRY(const double gap, words.number("--gap", -1e-300, 1.0));
    chosen.relative_gap = std::max(chosen.relative_gap, gap);
    const std::string method = words.text("--method");
    chosen.method = method == "whole"   ? procure::AwardMethod::whole
                    : method == "parts" ? procure::AwardMethod::in_parts
                                        : procure::AwardMethod::automatic;
    chosen.with_prices = !words.has("--no-prices");
    return chosen;
}

/// Of the map, where it is asked for; the section says what was taken.
Result<std::optional<Section>>
taken_exposures(const Invocation& words, const Session& session, AwardProblem& problem) {
    if (!words.has("--exposures")) {
        return std::optional<Section>{};
    }
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const auto viewpoint, chosen_viewpoint(words, session, opened->map()));
    const auto exposures = app::take_exposures(*opened, viewpoint, problem);
    return std::optional{exposures_section(problem, exposures, viewpoint)};
}

Report
report_on(const AwardProblem& problem, const procure::AwardOutcome& outcome, bool with_prices) {
    if (const auto* plan = std::get_if<AwardPlan>(&outcome)) {
        return report_on(problem, *plan, with_prices);
    }
    if (const auto* conflict = std::get_if<AwardConflict>(&outcome)) {
        return report_on(*conflict);
    }
    return report_on(std::get<procure::NoAwardInTime>(outcome));
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (words.has("--template")) {
        return write_tables(words);
    }
    ADIC_TRY(const procure::AwardOptions chosen, chosen_options(words));
    ingest::ImportReport issues;
    ADIC_TRY(AwardProblem problem, chosen_award_problem(words, issues));
    if (!issues.may_commit()) {
        return refused_input("The purchase cannot be used as it is.", issues);
    }
    ADIC_TRY(auto exposures, taken_exposures(words, session, problem));
    ADIC_TRY(const procure::AwardOutcome outcome, procure::award(problem, chosen));
    Report report = report_on(problem, outcome, chosen.with_prices);
    if (exposures) {
        report.sections.push_back(*std::move(exposures));
    }
    return Outcome{std::move(report)};
}

}  // namespace

Command award_command() {
    return {
        .name = "award",
        .summary = "plan who buys what from whom, at the least cost that keeps all rules",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
