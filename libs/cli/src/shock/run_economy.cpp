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

constexpr std::uint64_t longest = 36'500;   ///< days
constexpr std::uint64_t usual_repair = 60;  ///< days

Result<shock::ArioOptions> ario_options(const Invocation& words) {
    constexpr std::uint32_t days_of_week = 7;
    constexpr double most = 1e6;
    shock::ArioOptions chosen;
    if (words.has("--weeks")) {
        ADIC_TRY(const std::uint64_t weeks, words.whole("--weeks", 1, longest / days_of_week));
        chosen.days = static_cast<std::uint32_t>(weeks) * days_of_week;
    }
    if (words.has("--stock-days")) {
        ADIC_TRY(chosen.stock_days, numbers_of(words, "--stock-days"));
    }
    ADIC_TRY(chosen.stock_needed, numbers_of(words, "--stock-needed"));
    if (words.has("--restock-days")) {
        ADIC_TRY(chosen.restock_days, numbers_of(words, "--restock-days"));
        for (double& days : chosen.restock_days) {
            days = std::max(1.0, days);
        }
    }
    ADIC_TRY(chosen.capacity_most, numbers_of(words, "--overtime"));
    ADIC_TRY(chosen.capacity_days, numbers_of(words, "--overtime-days"));
    ADIC_TRY(chosen.price_rise, zero_or_more(words, "--price-rise"));
    ADIC_TRY(chosen.demand_response, zero_or_more(words, "--demand-response"));
    ADIC_TRY(chosen.capital_years, words.number("--capital-years", 0.0, most));
    chosen.split = words.text("--split") == "usual" ? shock::OrderSplit::as_usual
                                                    : shock::OrderSplit::by_capacity;
    return chosen;
}

/// The two ends of --demand-days.
struct Days {
    std::uint32_t from = 0;
    std::uint32_t until = UINT32_MAX;
};

Result<Days> demand_days(const Invocation& words) {
    if (!words.has("--demand-days")) {
        return Days{};
    }
    const auto ends = split(words.text("--demand-days"), '-');
    const auto from = parse_whole(trimmed(ends.front()));
    const auto until = parse_whole(trimmed(ends.back()));
    if (ends.size() != 2 || !from || !until || *from >= *until || *until > longest) {
        return Error{
            ErrorCode::invalid_argument,
            "--demand-days: write the first day and the day after the last, as in 5-40",
            {}};
    }
    return Days{static_cast<std::uint32_t>(*from), static_cast<std::uint32_t>(*until)};
}

Result<std::vector<app::NamedDemandChange>> demand_changes(const Invocation& words) {
    std::vector<app::NamedDemandChange> changes;
    if (!words.has("--demand")) {
        if (words.has("--demand-days")) {
            return Error{ErrorCode::invalid_argument, "--demand-days says when --demand is", {}};
        }
        return changes;
    }
    constexpr double most = 1e6;
    ADIC_TRY(const Days days, demand_days(words));
    ADIC_TRY(const auto named, named_parts("--demand", words.text("--demand"), most));
    for (const NamedPart& one : named) {
        changes.push_back({one.name, one.part, days.from, days.until});
    }
    return changes;
}

Result<app::ShockEconomyRequest> request_of(const Invocation& words) {
    app::ShockEconomyRequest request;
    request.table = words.text("WHAT");
    ADIC_TRY(request.demand, demand_changes(words));
    if (words.has("--close") || request.demand.empty()) {
        ADIC_TRY(const std::vector<NamedPart> closed, closed_parts(words));
        for (const NamedPart& one : closed) {
            request.losses.push_back({one.name, one.part});
        }
    }
    if (words.has("--rebuild")) {
        ADIC_TRY(const auto named, named_parts("--rebuild", words.text("--rebuild"), 1.0));
        for (const NamedPart& one : named) {
            request.rebuilding.push_back({one.name, one.part});
        }
    }
    ADIC_TRY(const std::uint64_t day, words.whole("--day", 0, longest));
    ADIC_TRY(const std::uint64_t after, words.whole("--repair-after", 0, longest));
    std::uint64_t repair = usual_repair;
    if (words.has("--repair-days")) {
        ADIC_TRY(repair, words.whole("--repair-days", 0, longest));
    }
    request.day = static_cast<std::uint32_t>(day);
    request.repair_from = static_cast<std::uint32_t>(day + after);
    request.repair_days = static_cast<std::uint32_t>(repair);
    ADIC_TRY(request.options, ario_options(words));
    return request;
}

