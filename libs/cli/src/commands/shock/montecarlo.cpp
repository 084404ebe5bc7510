#include "adic/app/simulate_map.hpp"
#include "adic/base/say.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_computing.hpp"
#include "frame/chosen_rows.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"
#include "render/cells.hpp"
#include "shock/item_options.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::SimulateMapAnswer;
using app::SimulateMapRequest;
using model::SupplyMap;
using shock::TargetSummary;

constexpr std::array chance_columns{
    Column{"item", "item", "identifier of the item", Show::word},
    Column{
        "stops",
        "stops",
        "probability that it stops, with the interval that the runs leave",
        Show::share,
        0,
        In::all,
        true},
    Column{
        "short",
        "is short",
        "probability that it is ever short",
        Show::share,
        0,
        In::data,
        true},
    Column{
        "weeks_lost",
        "weeks lost",
        "mean output that is missing, in weeks of normal output",
        Show::number,
        2,
        In::all,
        true},
    Column{
        "weeks_lost_90",
        "1 in 10",
        "weeks lost that one future in ten goes beyond",
        Show::number,
        1,
        In::all,
        true},
    Column{
        "weeks_lost_99",
        "1 in 100",
        "weeks lost that one future in a hundred goes beyond",
        Show::number,
        1,
        In::data,
        true},
};

constexpr std::array week_columns{
    Column{"item", "item", "identifier of the item", Show::word},
    Column{"week", "week", "from 1", Show::count},
    Column{"stopped_by", "stopped by", "probability that it has stopped by then", Show::share},
    Column{"output", "output", "mean of what can be had, as part of the usual", Show::share},
    Column{
        "output_5",
        "",
        "output that 5 futures in 100 do not go beyond; with --bands",
        Show::share,
        0,
        In::data},
    Column{"output_50", "", "the same of 50 in 100", Show::share, 0, In::data},
    Column{"output_95", "", "the same of 95 in 100", Show::share, 0, In::data},
};

constexpr std::array event_columns{
    Column{"event", "event", "its identifier in the scenario", Show::word},
    Column{"happens", "happens", "part of the futures that have it", Show::share},
    Column{"item", "item", "identifier of the item that it harms", Show::word},
    Column{
        "weeks_lost",
        "weeks lost",
        "mean of futures that have it: of that event, or of others at the same time",
        Show::number,
        1},
    Column{
        "share",
        "share",
        "part of all the item's lost weeks that fall into futures with it; events that come "
        "together are counted each",
        Show::share},
};

constexpr std::array item_columns{
    Column{"item", "item", "identifier of the item", Show::word},
    Column{"weeks_lost", "weeks lost", "mean output that is missing", Show::number, 2},
};

constexpr std::array shapes{
    Shape{"chances", chance_columns},
    Shape{"weeks", week_columns},
    Shape{"events", event_columns},
    Shape{"items", item_columns},
};

constexpr std::array<std::string_view, 3> description{
    "Many futures of the items of a map, each drawn anew: shares and stocks between their bounds, "
    "suppliers that nobody recorded, which events happen, how hard, how long, which together. The "
    "answer is how often each item stops, how much is lost, and what comes with it, each with "
    "the interval that the number of runs leaves.",
    "WHAT is an episode ('adic shock' lists them), a scenario of your own, or 'hazards': all that "
    "the map records as hazards from outside, on any day of two years.",
    "The intervals say how far the runs can be trusted, not whether the inputs are right. The same "
    "seed gives the same bytes on any number of threads and hosts. docs/explanation/"
    "shock-montecarlo.md has the equations."};

constexpr std::array arguments{
    Argument{
        .name = "WHAT",
        .help = "an episode, a scenario file, or hazards",
        .completes = Completes::file},
    Argument{
        .name = "ITEM",
        .help = "the items to look at; without any, what the map is about",
        .is_required = false,
        .is_repeated = true}};

constexpr std::array<std::string_view, 3> samplings{"independent", "antithetic", "quasi-random"};

