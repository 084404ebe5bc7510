#include "adic/app/shock_economy.hpp"
#include "adic/base/text.hpp"

#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::ShockEconomyAnswer;

constexpr std::array day_columns{
    Column{"day", "day", "from 0", Show::count},
    Column{"output", "output", "of all industries, as a part of the usual", Show::share},
    Column{
        "unmet_demand",
        "unmet demand",
        "final demand that is not met, as a part of all",
        Show::share},
    Column{"bar", "0 % . . . . . . 50 % . . . . . 100 %", "", Show::text, 0, In::table},
};

constexpr std::array industry_columns{
    Column{"industry", "industry", "region and sector", Show::text},
    Column{
        "days_lost",
        "days lost",
        "output not made, in days of its usual output; below 0: it made more",
        Show::number,
        2},
    Column{"lowest", "lowest", "part of its usual output on its worst day", Show::share},
    Column{"lowest_day", "on day", "its worst day", Show::count},
};

constexpr std::array shapes{
    Shape{"days", day_columns},
    Shape{"industries", industry_columns},
    issue_shape,
};

constexpr std::array<std::string_view, 3> description{
    "How an economy goes on, day by day, after some of its industries lost capital. Industries "
    "keep stocks of their inputs, order what they use and what is missing from the stock, work "
    "overtime while they are asked for more than they make, and share what there is among those "
    "who ordered it (the adaptive regional input-output model, ARIO).",
    "The table is two matrices without headers, in a folder or with one beginning: Z.csv (what "
    "each "
    "industry sells to each in a year) and Y.csv (what it sells to the final demand of each "
    "region). Industries are called by region and sector: 'R1 S2'.",
    "Some parameters make the model collapse by itself, long after everything is repaired. If that "
    "happens the answer says so: then it is the parameters that speak, not the shock. "
    "docs/explanation/shock-ario.md has the equations."};

constexpr std::array arguments{Argument{
    .name = "TABLE",
    .help = "the folder of the table, or the beginning of its two files",
    .completes = Completes::file}};

constexpr std::array<std::string_view, 2> splits{"capacity", "usual"};

constexpr std::array options{
    Option{
        .name = "--lose",
        .value = "WHAT",
        .help = "what loses its capital, separated by commas: an industry ('R1 S2'), a region (R1) "
                "or a sector (S2); NAME=0.4 loses only the part 0.4"},
    Option{.name = "--day", .value = "DAY", .help = "the day of the loss", .standard = "5"},
    Option{
        .name = "--repair-after",
        .value = "DAYS",
        .help = "days from the loss until repair begins",
        .standard = "30"},
    Option{
        .name = "--repair-days",
        .value = "DAYS",
        .help = "days that repair takes; 0 repairs at once",
        .standard = "60"},
    Option{.name = "--days", .value = "N", .help = "length of the run", .standard = "365"},
    Option{
        .name = "--stock-days",
        .value = "DAYS",
        .help = "days of its use that an industry wants in stock of each input; one number, or one "
                "for each sector separated by commas",
        .standard = "60"},
    Option{
        .name = "--stock-needed",
        .value = "PART",
        .help = "part of the wanted stock below which production is held back",
        .standard = "0.8"},
    Option{
        .name = "--restock-days",
        .value = "DAYS",
        .help = "days over which a gap in the stock is ordered",
        .standard = "30"},
    Option{
        .name = "--split",
        .value = "HOW",
        .help = "how orders are split over regions: by the capacity that sellers have left, or as "
                "usual",
        .standard = "capacity",
        .choices = splits},
    Option{.name = "--every", .value = "DAYS", .help = "show one day in so many", .standard = "14"},
    Option{
        .name = "--top",
        .value = "N",
        .help = "how many industries to show; 0 shows all",
        .standard = "15"},
    format_option,
};

constexpr std::array examples{
    Example{
        "adic economy my-network --lose 'R1 S2=0.9,S4=0.1'",
        "An industry loses most of its capital and a sector everywhere a tenth of it."},
    Example{
        "adic economy my-network --lose R1 --every 1 --format csv > days.csv",
        "A whole region stops: every day, for a chart of your own."},
};

Result<std::vector<app::NamedCapitalLoss>> losses_of(const Invocation& words) {
    std::vector<app::NamedCapitalLoss> losses;
    if (!words.has("--lose")) {
        return Error{
            ErrorCode::invalid_argument,
            "say what loses its capital: --lose NAME,...",
            {}};
    }
    for (const std::string_view part : split(words.text("--lose"), ',')) {
        const std::size_t sign = part.rfind('=');
        app::NamedCapitalLoss loss{std::string(trimmed(part.substr(0, sign)))};
        if (sign != std::string_view::npos) {
            const auto lost = parse_decimal(trimmed(part.substr(sign + 1)));
            if (!lost || *lost < 0.0 || *lost > 1.0) {
                return Error{
                    ErrorCode::invalid_argument,
                    fmt::format("--lose: '{}' has no part between 0 and 1 after '='", part),
                    {}};
            }
            loss.lost = *lost;
        }
        losses.push_back(std::move(loss));
    }
    return losses;
}

constexpr std::uint64_t longest = 36'500;  ///< days

