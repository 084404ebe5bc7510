#include "adic/app/failures.hpp"
#include "adic/app/find_cuts.hpp"
#include "adic/app/words.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using supply::CutAnalysis;

constexpr std::array cut_columns{
    Column{"order", "order", "how many failures the cut takes", Show::count},
    Column{"cut", "cut", "what fails, as 'adic why --without' reads it"},
    Column{"names", "names", "the full names"},
    Column{"probability", "a year", "probability that all of it fails within a year", Show::share},
};

constexpr std::array count_columns{
    Column{
        "order",
        "order",
        "how many failures a cut takes; not known: cuts of all orders",
        Show::count,
        0,
        In::data},
    Column{"order_text", "order", "", Show::word, 0, In::table},
    Column{"cuts", "minimal cut sets", "how many there are, exactly", Show::count},
};

constexpr std::array probability_columns{
    Column{"item", "item", "identifier of the item or the top gate", Show::word},
    Column{
        "stop_probability",
        "stops, a year",
        "probability that it stops within a year",
        Show::share,
        0,
        In::all,
        true},
    Column{"method", "how", "exact, simulated, or unknown", Show::word},
    Column{"at_least", "at least", "whatever the probabilities are that nobody knows", Show::share},
    Column{"at_most", "at most", "whatever the probabilities are that nobody knows", Show::share},
    Column{"trials", "trials", "of a simulation", Show::count, 0, In::data},
};

constexpr std::array importance_columns{
    Column{"event", "event", "what fails, as 'adic why --without' reads it", Show::word},
    Column{"name", "name", "its full name"},
    Column{
        "probability",
        "a year",
        "probability that it fails within a year",
        Show::share,
        0,
        In::all,
        true},
    Column{"cuts", "in cuts", "minimal cut sets that contain it", Show::count},
    Column{
        "birnbaum",
        "Birnbaum",
        "how much the probability of a stop moves with it: P(stop|it fails) - P(stop|it does not)",
        Show::number,
        3},
    Column{
        "criticality",
        "criticality",
        "Birnbaum times its probability over that of a stop",
        Show::number,
        3,
        In::data},
    Column{
        "diagnostic",
        "diagnostic",
        "probability that it has failed, given a stop",
        Show::number,
        3,
        In::data},
    Column{
        "fussell_vesely",
        "Fussell Vesely",
        "part of the stops in which a cut with it takes part",
        Show::number,
        3},
    Column{
        "risk_achievement_worth",
        "RAW",
        "how many times likelier a stop is if it fails for sure",
        Show::number,
        2},
    Column{
        "risk_reduction_worth",
        "RRW",
        "how many times less likely a stop is if it never fails",
        Show::number,
        2},
};

constexpr std::array shapes{
    Shape{"cuts", cut_columns},
    Shape{"counts", count_columns},
    Shape{"probability", probability_columns},
    Shape{"importance", importance_columns},
};

constexpr std::array<std::string_view, 2> description{
    "A cut is a set of failures that together stop the item, of which none can be left out. Cuts "
    "of "
    "one failure are single points of failure. The list has the small cuts; the counts are of all "
    "there are, with the exact probability of a stop where every failure has one, and how much "
    "each "
    "failure matters for it.",
    "What can fail is chosen with --by: states (each with everything it supplies), suppliers (each "
    "organisation; where none is named, one state's supply of one item), or items, whoever "
    "supplies "
    "them. What is inside never fails."};

constexpr std::array arguments{Argument{.name = "ITEM", .help = "identifier or name of the item"}};

constexpr std::array<std::string_view, 3> kinds{"state", "supplier", "item"};

constexpr std::array options{
    Option{
        .name = "--by",
        .value = "WHAT",
        .help = "what can fail",
        .standard = "state",
        .choices = kinds},
    Option{
        .name = "--order",
        .value = "N",
        .help = "list cuts of up to so many failures",
        .standard = "3"},
    Option{
        .name = "--top",
        .value = "N",
        .help = "how many rows to show of each table; 0 shows all that were found",
        .standard = "15"},
    one_inside_option,
    enough_option,
    shares_option,
    equipment_option,
    map_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic cuts coastal-patrol-boat",
        "The states, pairs and triples of states that stop it, and how likely that is."},
    Example{
        "adic cuts vhf-field-radio --by item --order 1 --inside nobody",
        "The items that stop a field radio all by themselves."},
};

supply::EventKinds kinds_of(std::string_view by) {
    return {.states = by == "state", .suppliers = by == "supplier", .items = by == "item"};
}

template <typename T>
Cell known(const std::optional<T>& value) {
    return value ? Cell{*value} : Cell{};
}

struct Answer {
    const model::SupplyMap& map;
    const app::CutsAnswer& found;
    std::size_t top;

    const CutAnalysis& analysis() const { return found.analysis; }

    std::string word(std::uint32_t event) const {
        return app::word_of(map, found.model.event_subjects[event]);
    }

    std::string name(std::uint32_t event) const {
        return app::name_of(map, found.model.event_subjects[event]);
    }

    std::size_t shown(std::size_t size) const { return top == 0 ? size : std::min(size, top); }
};

