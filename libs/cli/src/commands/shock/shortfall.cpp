#include "adic/app/shortfall.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::PlannedMaterial;
using app::ShortfallAnswer;

constexpr std::array year_columns{
    Column{"material", "material", "its name", Show::word},
    Column{"year", "year", "of the scenario", Show::word},
    Column{"unit", "unit", "of all amounts", Show::word, 0, In::data},
    Column{
        "demand",
        "demand",
        "military, and the essential part of civilian (K1)",
        Show::number,
        0,
        In::data,
        true},
    Column{
        "reliable_supply",
        "supply",
        "what can be relied on: made at home, or sure to come (K2)",
        Show::number,
        0,
        In::data,
        true},
    Column{
        "shortfall",
        "shortfall",
        "before stock and measures (K3)",
        Show::number,
        0,
        In::all,
        true},
    Column{"from_stock", "from stock", "in the likely case (K4)", Show::number, 0, In::data},
    Column{"stock_left", "left", "in stock at the end of the year", Show::number, 0, In::data},
    Column{
        "from_measures",
        "measures",
        "that they cover, likely case (K5)",
        Show::number,
        0,
        In::data},
    Column{"covered", "covered", "by stock and measures, likely case", Show::number, 0, In::table},
    Column{"open", "open", "what nothing covers (K6)", Show::number, 0, In::all, true},
};

constexpr std::array material_columns{
    Column{"material", "material", "its name", Show::word},
    Column{"unit", "unit", "of all amounts", Show::word},
    Column{"stock", "stock", "at the start", Show::number, 0, In::data, true},
    Column{
        "stock_goal",
        "stock goal",
        "the stock that alone would cover all years (K6)",
        Show::number,
        0,
        In::all,
        true},
    Column{"open", "open", "over all years", Show::number, 0, In::all, true},
    Column{
        "cost",
        "cost",
        "of the measures, likely case, in the plan's currency",
        Show::number,
        0,
        In::data},
    Column{"first_open", "from", "first year in which something stays open", Show::word},
    Column{
        "soonest_open",
        "at soonest",
        "the same if all figures are at their worse ends",
        Show::word},
    Column{
        "missing_from",
        "missing from",
        "the state of which most does not come",
        Show::word,
        0,
        In::data},
    Column{
        "missing",
        "amount",
        "what could be had of it and does not come, in years that are short",
        Show::number,
        0,
        In::data},
};

constexpr std::array measure_columns{
    Column{"material", "material", "its name", Show::word},
    Column{"year", "year", "of the scenario", Show::word},
    Column{"measure", "measure", "in the order in which they are taken"},
    Column{"kind", "kind", "market_response or mitigation", Show::word},
    Column{"amount", "amount", "that it covers, likely case", Show::number, 0},
    Column{"cost", "cost", "in the plan's currency", Show::number, 0},
};

constexpr std::array shapes{
    Shape{"years", year_columns},
    Shape{"materials", material_columns},
    Shape{"measures", measure_columns},
    issue_shape};

constexpr std::array<std::string_view, 3> description{
    "What is short of each material in each year of a planning scenario, as stockpile planners "
    "count: military and essential civilian demand against the supply that can be relied on; then "
    "the stock, then what comes by itself, then measures, each by cost; then what nothing covers.",
    "PLAN is a folder of tables (docs/reference/material-plans.md); without it, a plan that comes "
    "with the program: antimony, gallium and tungsten for South-East Asia if China's exports stop. "
    "What is made where is published there, demand and reliability are illustrations.",
    "Figures with three ends run from the harshest case to the mildest; what stock and measures "
    "cover is that of the likely one. docs/explanation/shock-survival.md has the equations."};

constexpr std::array arguments{Argument{
    .name = "PLAN",
    .help = "a folder with the tables of a plan, or the beginning of their names",
    .is_required = false,
    .completes = Completes::folder}};

constexpr std::array<std::string_view, 2> releases{"first", "last"};

constexpr std::array options{
    Option{
        .name = "--stock",
        .value = "WHEN",
        .help = "when the stock is used: before anything else, or only for what no measure covers",
        .standard = "first",
        .choices = releases},
    format_option,
};

