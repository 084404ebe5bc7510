#include "answers/cut_sections.hpp"

#include "adic/app/words.hpp"

#include "frame/chosen_rows.hpp"
#include "render/cells.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace adic::cli {
namespace {

std::string method_text(supply::ProbabilityMethod method) {
    switch (method) {
    case supply::ProbabilityMethod::exact: return "exact";
    case supply::ProbabilityMethod::bounded: return "bounded";
    case supply::ProbabilityMethod::monte_carlo: return "simulated";
    case supply::ProbabilityMethod::unknown: return "unknown";
    }
    return {};
}

}  // namespace

Section cuts_section(const CutsAnswer& answer, const std::string& heading) {
    const supply::CutList& list = answer.analysis.list;
    Section section{
        heading,
        &cut_shapes[0],
        {},
        fmt::format("No set of up to {} failures stops it.", list.order),
        {}};
    for (std::size_t c = 0; c < rows_shown(answer.top, list.cuts.size()); ++c) {
        section.rows.push_back(cut_row(answer.asked, list.cuts[c].events, list.cuts[c].probability)
        );
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

Row cut_row(
    const app::AskedTree& asked,
    const std::vector<std::uint32_t>& events,
    std::optional<double> probability
) {
    std::string words;
    std::string names;
    for (const std::uint32_t event : events) {
        words += (words.empty() ? "" : "+") + asked.words[event];
        names += (names.empty() ? "" : ", ") + asked.names[event];
    }
    return {std::uint64_t{events.size()}, words, names, cell_of(probability)};
}

Section counts_section(const CutsAnswer& answer) {
    const supply::CutCounts& counts = answer.analysis.counts;
    Section section{"How many cuts there are", &cut_shapes[1], {}, "None.", {}};
    for (std::size_t order = 0; order < counts.by_order.size(); ++order) {
        const std::string& digits = counts.by_order[order].digits();
        if (digits != "0") {
            section.rows.push_back(
                {std::uint64_t{order}, std::to_string(order), WholeNumber{digits}}
            );
        }
    }
    if (counts.total) {
        section.rows.push_back({Cell{}, std::string("all"), WholeNumber{counts.total->digits()}});
    }
    return section;
}

Section probability_section(const CutsAnswer& answer) {
    const supply::TopProbability& top = answer.analysis.probability;
    Section section{"How likely a stop is", &cut_shapes[2], {}, {}, {}};
    section.rows.push_back(
        {answer.asked.id,
         cell_of(top.value),
         method_text(top.method),
         top.range ? Cell{top.range->low} : Cell{},
         top.range ? Cell{top.range->high} : Cell{},
         top.trials > 0 ? Cell{top.trials} : Cell{}}
    );
    if (!top.events_without.empty()) {
        std::string words;
        for (const std::uint32_t event : top.events_without) {
            words += (words.empty() ? "" : ", ") + answer.asked.words[event];
        }
        section.notes.push_back("No probability is known for: " + words + '.');
    }
    if (top.interval && top.method == supply::ProbabilityMethod::bounded) {
        section.notes.push_back(fmt::format(
            "The likely value lies between {} and {} for certain.",
            app::percent(top.interval->low),
            app::percent(top.interval->high)
        ));
    }
    if (top.interval && top.method == supply::ProbabilityMethod::monte_carlo) {
        section.notes.push_back(fmt::format(
            "95 % interval of the simulation: {} to {}.",
            app::percent(top.interval->low),
            app::percent(top.interval->high)
        ));
    }
    return section;
}

Section importance_section(const CutsAnswer& answer) {
    std::vector<supply::EventImportance> events = answer.analysis.importance;
    std::ranges::stable_sort(events, std::ranges::greater{}, [](const supply::EventImportance& e) {
        return std::tuple{e.fussell_vesely.value_or(-1.0), e.birnbaum.value_or(-1.0)};
    });
    Section section{"What matters most", &cut_shapes[3], {}, "No failure matters.", {}};
    for (std::size_t i = 0; i < rows_shown(answer.top, events.size()); ++i) {
        const supply::EventImportance& e = events[i];
        section.rows.push_back(
            {answer.asked.words[e.event],
             answer.asked.names[e.event],
             cell_of(answer.asked.tree.events[e.event].probability),
             e.cuts ? Cell{WholeNumber{e.cuts->digits()}} : Cell{},
             cell_of(e.birnbaum),
             cell_of(e.criticality),
             cell_of(e.diagnostic),
             cell_of(e.fussell_vesely),
             cell_of(e.risk_achievement_worth),
             cell_of(e.risk_reduction_worth)}
        );
    }
    return section;
}

Section hazard_sources_section(const CutsAnswer& answer) {
    Section section{"On what the probabilities rest", &cut_shapes[4], {}, "", {}};
    for (const model::Source& source : answer.asked.sources) {
        section.rows.push_back(source_row(source));
    }
    section.shown = In::data;
    return section;
}

}  // namespace adic::cli