Section cuts_section(const Answer& answer, const std::string& heading) {
    const supply::CutList& list = answer.analysis().list;
    Section section{
        heading,
        &shapes[0],
        {},
        fmt::format("No set of up to {} failures stops it.", list.order),
        {}};
    for (std::size_t c = 0; c < answer.shown(list.cuts.size()); ++c) {
        std::string words;
        std::string names;
        for (const std::uint32_t event : list.cuts[c].events) {
            words += (words.empty() ? "" : "+") + answer.word(event);
            names += (names.empty() ? "" : ", ") + answer.name(event);
        }
        const auto order = std::uint64_t{list.cuts[c].events.size()};
        section.rows.push_back({order, words, names, known(list.cuts[c].probability)});
    }
    if (section.rows.size() < list.cuts.size()) {
        section.notes.push_back(fmt::format(
            "The first {} of {}{}; '--top 0' shows all.",
            section.rows.size(),
            list.complete ? "" : "more than ",
            list.cuts.size()
        ));
    }
    return section;
}

Section counts_section(const Answer& answer) {
    const supply::CutCounts& counts = answer.analysis().counts;
    Section section{"How many cuts there are", &shapes[1], {}, "None.", {}};
    for (std::size_t order = 0; order < counts.by_order.size(); ++order) {
        const std::string& digits = counts.by_order[order].digits();
        if (digits != "0") {
            section.rows.push_back(
                {std::uint64_t{order}, std::to_string(order), WholeNumber{digits}}
            );
        }
    }
    if (counts.total) {
        section.rows.push_back({Cell{}, "all", WholeNumber{counts.total->digits()}});
    }
    return section;
}

std::string method_text(supply::ProbabilityMethod method) {
    switch (method) {
    case supply::ProbabilityMethod::exact: return "exact";
    case supply::ProbabilityMethod::monte_carlo: return "simulated";
    case supply::ProbabilityMethod::unknown: return "unknown";
    }
    return {};
}

Section probability_section(const Answer& answer) {
    const supply::TopProbability& top = answer.analysis().probability;
    Section section{"How likely a stop is", &shapes[2], {}, {}, {}};
    section.rows.push_back(
        {answer.map.items[answer.found.item].id,
         known(top.value),
         method_text(top.method),
         top.range ? Cell{top.range->low} : Cell{},
         top.range ? Cell{top.range->high} : Cell{},
         top.trials > 0 ? Cell{top.trials} : Cell{}}
    );
    if (!top.events_without.empty()) {
        std::string words;
        for (const std::uint32_t event : top.events_without) {
            words += (words.empty() ? "" : ", ") + answer.word(event);
        }
        section.notes.push_back("No probability is known for: " + words + '.');
    }
    if (top.interval_95 && top.method == supply::ProbabilityMethod::monte_carlo) {
        section.notes.push_back(fmt::format(
            "95 % interval of the simulation: {} to {}.",
            app::percent(top.interval_95->low),
            app::percent(top.interval_95->high)
        ));
    }
    return section;
}

Section importance_section(const Answer& answer) {
    std::vector<supply::EventImportance> events = answer.analysis().importance;
    std::ranges::stable_sort(events, std::ranges::greater{}, [](const supply::EventImportance& e) {
        return std::tuple{e.fussell_vesely.value_or(-1.0), e.birnbaum.value_or(-1.0)};
    });
    Section section{"What matters most", &shapes[3], {}, "No failure matters.", {}};
    for (std::size_t i = 0; i < answer.shown(events.size()); ++i) {
        const supply::EventImportance& e = events[i];
        section.rows.push_back(
            {answer.word(e.event),
             answer.name(e.event),
             known(answer.found.model.tree.events[e.event].probability),
             e.cuts ? Cell{WholeNumber{e.cuts->digits()}} : Cell{},
             known(e.birnbaum),
             known(e.criticality),
             known(e.diagnostic),
             known(e.fussell_vesely),
             known(e.risk_achievement_worth),
             known(e.risk_reduction_worth)}
        );
    }
    return section;
}

Result<app::CutsRequest>
request_of(const Invocation& words, const Session& session, const model::SupplyMap& map) {
    constexpr std::uint64_t highest_order = 64;
    constexpr std::size_t most_listed = 100'000;
    app::CutsRequest request;
    request.item = words.text("ITEM");
    ADIC_TRY(request.viewpoint, chosen_viewpoint(words, session, map));
    ADIC_TRY(request.failure, chosen_failure_options(words));
    request.failure.events = kinds_of(words.text("--by"));
    ADIC_TRY(const std::uint64_t order, words.whole("--order", 1, highest_order));
    request.cuts.list_order = static_cast<std::uint32_t>(order);
    request.cuts.list_limit = most_listed;
    return request;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const app::CutsRequest request, request_of(words, session, opened->map()));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    ADIC_TRY(const app::CutsAnswer found, app::find_cuts(opened->index(), request));
    const Answer answer{opened->map(), found, top};
    const std::string heading = fmt::format(
        "What stops {}, by {}, {}",
        opened->map().items[found.item].name,
        words.text("--by"),
        seen_from(request.viewpoint)
    );
    Report report{
        {},
        {cuts_section(answer, heading),
         counts_section(answer),
         probability_section(answer),
         importance_section(answer)},
        found.analysis.remarks};
    report.notes.push_back(fmt::format(
        "Suppliers' shares are known for {} of the {} items in the chain.",
        found.model.items_with_shares,
        found.model.items
    ));
    return Outcome{std::move(report)};
}

}  // namespace

Command cuts_command() {
    return {
        .name = "cuts",
        .summary = "list the smallest sets of failures that stop an item",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
