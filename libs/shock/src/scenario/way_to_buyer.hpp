#pragma once

#include "adic/base/estimate.hpp"
#include "adic/model/sea_routes.hpp"
#include "adic/model/supply_map.hpp"
#include "adic/shock/scenario/resolve.hpp"
#include "adic/supply/viewpoint.hpp"

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace adic::shock {

/// Which ways of goods an event reaches; tables are by StateIndex, an empty one means any state.
struct Way {
    struct Ends {
        std::vector<bool> from;
        std::vector<bool> to;
    };

    bool crosses_border = false;  ///< only what leaves its origin
    std::vector<bool> destinations;
    std::vector<bool> exempt;
    std::vector<Ends> routes;  ///< empty: any way
    std::vector<std::string> chokepoints;

    /// Whether it takes no origin to know that goods are reached.
    bool is_everywhere() const { return !crosses_border && routes.empty() && chokepoints.empty(); }
};

/// The part of a supply that an event reaches, by whether it can go round.
struct Passing {
    Estimate lost = Estimate::exactly(0);
    Estimate delayed = Estimate::exactly(0);
    double detour_days = 0;  ///< of what is delayed, on average
};

/// Where purchases of the viewpoint go, and what part of them an event reaches on the way:
/// docs/explanation/shock-scenarios.md (E4).
class WayToBuyer {
  public:
    WayToBuyer(
        const model::SupplyMap& map,
        const model::SeaRoutes& routes,
        const supply::Viewpoint& viewpoint,
        std::span<const DestinationShare> shares
    );

    Passing
    from(std::optional<model::StateIndex> origin, const model::Market& market, const Way& way);

    /// Pairs of states that a chokepoint was asked about and that have no sea route; forgets them.
    std::set<std::string> take_unknown();

  private:
    struct Goal {
        model::StateIndex state;
        double share;
    };

    /// What of the goods for one destination is reached.
    struct Leg {
        Estimate part = Estimate::exactly(0);
        std::optional<double> detour;
    };

    std::vector<Goal> goals_of(const model::Market& market) const;
    Leg leg(std::optional<model::StateIndex> origin, model::StateIndex goal, const Way& way);
    static Leg passage(const model::SeaRoute& route, const Way& way);

    const model::SupplyMap* map_;
    const model::SeaRoutes* routes_;
    const supply::Viewpoint* viewpoint_;
    std::vector<double> shares_;  ///< by StateIndex; empty: not known
    std::set<std::string> unknown_;
};

}  // namespace adic::shock
