#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/base/sentence.hpp"
#include "adic/model/scenario.hpp"
#include "adic/model/sea_routes.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adic::shock {

/// Part of the buyer's purchases that one state makes. The parts need not add up to 1.
struct DestinationShare {
    model::StateIndex state;
    double share;  ///< >= 0
};

/// Why an event reaches a supply.
enum class Reach {
    named,     ///< its origin, its supplier or its item is the target
    passage,   ///< its way to the buyer goes through a chokepoint
    route,     ///< its way to the buyer is the target
    control,   ///< it is a controlled good on its way to a controlled destination
    re_export  ///< it is made elsewhere, and enough of its value is controlled goods
};

/// What an event does to one row of SupplyMap::supplies.
///
/// A pair of event and supply has up to two effects, a lost part and a delayed one, if only some
/// destinations can be reached by a detour; their likely parts together are at most 1.
struct SupplyEffect {
    std::uint32_t supply;
    std::uint32_t event;
    Estimate part;  ///< of the supply that the event reaches, in [0, 1]
    /// What does not come on time comes so much later; empty: it does not come.
    std::optional<double> detour_days;
    Reach reach;
    std::string reason;  ///< a sentence: which event, and why it applies
};

/// What an event does to the part of an item's supply that no row of the map records; all of it
/// where the map has no row. Only events that name items and neither origins, suppliers, ways nor
/// destinations have such effects: of any other nobody knows whether it applies.
struct ItemEffect {
    model::ItemIndex item;
    std::uint32_t event;
    std::string reason;
};

/// That an event destroys part of one row of SupplyMap::stocks, on the event's first day.
struct StockEffect {
    std::uint32_t stock;
    std::uint32_t event;
    Estimate part;  ///< of the stock that the event reaches, in [0, 1]; severity is not in it
    std::string reason;
};

/// An event as it is drawn and traced.
struct ResolvedEvent {
    model::ShockEvent event;
    Estimate probability;  ///< that it happens within the horizon, in [0, 1]; exactly 1 if sure
    std::optional<std::uint32_t> group;  ///< position in ResolvedScenario::groups
    std::uint32_t touched = 0;           ///< supplies, items and stocks that it has effects on
};

/// Events that do not happen independently of each other.
///
/// With a `cause`, draw whether it happens, then each member with its `conditional`. With a
/// `correlation` r, member i happens if sqrt(r) Z + sqrt(1-r) E_i is below the normal quantile of
/// its probability, Z and the E_i independent standard normal.
struct EventGroup {
    struct Member {
        std::uint32_t event;
        Estimate conditional;  ///< given the cause; exactly 1, and not used, in a correlation
    };

    std::string id;
    std::optional<Estimate> cause;  ///< probability within the horizon
    std::optional<Estimate> correlation;
    std::vector<Member> members;
};

/// A scenario read against one map, for one buyer: what every engine starts from.
struct ResolvedScenario {
    std::string id;
    std::uint32_t horizon_days;
    std::vector<ResolvedEvent> events;  ///< in the order of the scenario
    std::vector<EventGroup> groups;
    std::vector<SupplyEffect> supply_effects;  ///< by supply, then event
    std::vector<ItemEffect> item_effects;      ///< by item, then event
    std::vector<StockEffect> stock_effects;    ///< by stock, then event
    /// What the reader should know: events that touch nothing, ways that nobody has looked at.
    std::vector<Sentence> notes;

    std::uint32_t weeks() const { return (horizon_days + 6) / 7; }
};

struct ResolveOptions {
    /// How the purchases divide among the states inside. Empty: not known, so that an event that
    /// reaches only some of them reaches equal parts as likely, and anything between none and all
    /// as bounds.
    std::vector<DestinationShare> destinations = {};
};

/// Reads a scenario against a map, as the states inside the viewpoint feel it.
///
/// A halt or a loss of capacity of a state hits whoever buys from it; controls, delays of licences
/// and tariffs hit only what crosses a border, so a state's own output stays free for itself.
/// docs/explanation/shock-scenarios.md has the equations (E4, E5, E11, E12).
///
/// An event that reaches nothing of this buyer's is no error: a note says so.
///
/// Errors: invalid_argument with all reasons if the scenario is impossible, nobody is inside, or an
///         event has a target that map and routes do not have and may not miss it.
/// Cost:   O(events * (supplies + states + items + needs)).
Result<ResolvedScenario> resolve(
    const model::Scenario& scenario,
    const supply::MapIndex& index,
    const model::SeaRoutes& routes,
    const supply::Viewpoint& viewpoint,
    const ResolveOptions& options = {}
);

}  // namespace adic::shock
