#include "adic/app/backtest.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::BacktestAnswer;

constexpr std::array month_columns{
    Column{"code", "code", "HS code", Show::word},
    Column{"month", "month", "from the announcement on", Show::word},
    Column{
        "forecast",
        "forecast, t",
        "tonnes that the model expects",
        Show::number,
        1,
        In::all,
        true},
    Column{"naive", "unchanged", "tonnes if nothing changed", Show::number, 1},
    Column{"actual", "came, t", "tonnes that the flows report", Show::number, 1},
    Column{"within", "within", "what came is within the forecast's range"},
};

constexpr std::array error_columns{
    Column{"code", "code", "HS code", Show::word},
    Column{"months", "months", "in which the control was in force", Show::count},
    Column{"within", "within", "months in which what came was within the range", Show::count},
    Column{
        "model_error",
        "error",
        "mean absolute error of the likely forecast, as a part of the usual month",
        Show::share},
    Column{
        "naive_error",
        "if unchanged",
        "the same of the forecast that nothing changes",
        Show::share},
};

constexpr std::array partner_columns{
    Column{"code", "code", "HS code", Show::word},
    Column{"partner", "to", "the state that buys", Show::word},
    Column{
        "forecast",
        "forecast, t",
        "tonnes over the months in which the control was in force",
        Show::number,
        1,
        In::all,
        true},
    Column{"actual", "came, t", "tonnes that the flows report", Show::number, 1},
};

constexpr std::array shapes{
    Shape{"months", month_columns},
    Shape{"errors", error_columns},
    Shape{"partners", partner_columns},
    issue_shape,
};

constexpr std::array<std::string_view, 3> description{
    "What the model would have said of an episode's export controls from the flows of the year "
    "before they were announced, what the flows then did, and how far off it was. Beside it stands "
    "the error of the simplest forecast: that nothing changes.",
    "What nobody could know before is left open: the part of licences that is approved and of the "
    "backlog that is delivered may be anything. Only a part of a customs code is controlled goods: "
    "data/reference/controlled_parts.csv.",
    "The flows are a file of your own: exports by month, partner and HS6 code, as UN Comtrade "
    "gives "
    "them. docs/explanation/backtest.md shows the controls of 2023."};

constexpr std::array arguments{Argument{
    .name = "FLOWS",
    .help = "the flows, as CSV: month, reporter, partner, hs6, net_weight_kg, value_usd",
    .completes = Completes::file}};

constexpr std::array options{
    Option{
        .name = "--scenario",
        .value = "NAME",
        .help = "the episode, or a file",
        .standard = "gallium-germanium-2023",
        .completes = Completes::file},
    Option{
        .name = "--top",
        .value = "N",
        .help = "how many partners to show; 0 shows all",
        .standard = "10"},
    format_option,
};

constexpr std::array examples{
    Example{
        "adic shock backtest BACI_monthly.csv --scenario graphite-2023",
        "China's licences for graphite, from its monthly exports."},
};

/// A figure in tonnes.
Estimate tonnes(const Estimate& kilograms) {
    constexpr double kg = 1000.0;
    return *Estimate::create(kilograms.low() / kg, kilograms.likely() / kg, kilograms.high() / kg);
}

double tonnes(double kilograms) {
    constexpr double kg = 1000.0;
    return kilograms / kg;
}

Section months_section(const BacktestAnswer& answer) {
    Section section{"", &shapes[0], {}, "", {}};
    for (const app::ForecastMonth& month : answer.months) {
        const bool within =
            month.actual >= month.forecast.low() && month.actual <= month.forecast.high();
        section.rows.push_back(
            {month.code,
             fmt::format(
                 "{:04}-{:02}",
                 static_cast<int>(month.month.year()),
                 static_cast<unsigned>(month.month.month())
             ),
             tonnes(month.forecast),
             tonnes(month.naive),
             tonnes(month.actual),
             within}
        );
    }
    return section;
}

Section errors_section(const BacktestAnswer& answer) {
    Section section{"How far off, while in force", &shapes[1], {}, "", {}};
    for (const app::ForecastError& error : answer.errors) {
        section.rows.push_back(
            {error.code,
             std::uint64_t{error.months},
             std::uint64_t{error.within},
             error.model,
             error.naive}
        );
    }
    return section;
}

Section partners_section(const BacktestAnswer& answer, std::uint64_t top) {
    Section section{"By partner, while in force", &shapes[2], {}, "", {}};
    std::string code;
    std::uint64_t shown = 0;
    for (const app::ForecastPartner& partner : answer.partners) {
        shown = partner.code == code ? shown + 1 : 1;
        code = partner.code;
        if (top == 0 || shown <= top) {
            section.rows.push_back(
                {partner.code, partner.partner, tonnes(partner.forecast), tonnes(partner.actual)}
            );
        }
    }
    return section;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    ADIC_TRY(
        const BacktestAnswer answer,
        app::backtest({words.text("FLOWS"), words.text("--scenario"), data})
    );
    Report report{
        {},
        {months_section(answer), errors_section(answer), partners_section(answer, top)},
        {}};
    if (answer.report.errors() > 0) {
        Section issues = issues_section(answer.report, "");
        issues.shape = &shapes[3];
        report.sections.push_back(std::move(issues));
    }
    const int code = answer.report.may_commit() ? 0 : traits(ErrorCode::invalid_argument).exit_code;
    return Outcome{std::move(report), code};
}

}  // namespace

Command shock_backtest_command() {
    return {
        .name = "shock backtest",
        .summary = "hold an episode's forecast against the flows that came",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
