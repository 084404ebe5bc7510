#include "adic/app/shock_map.hpp"

#include "adic/app/words.hpp"
#include "adic/ingest/scenario_file.hpp"

#include "scenario_over.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using shock::Harshness;
using shock::ItemCourse;
using shock::ItemNetwork;
using shock::ItemRun;
using supply::MapIndex;

/// A reading of all that is not known exactly: of the scenario's figures, and of the suppliers
/// whose shares nobody recorded.
struct Reading {
    Harshness harshness;
    supply::Completion completion;
};

/// One course of the scenario: the network that it runs on, what happens, what comes of it.
struct Course {
    ItemNetwork network;
    ItemCourse events;
    ItemRun run;
};

Result<Course> follow(
    const MapIndex& index,
    const ShockMapRequest& request,
    const shock::ResolvedScenario& resolved,
    const Reading& reading
) {
    shock::ItemDynamicsOptions options = request.options;
    options.completion = reading.completion;
    ADIC_TRY(
        ItemNetwork network,
        ItemNetwork::create(index, request.viewpoint, request.targets, options)
    );
    const auto outcomes = shock::list_outcomes(resolved, reading.harshness);
    ItemCourse events = shock::course_of(network, shock::trace_paths(resolved, outcomes));
    ItemRun run = shock::run_items(network, events);
    return Course{std::move(network), std::move(events), std::move(run)};
}

/// Low, likely, high of a figure in the three courses. A licence that comes late fills a later
/// week: there the harsh course can be the better.
Estimate between(double mild, double likely, double harsh) {
    return *Estimate::create(
        std::min({mild, likely, harsh}),
        likely,
        std::max({mild, likely, harsh})
    );
}

/// The week that says most about an item: when it first stops, or else its worst.
std::optional<std::uint32_t> telling_week(const ItemRun& run, std::uint32_t node) {
    const shock::ItemOutcome& outcome = run.outcomes[node];
    if (!outcome.first_reduced) {
        return std::nullopt;
    }
    std::uint32_t worst = *outcome.first_reduced;
    for (std::uint32_t week = worst; week < run.weeks; ++week) {
        worst = run.output_of(node, week) < run.output_of(node, worst) ? week : worst;
    }
    return outcome.first_stopped.value_or(worst);
}

void bind(ItemWeek& week, const Course& course, const shock::Binding& binding) {
    using Kind = shock::Binding::Kind;
    week.held_by = binding.kind;
    if (binding.kind == Kind::input || binding.kind == Kind::equipment) {
        week.missing = course.network.item(binding.node);
    }
}

/// (D15): what cannot be had raises the price.
Estimate price_at(const Estimate& output, double rise) {
    const auto price = [&](double part) { return 1.0 + rise * std::max(0.0, 1.0 - part); };
    return between(price(output.high()), price(output.likely()), price(output.low()));
}

ItemUnderShock
item_under(const std::array<Course, 3>& courses, std::size_t target, double price_rise) {
    const auto& [mild, likely, harsh] = courses;
    const std::uint32_t node = likely.network.targets()[target];
    const std::uint32_t in_mild = mild.network.targets()[target];
    const std::uint32_t in_harsh = harsh.network.targets()[target];
    ItemUnderShock item{likely.network.item(node)};
    for (std::uint32_t week = 0; week < likely.run.weeks; ++week) {
        item.weeks.push_back({between(
            mild.run.output_of(in_mild, week),
            likely.run.output_of(node, week),
            harsh.run.output_of(in_harsh, week)
        )});
        item.weeks.back().price = price_at(item.weeks.back().output, price_rise);
        bind(item.weeks.back(), likely, likely.run.binding_of(node, week));
    }
    const shock::ItemOutcome& outcome = likely.run.outcomes[node];
    item.first_reduced = outcome.first_reduced;
    item.first_stopped = outcome.first_stopped;
    item.soonest_stop = harsh.run.outcomes[in_harsh].first_stopped;
    item.least_output = outcome.least_output;
    item.weeks_lost = between(
        mild.run.outcomes[in_mild].weeks_lost,
        outcome.weeks_lost,
        harsh.run.outcomes[in_harsh].weeks_lost
    );
    if (const auto week = telling_week(likely.run, node)) {
        item.because = shock::explain(
            likely.network,
            shock::list_causes(likely.network, likely.run, node, *week)
        );
    }
    return item;
}