constexpr std::array examples{
    Example{"adic shock shortfall", "The plan that comes with the program."},
    Example{
        "adic shock shortfall --stock last --format csv > years.csv",
        "The same with the stock kept for the end, every year as a row."},
    Example{"adic shock shortfall my-network-plan", "A plan of your own."},
};

Cell year_or_nothing(const std::optional<std::int32_t>& year) {
    return year ? Cell{std::to_string(*year)} : Cell{};
}

void add_years(const PlannedMaterial& material, Section& years, Section& measures) {
    for (const shock::YearShortfall& year : material.shortfall.years) {
        double covered = 0.0;
        for (const shock::MeasureUse& use : year.used) {
            const model::ShortfallMeasure& measure = material.plan.measures[use.measure];
            covered += use.amount;
            measures.rows.push_back(
                {material.plan.id,
                 std::to_string(year.year),
                 measure.id,
                 std::string(model::name_of(measure.kind)),
                 use.amount,
                 use.cost}
            );
        }
        years.rows.push_back(
            {material.plan.id,
             std::to_string(year.year),
             material.plan.unit,
             year.demand,
             year.reliable_supply,
             year.shortfall,
             year.from_stock,
             year.stock_left,
             covered,
             year.from_stock + covered,
             year.open}
        );
    }
}

Row material_row(const PlannedMaterial& material) {
    const bool is_missing = !material.missing_from.empty();
    return {
        material.plan.id,
        material.plan.unit,
        material.plan.stock,
        material.shortfall.stock_goal,
        material.shortfall.open,
        material.shortfall.cost,
        year_or_nothing(material.first_open),
        year_or_nothing(material.soonest_open),
        is_missing ? Cell{material.missing_from} : Cell{},
        is_missing ? Cell{material.missing} : Cell{}};
}

/// Which material runs short, from when on, and for want of what.
std::string in_words(const PlannedMaterial& material) {
    const auto& [plan, shortfall, first_open, soonest_open, missing_from, missing] = material;
    if (!soonest_open) {
        return fmt::format("{}: stock and measures cover every case.", plan.id);
    }
    std::string text =
        first_open ? fmt::format("{}: something stays open from {} on", plan.id, *first_open)
                   : fmt::format(
                       "{}: covered in the likely case; at worst something stays open from {} on",
                       plan.id,
                       *soonest_open
                   );
    if (!missing_from.empty()) {
        text += fmt::format(
            "; most of what could be had and does not come is of {}, {:.0f} {} over the years",
            missing_from,
            missing,
            plan.unit
        );
    }
    return text + ".";
}

Report report_on(const ShortfallAnswer& answer) {
    Section years{"", &shapes[0], {}, "The plan has no materials.", {}};
    Section materials{"Materials", &shapes[1], {}, "There are none.", {}};
    Section measures{"Measures taken", &shapes[2], {}, "No measure is taken.", {}};
    std::vector<Sentence> notes;
    for (const PlannedMaterial& material : answer.materials) {
        add_years(material, years, measures);
        materials.rows.push_back(material_row(material));
        notes.push_back(in_words(material));
    }
    return {{}, {std::move(years), std::move(materials), std::move(measures)}, std::move(notes)};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    app::ShortfallRequest request;
    if (words.has("PLAN")) {
        request.plans = words.text("PLAN");
    } else {
        ADIC_TRY(const std::filesystem::path data, data_folder(session));
        request.plans = data / "plans" / "sample";
    }
    if (words.text("--stock") == "last") {
        request.release = shock::StockRelease::last;
    }
    ADIC_TRY(const ShortfallAnswer answer, app::plan_shortfall(request));
    if (!answer.report.may_commit()) {
        return refused_input("The plan cannot be used as it is.", answer.report);
    }
    return Outcome{report_on(answer)};
}

}  // namespace

Command shock_shortfall_command() {
    return {
        .name = "shock shortfall",
        .summary = "what is short of a material in each year, and what covers it",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