constexpr std::array options{
    Option{
        .name = "--runs",
        .value = "N",
        .help = "futures to follow, at most; a multiple of 64 is made",
        .standard = "10000"},
    seed_option,
    Option{
        .name = "--within",
        .value = "PART",
        .help =
            "stop as soon as no interval of a stop reaches further than this from its estimate; "
            "0 makes all runs",
        .standard = "0"},
    Option{
        .name = "--confidence",
        .value = "PART",
        .help = "how often an interval holds",
        .standard = "0.95"},
    Option{
        .name = "--sampling",
        .value = "HOW",
        .help = "how futures are drawn; the last two say more with as many runs where what happens "
                "hangs smoothly on what is drawn",
        .standard = "independent",
        .choices = samplings},
    Option{
        .name = "--raise",
        .value = "PART",
        .help =
            "draw events that are less likely than this as often as this, and let them count for "
            "less: for rare events; 0 draws each as often as it is",
        .standard = "0"},
    Option{
        .name = "--bands",
        .value = "",
        .help = "in CSV and JSON, of each week also between which outputs 90 futures in 100 lie; "
                "of at most so many runs that they fit into memory"},
    future_weeks_option,
    stock_days_option,
    one_inside_option,
    enough_option,
    equipment_option,
    Option{
        .name = "--top",
        .value = "N",
        .help = "how many events and items to show; 0 shows all",
        .standard = "10"},
    map_option,
    as_option,
    threads_option,
    hosts_option,
    checkpoint_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic shock montecarlo hazards --runs 2000",
        "How likely each item of the sample stops within two years, and what comes with it."},
    Example{
        "adic shock montecarlo heavy-rare-earths-2025 relief-drone --within 0.02",
        "One episode with all that is not known about it, until 2 percentage points are certain."},
    Example{
        "adic shock montecarlo my-map.json --runs 1000000 --hosts alpha,beta --checkpoint kept",
        "A scenario of your own on two hosts; the same line goes on after an interruption."},
};

shock::Sampling sampling_of(std::string_view word) {
    if (word == "antithetic") {
        return shock::Sampling::antithetic;
    }
    return word == "quasi-random" ? shock::Sampling::quasi_random : shock::Sampling::independent;
}

Result<shock::StoppingRule> rule_of(const Invocation& words) {
    constexpr std::uint64_t most_runs = 100'000'000;
    shock::StoppingRule rule;
    ADIC_TRY(rule.runs, words.whole("--runs", 1, most_runs));
    ADIC_TRY(rule.confidence, words.number("--confidence", 0.0, 1.0));
    ADIC_TRY(
        const double within,
        words.text("--within") == "0" ? Result(0.0) : words.number("--within", 0.0, 1.0)
    );
    rule.stopped_within = within;
    if (rule.confidence >= 1.0) {
        return Error{
            ErrorCode::invalid_argument,
            "--confidence is below 1: no number of runs makes certain",
            {}};
    }
    return rule;
}

Result<SimulateMapRequest>
request_of(const Invocation& words, const Session& session, const app::OpenedMap& opened) {
    SimulateMapRequest request;
    ADIC_TRY(request.data, data_folder(session));
    ADIC_TRY(request.scenario, chosen_futures(words, request.data));
    ADIC_TRY(request.viewpoint, chosen_viewpoint(words, session, opened.map()));
    ADIC_TRY(request.targets, app::find_targets(opened.index(), words.texts("ITEM")));
    ADIC_TRY(request.weeks, chosen_weeks(words));
    ADIC_TRY(request.items, chosen_item_options(words));
    ADIC_TRY(request.draws.seed, words.whole("--seed", 0, UINT64_MAX));
    request.draws.sampling = sampling_of(words.text("--sampling"));
    request.draws.starts = request.scenario ? shock::Starts::as_stated : shock::Starts::anywhere;
    ADIC_TRY(
        request.draws.raise_to,
        words.text("--raise") == "0" ? Result(0.0) : words.number("--raise", 0.0, 1.0)
    );
    request.draws.weekly =
        words.has("--bands") ? shock::WeeklyOutput::spread : shock::WeeklyOutput::mean;
    ADIC_TRY(request.rule, rule_of(words));
    return request;
}

std::optional<Estimate> quantile(const TargetSummary& target, double level) {
    const auto found =
        std::ranges::find(target.lost_quantiles, level, &shock::QuantileEstimate::level);
    return found == target.lost_quantiles.end() ? std::nullopt : std::optional{found->value};
}

const model::Item&
item_of(const SupplyMap& map, const SimulateMapAnswer& answer, std::uint32_t node) {
    return map.items[answer.items[node]];
}

Section chances_section(const SupplyMap& map, const SimulateMapAnswer& answer) {
    Section section{"", &shapes[0], {}, "Nothing is asked about.", {}};
    for (const TargetSummary& target : answer.summary.targets) {
        section.rows.push_back(
            {item_of(map, answer, target.node).id,
             target.stopped,
             target.reduced,
             target.weeks_lost,
             cell_of(quantile(target, 0.9)),
             cell_of(quantile(target, 0.99))}
        );
    }
    return section;
}

app::Chart stopped_chart(const SupplyMap& map, const SimulateMapAnswer& answer) {
    constexpr double tenth = 0.1;
    app::Chart chart;
    chart.measure = "probability";
    chart.first = 1.0;
    chart.top = tenth;
    for (std::size_t t = 0; t < answer.summary.targets.size(); ++t) {
        const std::vector<double>& chances = answer.stopped_by[t];
        chart.lines.push_back({item_of(map, answer, answer.summary.targets[t].node).id, chances});
        chart.top = std::max(chart.top, std::ceil(chances.back() / tenth - 1e-9) * tenth);
    }
    return chart;
}

