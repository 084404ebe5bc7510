#include "adic/app/shock_economy.hpp"
#include "adic/base/text.hpp"

#include "frame/report_issues.hpp"
#include "shock/run_parts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::ShockEconomyAnswer;

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
    constexpr std::uint32_t days_of_week = 7;
    shock::ArioOptions chosen;
    if (words.has("--weeks")) {
        ADIC_TRY(const std::uint64_t weeks, words.whole("--weeks", 1, longest / days_of_week));
        chosen.days = static_cast<std::uint32_t>(weeks) * days_of_week;
    }
    if (words.has("--stock-days")) {
        ADIC_TRY(chosen.stock_days, stock_days_of(words));
    }
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
    request.table = words.text("WHAT");
    ADIC_TRY(const std::vector<NamedPart> closed, closed_parts(words));
    for (const NamedPart& one : closed) {
        request.losses.push_back({one.name, one.part});
    }
    ADIC_TRY(const std::uint64_t day, words.whole("--day", 0, longest));
    ADIC_TRY(const std::uint64_t after, words.whole("--repair-after", 0, longest));
    ADIC_TRY(const std::uint64_t repair, words.whole("--repair-days", 0, longest));
    request.day = static_cast<std::uint32_t>(day);
    request.repair_from = static_cast<std::uint32_t>(day + after);
    request.repair_days = static_cast<std::uint32_t>(repair);
    ADIC_TRY(request.options, ario_options(words));
    return request;
}

/// All output and the final demand that is met, day by day, as parts of the usual.
app::Chart days_chart(const std::vector<double>& output, const std::vector<double>& unmet) {
    app::Chart chart;
    chart.time_unit = "day";
    chart.measure = "part of the usual";
    std::vector<double> met;
    for (const double part : unmet) {
        met.push_back(1.0 - part);
    }
    constexpr double quarter = 0.25;
    const double highest = *std::ranges::max_element(output);
    chart.top = std::max(1.0, std::ceil(highest / quarter - 1e-9) * quarter);
    chart.lines = {{"output", output}, {"demand met", std::move(met)}};
    return chart;
}

Section days_section(const ShockEconomyAnswer& answer) {
    Section section{"", &day_shape, {}, "", {}};
    constexpr double days_a_year = 365.0;
    const std::vector<double>& final_demand = answer.table.final_demand();
    const double demand =
        std::accumulate(final_demand.begin(), final_demand.end(), 0.0) / days_a_year;
    std::vector<double> output;
    std::vector<double> unmet;
    for (std::size_t day = 0; day < answer.run.days(); ++day) {
        const auto made = answer.run.on_day(day);
        output.push_back(std::accumulate(made.begin(), made.end(), 0.0) / answer.run.output_before);
        // Rounding leaves parts of 1e-16 that nobody wants to read.
        const double part = std::max(0.0, answer.run.unmet_demand[day] / demand);
        unmet.push_back(part < 1e-12 ? 0.0 : part);
        section.rows.push_back({std::uint64_t{day}, output.back(), unmet.back()});
    }
    section.charts.push_back(days_chart(output, unmet));
    section.shown = In::data;
    return section;
}

Section industries_section(const ShockEconomyAnswer& answer, std::uint64_t top) {
    Section section{"Who loses most", &industry_shape, {}, "", {}};
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
            "has been repaired. These parameters do not describe an economy that recovers; try "
            "larger stocks, --split capacity or a lower --stock-needed.",
            *answer.run.collapse
        ));
    }
    return notes;
}

}  // namespace

Result<Outcome> run_economy(const Invocation& words, const Session& session) {
    ADIC_TRY(const app::ShockEconomyRequest request, request_of(words));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    ADIC_TRY(const ShockEconomyAnswer answer, app::shock_economy(request, session.progress));
    if (!answer.report.may_commit()) {
        return refused_input("The table cannot be used as it is.", answer.report);
    }
    return Outcome{Report{
        {fmt::format(
            "{} industries: {} regions, {} sectors.",
            answer.table.industries(),
            answer.table.regions().size(),
            answer.table.sectors().size()
        )},
        {days_section(answer), industries_section(answer, top)},
        remarks(answer)}};
}

}  // namespace adic::cli
