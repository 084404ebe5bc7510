#include "adic/shock/montecarlo/hazards.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace adic::shock {
namespace {

using model::SupplyMap;

/// The newest recorded time to recover of the subject.
std::optional<Estimate> recovery_of(const SupplyMap& map, const model::Subject& subject) {
    const model::Recovery* newest = nullptr;
    const auto last_day = [&](const model::Recovery& r) { return map[r.provenance].period.last; };
    for (const model::Recovery& recovery : map.recoveries) {
        if (recovery.subject == subject
            && (newest == nullptr || last_day(recovery) >= last_day(*newest))) {
            newest = &recovery;
        }
    }
    return newest == nullptr ? std::nullopt : std::optional{newest->days};
}

/// A later row about the same subject, of a period that ends no earlier, goes before this one.
bool is_outdated(const SupplyMap& map, std::size_t row) {
    const model::Hazard& hazard = map.hazards[row];
    const auto last_day = [&](const model::Hazard& h) { return map[h.provenance].period.last; };
    for (std::size_t other = 0; other < map.hazards.size(); ++other) {
        const model::Hazard& rival = map.hazards[other];
        const bool is_newer = last_day(rival) > last_day(hazard)
                              || (last_day(rival) == last_day(hazard) && other > row);
        if (rival.subject == hazard.subject && is_newer) {
            return true;
        }
    }
    return false;
}

/// What stops; empty for a subject inside.
struct Target {
    const SupplyMap* map;
    const supply::Viewpoint* viewpoint;

    std::optional<std::pair<std::string, model::ShockTarget>> operator()(model::StateIndex state
    ) const {
        if (viewpoint->is_inside(state)) {
            return std::nullopt;
        }
        const std::string& id = map->states[state].id;
        return std::pair{"state-" + id, model::ShockTarget{.origins = {id}}};
    }

    std::optional<std::pair<std::string, model::ShockTarget>> operator()(model::BlocIndex bloc
    ) const {
        model::ShockTarget target;
        for (const model::StateIndex member : map->blocs[bloc].members) {
            if (!viewpoint->is_inside(member)) {
                target.origins.push_back(map->states[member].id);
            }
        }
        if (target.origins.empty()) {
            return std::nullopt;
        }
        return std::pair{"bloc-" + map->blocs[bloc].id, std::move(target)};
    }

    std::optional<std::pair<std::string, model::ShockTarget>> operator()(
        model::OrganisationIndex firm
    ) const {
        const model::Organisation& organisation = map->organisations[firm];
        if (organisation.state && viewpoint->is_inside(*organisation.state)) {
            return std::nullopt;
        }
        return std::pair{
            "organisation-" + organisation.id,
            model::ShockTarget{.organisations = {organisation.id}}};
    }

    std::optional<std::pair<std::string, model::ShockTarget>> operator()(model::ItemIndex item
    ) const {
        const std::string& id = map->items[item].id;
        return std::pair{"item-" + id, model::ShockTarget{.items = {.ids = {id}}}};
    }
};

}  // namespace

model::Scenario hazard_scenario(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    std::uint32_t horizon_days
) {
    const SupplyMap& map = index.map();
    const Estimate usual_recovery = *Estimate::create(91, 182, 365);
    model::Scenario scenario{
        .id = "hazards",
        .title = "What the map says may happen",
        .start = std::chrono::sys_days{},
        .horizon_days = horizon_days,
        .events = {}};
    for (std::size_t row = 0; row < map.hazards.size(); ++row) {
        const model::Hazard& hazard = map.hazards[row];
        auto target = std::visit(Target{&map, &viewpoint}, hazard.subject);
        if (!target || is_outdated(map, row)) {
            continue;
        }
        model::ShockEvent event{
            .id = target->first,
            .kind = model::ShockKind::halt,
            .target = std::move(target->second)};
        event.duration_days =
            model::ScenarioFigure{recovery_of(map, hazard.subject).value_or(usual_recovery)};
        event.probability = model::ScenarioFigure{hazard.probability};
        event.per = model::ProbabilitySpan::year;
        event.may_miss = true;
        scenario.events.push_back(std::move(event));
    }
    return scenario;
}

}  // namespace adic::shock
