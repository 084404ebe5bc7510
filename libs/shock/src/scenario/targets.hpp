#pragma once

#include "adic/base/sentence.hpp"
#include "adic/model/scenario.hpp"
#include "adic/model/sea_routes.hpp"
#include "adic/model/supply_map.hpp"

#include "way_to_buyer.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace adic::shock {

/// "a, b, c and 4 more".
std::string listed_names(const std::set<std::string>& names);

/// What is found on the way: what refuses the scenario, and what its reader should know.
struct ResolveFindings {
    std::vector<std::string> problems;
    std::vector<Sentence> notes;
};

/// What a target names, by position; an empty table means that anything fits.
struct Fitting {
    std::vector<bool> origins;
    std::vector<bool> organisations;
    std::vector<bool> items;

    static bool fits(const std::vector<bool>& table, std::size_t position) {
        return table.empty() || table[position];
    }

    /// An empty position is known to fit only what anything fits.
    template <typename Index>
    static bool fits(const std::vector<bool>& table, std::optional<Index> position) {
        return table.empty() || (position && table[position->value()]);
    }
};

/// Finds in map and routes what events name. What is not there is a problem, or a note if the event
/// may miss it.
class TargetReader {
  public:
    TargetReader(
        const model::SupplyMap& map,
        const model::SeaRoutes& routes,
        ResolveFindings& findings
    )
        : map_(&map)
        , routes_(&routes)
        , findings_(&findings) {}

    Fitting fitting_of(const model::ShockEvent& event);
    Way way_of(const model::ShockEvent& event);
    void miss(const model::ShockEvent& event, Sentence what);

  private:
    std::optional<std::vector<model::StateIndex>> states_named(const std::string& name) const;
    std::vector<bool> origins_of(const model::ShockEvent& event);
    std::vector<bool> organisations_of(const model::ShockEvent& event);
    std::vector<bool> items_of(const model::ShockEvent& event);
    bool add_coded(const model::CodePrefix& code, std::vector<bool>& table) const;
    bool is_on_a_route(const std::string& chokepoint) const;
    void check_chokepoints(const model::ShockEvent& event);
    std::vector<bool> listed_states(
        const model::ShockEvent& event,
        const char* what,
        const std::vector<std::string>& names
    );

    const model::SupplyMap* map_;
    const model::SeaRoutes* routes_;
    ResolveFindings* findings_;
};

}  // namespace adic::shock
