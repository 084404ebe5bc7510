#pragma once

#include "adic/shock/scenario/resolve.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace adic::shock::test {

/// Sums up what may happen to the supplies of a map, by hand.
class Futures {
  public:
    explicit Futures(std::uint32_t weeks) { scenario_.horizon_days = 7 * weeks; }

    struct Event {
        std::uint32_t supply;
        double probability = 1;
        std::int32_t start = 0;
        Estimate duration = Estimate::exactly(7'000);
        std::optional<Estimate> severity = {};
    };

    std::uint32_t add(const Event& said) {
        const auto place = static_cast<std::uint32_t>(scenario_.events.size());
        model::ShockEvent event{
            .id = "e" + std::to_string(place),
            .kind = model::ShockKind::capacity_loss,
            .target = {}};
        event.start_day = said.start;
        event.duration_days = model::ScenarioFigure{said.duration};
        event.severity = model::ScenarioFigure{said.severity.value_or(Estimate::exactly(1))};
        scenario_.events.push_back({event, Estimate::exactly(said.probability), {}, 1});
        scenario_.supply_effects.push_back(
            {said.supply, place, Estimate::exactly(1), {}, Reach::named, {}}
        );
        return place;
    }

    void group(EventGroup group) {
        for (const EventGroup::Member& member : group.members) {
            scenario_.events[member.event].group =
                static_cast<std::uint32_t>(scenario_.groups.size());
        }
        scenario_.groups.push_back(std::move(group));
    }

    ResolvedScenario resolved() const {
        ResolvedScenario sorted = scenario_;
        std::ranges::stable_sort(sorted.supply_effects, {}, &SupplyEffect::supply);
        return sorted;
    }

  private:
    ResolvedScenario scenario_{};
};

}  // namespace adic::shock::test
