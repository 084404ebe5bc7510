#include "way_to_buyer.hpp"

#include <algorithm>
#include <utility>

namespace adic::shock {
namespace {

using model::StateIndex;

bool holds(const std::vector<bool>& table, StateIndex state) {
    return table.empty() || table[state.value()];
}

/// Adds up the legs to all destinations.
class PartSum {
  public:
    void add(Estimate part, double share) {
        low_ += share * part.low();
        likely_ += share * part.likely();
        high_ += share * part.high();
        least_ = is_empty_ ? part.low() : std::min(least_, part.low());
        most_ = std::max(most_, part.high());
        is_empty_ = false;
    }

    double likely() const { return likely_; }

    /// With purchases that nobody knows, any destination may take everything.
    Estimate total(bool is_split_known) const {
        const double low = is_split_known ? low_ : least_;
        const double high = is_split_known ? high_ : most_;
        const double likely = std::clamp(likely_, 0.0, 1.0);
        return *Estimate::create(
            std::clamp(low, 0.0, likely),
            likely,
            std::clamp(high, likely, 1.0)
        );
    }

  private:
    double low_ = 0;
    double likely_ = 0;
    double high_ = 0;
    double least_ = 0;
    double most_ = 0;
    bool is_empty_ = true;
};

}  // namespace

WayToBuyer::WayToBuyer(
    const model::SupplyMap& map,
    const model::SeaRoutes& routes,
    const supply::Viewpoint& viewpoint,
    std::span<const DestinationShare> shares
)
    : map_(&map)
    , routes_(&routes)
    , viewpoint_(&viewpoint) {
    if (!shares.empty()) {
        shares_.assign(map.states.size(), 0.0);
    }
    for (const DestinationShare& share : shares) {
        shares_[share.state.value()] += share.share;
    }
}

std::vector<WayToBuyer::Goal> WayToBuyer::goals_of(const model::Market& market) const {
    if (const auto* state = std::get_if<StateIndex>(&market)) {
        return {{*state, 1.0}};
    }
    const auto* bloc = std::get_if<model::BlocIndex>(&market);
    std::vector<Goal> goals;
    double total = 0;
    for (std::uint32_t s = 0; s < map_->states.size(); ++s) {
        const StateIndex state{s};
        const bool is_member =
            bloc == nullptr || std::ranges::binary_search(map_->blocs[*bloc].members, state);
        const double share = shares_.empty() ? 1.0 : shares_[s];
        if (viewpoint_->is_inside(state) && is_member && share > 0) {
            goals.push_back({state, share});
            total += share;
        }
    }
    for (Goal& goal : goals) {
        goal.share /= total;
    }
    return goals;
}

Passing
WayToBuyer::from(std::optional<StateIndex> origin, const model::Market& market, const Way& way) {
    const std::vector<Goal> goals = goals_of(market);
    PartSum lost;
    PartSum delayed;
    double days = 0;
    for (const Goal& goal : goals) {
        const Leg reached = leg(origin, goal.state, way);
        const Estimate none = Estimate::exactly(0);
        lost.add(reached.detour ? none : reached.part, goal.share);
        delayed.add(reached.detour ? reached.part : none, goal.share);
        days += reached.detour ? goal.share * reached.part.likely() * *reached.detour : 0;
    }
    const bool is_split_known = !shares_.empty() || goals.size() <= 1;
    Passing passing{lost.total(is_split_known), delayed.total(is_split_known), 0};
    passing.detour_days = delayed.likely() > 0 ? days / delayed.likely() : 0;
    return passing;
}

WayToBuyer::Leg WayToBuyer::leg(std::optional<StateIndex> origin, StateIndex goal, const Way& way) {
    const Leg all{Estimate::exactly(1), std::nullopt};
    if (way.is_everywhere()) {
        return all;
    }
    const bool is_exempt = !way.exempt.empty() && way.exempt[goal.value()];
    if (!origin || *origin == goal || is_exempt || !holds(way.destinations, goal)) {
        return {};
    }
    const bool is_on_route =
        way.routes.empty() || std::ranges::any_of(way.routes, [&](const Way::Ends& ends) {
            return holds(ends.from, *origin) && holds(ends.to, goal);
        });
    if (!is_on_route) {
        return {};
    }
    if (way.chokepoints.empty()) {
        return all;
    }
    const std::string& from = map_->states[*origin].id;
    const std::string& to = map_->states[goal].id;
    const model::SeaRoute* route = routes_->find(from, to);
    if (route == nullptr) {
        unknown_.insert(from + " to " + to);
        return {};
    }
    return passage(*route, way);
}

WayToBuyer::Leg WayToBuyer::passage(const model::SeaRoute& route, const Way& way) {
    double most = 0;  // one behind the other
    double sum = 0;   // side by side
    double open = 1;  // as if by chance
    double most_high = 0;
    std::optional<double> detour = 0.0;
    for (const model::SeaPassage& passage : route.passages) {
        if (std::ranges::find(way.chokepoints, passage.chokepoint) == way.chokepoints.end()) {
            continue;
        }
        most = std::max(most, passage.share.low());
        most_high = std::max(most_high, passage.share.high());
        sum += passage.share.high();
        open *= 1 - passage.share.likely();
        if (detour) {
            detour = passage.detour_days ? std::optional{std::max(*detour, *passage.detour_days)}
                                         : std::nullopt;
        }
    }
    const double likely = 1 - open;
    Leg leg;
    leg.part = *Estimate::create(
        std::min(most, likely),
        likely,
        std::max({likely, std::min(sum, 1.0), most_high})
    );
    leg.detour = detour;
    return leg;
}

std::set<std::string> WayToBuyer::take_unknown() {
    return std::exchange(unknown_, {});
}

}  // namespace adic::shock