Section weeks_section(const SupplyMap& map, const SimulateMapAnswer& answer) {
    Section section{"How likely each has stopped by then", &shapes[1], {}, "", {}};
    for (std::size_t t = 0; t < answer.summary.targets.size(); ++t) {
        const TargetSummary& target = answer.summary.targets[t];
        for (std::uint32_t week = 0; week < answer.weeks; ++week) {
            Row row{
                item_of(map, answer, target.node).id,
                std::uint64_t{week} + 1,
                answer.stopped_by[t][week],
                target.output[week],
                Cell{},
                Cell{},
                Cell{}};
            if (!target.spread.empty()) {
                const shock::WeekSpread& spread = target.spread[week];
                std::ranges::copy(
                    std::array<Cell, 3>{spread.low, spread.middle, spread.high},
                    row.end() - 3
                );
            }
            section.rows.push_back(std::move(row));
        }
    }
    section.charts.push_back(stopped_chart(map, answer));
    section.shown = In::data;
    return section;
}

/// What comes with an item's losses: the item and the event, what most is lost with first.
Section events_section(const SupplyMap& map, const SimulateMapAnswer& answer, std::uint64_t top) {
    Section section{
        "What comes with it",
        &shapes[2],
        {},
        "No item asked about loses anything in any future.",
        {}};

    struct Pair {
        std::size_t event;
        std::size_t target;
        double lost;
    };

    std::vector<Pair> pairs;
    const auto& summary = answer.summary;
    for (std::size_t e = 0; e < summary.events.size(); ++e) {
        for (std::size_t t = 0; t < summary.targets.size(); ++t) {
            const double share = summary.events[e].weeks_lost_share[t];
            if (share > 0.0) {
                pairs.push_back({e, t, share * summary.targets[t].weeks_lost.likely()});
            }
        }
    }
    std::ranges::stable_sort(pairs, std::greater{}, &Pair::lost);
    for (const Pair& pair : std::span{pairs}.first(rows_shown(top, pairs.size()))) {
        const shock::EventSummary& event = summary.events[pair.event];
        section.rows.push_back(
            {answer.resolved.events[pair.event].event.id,
             event.frequency,
             item_of(map, answer, summary.targets[pair.target].node).id,
             event.weeks_lost_with[pair.target],
             event.weeks_lost_share[pair.target]}
        );
    }
    return section;
}

Section items_section(const SupplyMap& map, const SimulateMapAnswer& answer, std::uint64_t top) {
    Section section{"Where most is lost, over all tiers", &shapes[3], {}, "Nothing is lost.", {}};
    std::vector<std::uint32_t> nodes;
    for (std::uint32_t node = 0; node < answer.items.size(); ++node) {
        if (answer.summary.items_lost[node] > 0.0) {
            nodes.push_back(node);
        }
    }
    const auto lost = [&](std::uint32_t node) { return answer.summary.items_lost[node]; };
    std::ranges::stable_sort(nodes, std::greater{}, lost);
    for (const std::uint32_t node : std::span{nodes}.first(rows_shown(top, nodes.size()))) {
        section.rows.push_back({item_of(map, answer, node).id, lost(node)});
    }
    return section;
}

Sentence runs_of(const shock::MonteCarloSummary& summary) {
    std::vector<Said> values{
        {"runs", summary.runs},
        {"cases", fmt::format("{:.4g}", 100.0 * summary.confidence), 100.0 * summary.confidence}};
    if (summary.effective_runs < static_cast<double>(summary.runs) * 0.999) {
        values.emplace_back(
            "equal",
            fmt::format("{:.0f}", summary.effective_runs),
            summary.effective_runs
        );
    }
    return say("futures-run", values);
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const SimulateMapRequest request, request_of(words, session, *opened));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    ADIC_TRY(const app::Computing computing, chosen_computing(words, session));
    ADIC_TRY(
        const SimulateMapAnswer answer,
        app::simulate_map(opened->index(), request, computing)
    );
    const SupplyMap& map = opened->map();
    std::vector<Sentence> notes{runs_of(answer.summary)};
    if (!request.scenario) {
        std::vector<model::ProvenanceIndex> facts;
        for (const model::Hazard& hazard : map.hazards) {
            facts.push_back(hazard.provenance);
        }
        notes.push_back(say("hazards-confidence", {{"confidence", confidence_of(map, facts)}}));
    }
    notes.insert(notes.end(), answer.notes.begin(), answer.notes.end());
    return Outcome{Report{
        {shock_asked(request.scenario, request.viewpoint, answer.weeks)},
        {chances_section(map, answer),
         weeks_section(map, answer),
         events_section(map, answer, top),
         items_section(map, answer, top)},
        std::move(notes)}};
}

}  // namespace

Command shock_montecarlo_command() {
    return {
        .name = "shock montecarlo",
        .summary =
            "follow the items of a map through many futures, for probabilities and intervals",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