Result<std::vector<double>> stock_days_of(const Invocation& words) {
    std::vector<double> days;
    for (const std::string_view part : split(words.text("--stock-days"), ',')) {
        const auto number = parse_decimal(trimmed(part));
        if (!number || *number <= 0.0 || *number > longest) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("--stock-days: '{}' is no number of days above 0", part),
                {}};
        }
        days.push_back(*number);
    }
    return days;
}

Result<shock::ArioOptions> ario_options(const Invocation& words) {
    shock::ArioOptions chosen;
    ADIC_TRY(const std::uint64_t days, words.whole("--days", 1, longest));
    chosen.days = static_cast<std::uint32_t>(days);
    ADIC_TRY(chosen.stock_days, stock_days_of(words));
    ADIC_TRY(const double needed, words.number("--stock-needed", 0.0, 1.0));
    ADIC_TRY(const double restock, words.number("--restock-days", 0.0, double{longest}));
    chosen.stock_needed = {needed};
    chosen.restock_days = {std::max(1.0, restock)};
    chosen.split = words.text("--split") == "usual" ? shock::OrderSplit::as_usual
                                                    : shock::OrderSplit::by_capacity;
    return chosen;
}

Result<app::ShockEconomyRequest> request_of(const Invocation& words) {
    app::ShockEconomyRequest request;
    request.table = words.text("TABLE");
    ADIC_TRY(request.losses, losses_of(words));
    ADIC_TRY(const std::uint64_t day, words.whole("--day", 0, longest));
    ADIC_TRY(const std::uint64_t after, words.whole("--repair-after", 0, longest));
    ADIC_TRY(const std::uint64_t repair, words.whole("--repair-days", 0, longest));
    request.day = static_cast<std::uint32_t>(day);
    request.repair_from = static_cast<std::uint32_t>(day + after);
    request.repair_days = static_cast<std::uint32_t>(repair);
    ADIC_TRY(request.options, ario_options(words));
    return request;
}

std::string bar_of(double part) {
    constexpr double width = 36.0;
    const double filled = std::round(std::clamp(part, 0.0, 1.0) * width);
    return std::string(static_cast<std::size_t>(filled), '#');
}

Section days_section(const ShockEconomyAnswer& answer, std::uint64_t every) {
    Section section{"", &shapes[0], {}, "", {}};
    constexpr double days_a_year = 365.0;
    const std::vector<double>& final_demand = answer.table.final_demand();
    const double demand =
        std::accumulate(final_demand.begin(), final_demand.end(), 0.0) / days_a_year;
    for (std::size_t day = 0; day < answer.run.days(); day += every) {
        const auto made = answer.run.on_day(day);
        const double output =
            std::accumulate(made.begin(), made.end(), 0.0) / answer.run.output_before;
        // Rounding leaves parts of 1e-16 that nobody wants to read.
        const double unmet = std::max(0.0, answer.run.unmet_demand[day] / demand);
        section.rows.push_back(
            {std::uint64_t{day}, output, unmet < 1e-12 ? 0.0 : unmet, bar_of(output)}
        );
    }
    return section;
}

Section industries_section(const ShockEconomyAnswer& answer, std::uint64_t top) {
    Section section{"Who loses most", &shapes[1], {}, "", {}};
    const std::size_t all = answer.industries.size();
    const std::size_t shown = top == 0 ? all : std::min<std::size_t>(top, all);
    for (const app::IndustryLoss& loss : std::span{answer.industries}.first(shown)) {
        section.rows.push_back(
            {answer.table.name_of(loss.industry),
             loss.days_lost,
             loss.lowest,
             std::uint64_t{loss.lowest_day}}
        );
    }
    if (shown < all) {
        section.notes.push_back(fmt::format("The first {} of {} industries.", shown, all));
    }
    return section;
}

std::vector<std::string> remarks(const ShockEconomyAnswer& answer) {
    std::vector<std::string> notes{fmt::format(
        "Lost in {} days: {:.2f} days of all output, {:.2f} days of final demand.",
        answer.run.days(),
        answer.run.days_of_output_lost(),
        answer.unmet_days
    )};
    if (answer.run.collapse) {
        notes.push_back(fmt::format(
            "The run collapses by itself: on day {} output does not recover although everything "
            "has "
            "been repaired. These parameters do not describe an economy that recovers; try larger "
            "stocks, --split capacity or a lower --stock-needed.",
            *answer.run.collapse
        ));
    }
    return notes;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    constexpr std::uint64_t most_rows = 1'000'000'000;
    ADIC_TRY(const app::ShockEconomyRequest request, request_of(words));
    ADIC_TRY(const std::uint64_t every, words.whole("--every", 1, longest));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, most_rows));
    ADIC_TRY(const ShockEconomyAnswer answer, app::shock_economy(request, session.progress));
    if (!answer.report.may_commit()) {
        Section issues = issues_section(answer.report, "");
        issues.shape = &shapes[2];
        const int code = traits(ErrorCode::invalid_argument).exit_code;
        return Outcome{
            Report{{"The table cannot be used as it is."}, {std::move(issues)}, {}},
            code};
    }
    return Outcome{Report{
        {fmt::format(
            "{} industries: {} regions, {} sectors.",
            answer.table.industries(),
            answer.table.regions().size(),
            answer.table.sectors().size()
        )},
        {days_section(answer, every), industries_section(answer, top)},
        remarks(answer)}};
}

}  // namespace

Command economy_command() {
    return {
        .name = "economy",
        .summary = "follow a loss of capital through an input-output table, day by day",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
