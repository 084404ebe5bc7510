#pragma once

#include "adic/base/estimate.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::model {

/// A strait or canal that ships cannot go round without losing time.
struct Chokepoint {
    std::string id;  ///< "malacca"
    std::string name;

    friend bool operator==(const Chokepoint&, const Chokepoint&) = default;
};

/// That part of what goes from one state to another by sea passes a chokepoint.
struct SeaPassage {
    std::string chokepoint;
    Estimate share;  ///< in [0, 1]
    /// How much longer the way round takes; empty: there is none.
    std::optional<double> detour_days;

    friend bool operator==(const SeaPassage&, const SeaPassage&) = default;
};

/// The way of goods by sea from one state to another.
struct SeaRoute {
    std::string origin;       ///< id of a state
    std::string destination;  ///< id of a state
    double days;              ///< at sea, > 0
    std::vector<SeaPassage> passages = {};

    friend bool operator==(const SeaRoute&, const SeaRoute&) = default;
};

/// Who depends on which passage. Neighbours by land have no route, and neither have pairs that
/// nobody has looked at.
class SeaRoutes {
  public:
    SeaRoutes() = default;

    /// Requires: chokepoints have distinct ids, and no pair of states has two routes.
    /// Cost: O(routes log routes).
    SeaRoutes(std::vector<Chokepoint> chokepoints, std::vector<SeaRoute> routes);

    /// In the order of the file.
    const std::vector<Chokepoint>& chokepoints() const { return chokepoints_; }

    /// By origin, then by destination.
    const std::vector<SeaRoute>& routes() const { return routes_; }

    bool knows_chokepoint(std::string_view id) const;

    /// Null if there is none. Cost: O(log routes).
    const SeaRoute* find(std::string_view origin, std::string_view destination) const;

  private:
    std::vector<Chokepoint> chokepoints_;
    std::vector<SeaRoute> routes_;
};

}  // namespace adic::model