/// Mean price of a day, by usual output.
Cell price_on(const ShockEconomyAnswer& answer, std::size_t day) {
    if (answer.run.price.empty()) {
        return {};
    }
    const auto prices = answer.run.price_on_day(day);
    const std::vector<double>& usual = answer.table.output();
    const double all = std::accumulate(usual.begin(), usual.end(), 0.0);
    return std::inner_product(prices.begin(), prices.end(), usual.begin(), 0.0) / all;
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
        section.rows.push_back(
            {std::uint64_t{day},
             output.back(),
             unmet.back(),
             answer.run.capital_lost[day],
             price_on(answer, day)}
        );
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
             std::uint64_t{loss.lowest_day},
             loss.highest_price ? Cell{*loss.highest_price} : Cell{}}
        );
    }
    if (shown < all) {
        section.notes.push_back(fmt::format("The first {} of {} industries.", shown, all));
    }
    return section;
}

/// The industry whose price rose most.
std::string price_remark(const ShockEconomyAnswer& answer) {
    const auto highest = std::ranges::max_element(answer.industries, {}, [](const auto& loss) {
        return loss.highest_price.value_or(1.0);
    });
    return fmt::format(
        "The highest price is that of {}: {:.2f} times the usual.",
        answer.table.name_of(highest->industry),
        highest->highest_price.value_or(1.0)
    );
}

std::vector<Sentence> remarks(const ShockEconomyAnswer& answer) {
    std::vector<Sentence> notes{fmt::format(
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
    if (!answer.run.price.empty()) {
        notes.push_back(price_remark(answer));
    }
    if (const double left = answer.run.capital_lost.back(); left > 0.0) {
        notes.push_back(fmt::format("On the last day capital of {:.4g} is still lost.", left));
    }
    if (answer.report.warnings() > 0) {
        notes.push_back(fmt::format(
            "The table was read as the model needs it, with {}, the first: row {}, {}: {}.",
            counted(answer.report.warnings(), "warning"),
            answer.report.issues().front().row,
            answer.report.issues().front().value,
            answer.report.issues().front().message
        ));
    }
    return notes;
}

}  // namespace

Result<std::vector<double>> numbers_of(const Invocation& words, std::string_view option) {
    std::vector<double> numbers;
    for (const std::string_view part : split(words.text(option), ',')) {
        const auto number = parse_decimal(trimmed(part));
        if (!number) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("{}: '{}' is no number", option, part),
                {}};
        }
        numbers.push_back(*number);
    }
    return numbers;
}

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

Result<Outcome> run_economy(const Invocation& words, const Session& session) {
    ADIC_TRY(const app::ShockEconomyRequest request, request_of(words));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    ADIC_TRY(const ShockEconomyAnswer answer, app::shock_economy(request, session.progress));
    if (!answer.report.may_commit()) {
        return refused_input("The table cannot be used as it is.", answer.report);
    }
    return Outcome{Report{
        {fmt::format(
            "{} industries: {} regions, {} sectors. Read as {}.",
            answer.table.industries(),
            answer.table.regions().size(),
            answer.table.sectors().size(),
            ingest::name_of(answer.layout)
        )},
        {days_section(answer), industries_section(answer, top)},
        remarks(answer)}};
}

}  // namespace adic::cli
