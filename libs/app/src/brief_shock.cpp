#include "brief_shock.hpp"

#include "adic/app/words.hpp"

#include "basis.hpp"
#include "findings.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::ScenarioFigure;

void add(const std::optional<ScenarioFigure>& figure, Basis& basis) {
    if (figure) {
        weaken(basis.shock, figure->confidence);
    }
}

/// All figures of an event that bear on its course. How likely it is does not: it happens.
void add(const model::ShockEvent& event, Basis& basis) {
    for (const auto* figure :
         {&event.severity, &event.rate, &event.duration_days, &event.recovery.days}) {
        add(*figure, basis);
    }
    if (event.control) {
        weaken(basis.shock, event.control->processing_days.confidence);
        weaken(basis.shock, event.control->approved_share.confidence);
        for (const auto* figure :
             {&event.control->quota, &event.control->backlog_share, &event.control->backlog_days}) {
            add(*figure, basis);
        }
    }
}

/// What the answer rests on: the events that touch the map, and the chains of the targets.
Basis basis_of(
    const supply::MapIndex& index,
    const shock::ResolvedScenario& resolved,
    const std::set<model::ItemIndex>& items
) {
    Basis basis;
    for (const shock::ResolvedEvent& event : resolved.events) {
        if (event.touched > 0) {
            add(event.event, basis);
        }
    }
    add_needs(index, items, basis);
    for (const model::ItemIndex item : items) {
        add_shares(index, item, basis);
    }
    return basis;
}

std::string
command_of(const model::SupplyMap& map, const BriefRequest& request, const Episode& of) {
    std::string command = "adic shock run " + of.name;
    for (const model::ItemIndex target : request.targets) {
        command += ' ' + map.items[target].id;
    }
    return command + " --inside " + request.viewpoints.front().label;
}

}  // namespace

Result<BriefShock> shock_of(
    const supply::MapIndex& index,
    const BriefRequest& request,
    const Episode& episode,
    const std::set<model::ItemIndex>& items
) {
    if (request.targets.empty()) {
        return Error{
            ErrorCode::invalid_argument,
            "nothing is asked about that a shock could reach",
            {}};
    }
    ShockMapRequest asked;
    asked.scenario = episode.scenario;
    asked.targets = request.targets;
    asked.viewpoint = request.viewpoints.front();
    asked.data = request.data;
    asked.options.enough = request.options.failure.enough;
    auto answer = shock_map(index, asked);
    if (!answer) {
        Error error = answer.error();
        error.message = fmt::format("{}: {}", episode.name, error.message);
        return error;
    }
    const Basis basis = basis_of(index, answer->resolved, items);
    return BriefShock{
        episode,
        *std::move(answer),
        asked.options.enough,
        asked.options.usual.cover_days,
        to_sentence(basis),
        command_of(index.map(), request, episode)};
}

}  // namespace adic::app