void add_notes(ShockMapAnswer& answer, const Course& likely) {
    answer.notes = answer.resolved.notes;
    const auto of_network = likely.network.notes();
    answer.notes.insert(answer.notes.end(), of_network.begin(), of_network.end());
    for (const shock::Collapse& collapse : shock::find_collapses(likely.network, likely.events)) {
        answer.collapses.push_back(likely.network.item(collapse.node));
    }
}

/// Which of the courses is drawn, and with which title.
struct DrawnCourse {
    std::string_view title;
    double (Estimate::*value)() const;
};

Chart chart_of(
    const ShockMapAnswer& answer,
    const std::vector<std::string>& labels,
    const DrawnCourse& course
) {
    Chart chart;
    chart.title = course.title;
    chart.measure = "what can be had, part of the usual";
    chart.first = 1.0;
    for (std::size_t i = 0; i < answer.items.size(); ++i) {
        ChartLine line{labels[i], {}};
        ChartBand band;
        for (const ItemWeek& week : answer.items[i].weeks) {
            line.values.push_back((week.output.*course.value)());
            band.low.push_back(week.output.low());
            band.high.push_back(week.output.high());
        }
        if (answer.items.size() == 1 && band.low != band.high) {
            line.bands.push_back(std::move(band));
        }
        chart.lines.push_back(std::move(line));
    }
    return chart;
}

}  // namespace

Result<ShockMapAnswer> shock_map(const MapIndex& index, const ShockMapRequest& request) {
    ingest::ImportReport report;
    ADIC_TRY(
        const model::SeaRoutes routes,
        ingest::read_sea_routes(request.data / "reference", report)
    );
    ADIC_TRY(
        const model::Scenario scenario,
        scenario_over(index, request.viewpoint, request.scenario, request.weeks)
    );
    ShockMapAnswer answer;
    ADIC_TRY(answer.resolved, shock::resolve(scenario, index, routes, request.viewpoint));
    const auto followed = [&](Harshness harshness, supply::Completion completion) {
        return follow(index, request, answer.resolved, {harshness, completion});
    };
    ADIC_TRY(Course mild, followed(Harshness::mild, supply::Completion::certain));
    ADIC_TRY(Course likely, followed(Harshness::likely, supply::Completion::likely));
    ADIC_TRY(Course harsh, followed(Harshness::harsh, supply::Completion::possible));
    answer.weeks = likely.run.weeks;
    const std::array<Course, 3> courses{std::move(mild), std::move(likely), std::move(harsh)};
    for (std::size_t target = 0; target < request.targets.size(); ++target) {
        answer.items.push_back(item_under(courses, target, request.price_rise));
    }
    add_notes(answer, courses[1]);
    return answer;
}

std::vector<Chart> charts_of(const ShockMapAnswer& answer, const std::vector<std::string>& labels) {
    const bool is_one = answer.items.size() == 1;
    const bool is_sure = std::ranges::all_of(answer.items, [](const ItemUnderShock& item) {
        return std::ranges::all_of(item.weeks, [](const ItemWeek& week) {
            return week.output.low() == week.output.likely();
        });
    });
    const std::string_view title = is_sure ? "" : "As is likely";
    const std::string_view of_one = is_sure ? "" : "As is likely, and between the mild and harsh";
    std::vector<Chart> charts{
        chart_of(answer, labels, {is_one ? of_one : title, &Estimate::likely})};
    if (!is_one && !is_sure) {
        charts.push_back(chart_of(answer, labels, {"In the harsh course", &Estimate::low}));
    }
    return charts;
}

}  // namespace adic::app
