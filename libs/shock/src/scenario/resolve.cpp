#include "adic/shock/scenario/resolve.hpp"

#include "adic/base/text.hpp"
#include "adic/model/scenario_check.hpp"

#include "controlled_content.hpp"
#include "way_to_buyer.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace adic::shock {
namespace {

using model::ItemIndex;
using model::ShockEvent;
using model::ShockKind;
using model::StateIndex;

constexpr std::size_t shown_names = 3;

/// "; did you mean 'x'?", or nothing.
template <typename Catalogue>
std::string suggestion(const std::string& name, const Catalogue& catalogue) {
    std::vector<std::string_view> names;
    names.reserve(catalogue.size());
    for (const auto& record : catalogue) {
        names.push_back(record.id);
    }
    const auto nearest = nearest_word(name, names);
    return nearest ? "; did you mean '" + std::string(*nearest) + "'?" : std::string{};
}

std::string listed(const std::set<std::string>& names) {
    std::string text;
    std::size_t count = 0;
    for (const std::string& name : names) {
        if (count == shown_names) {
            return text + " and " + std::to_string(names.size() - shown_names) + " more";
        }
        text += (count == 0 ? "" : ", ") + name;
        ++count;
    }
    return text;
}

/// What a target names, by position; an empty table means that anything fits.
struct Fitting {
    std::vector<bool> origins;
    std::vector<bool> organisations;
    std::vector<bool> items;

    static bool fits(const std::vector<bool>& table, std::size_t position) {
        return table.empty() || table[position];
    }
};

class Resolver {
  public:
    Resolver(
        const model::Scenario& scenario,
        const supply::MapIndex& index,
        const model::SeaRoutes& routes,
        const supply::Viewpoint& viewpoint,
        const ResolveOptions& options
    )
        : scenario_(&scenario)
        , index_(&index)
        , map_(&index.map())
        , routes_(&routes)
        , viewpoint_(&viewpoint)
        , way_(index.map(), routes, viewpoint, options.destinations) {}

    Result<ResolvedScenario> run() {
        for (const model::ScenarioProblem& problem : list_problems(*scenario_)) {
            refuse(
                problem.place + (problem.value.empty() ? "" : " '" + problem.value + "'") + ' '
                + problem.message
            );
        }
        if (std::ranges::find(viewpoint_->inside, true) == viewpoint_->inside.end()) {
            refuse(
                "nobody is inside the viewpoint, so there is no buyer to be hit; name a state "
                "or a bloc"
            );
        }
        if (!problems_.empty()) {
            return refusal();
        }
        out_.id = scenario_->id;
        out_.horizon_days = scenario_->horizon_days;
        add_groups();
        for (std::uint32_t e = 0; e < scenario_->events.size(); ++e) {
            add_event(e);
        }
        if (!problems_.empty()) {
            return refusal();
        }
        sort_effects();
        return std::move(out_);
    }

  private:
    void refuse(std::string reason) { problems_.push_back(std::move(reason)); }

    Error refusal() const {
        std::string message = "the scenario '" + scenario_->id + "' cannot be: ";
        for (std::size_t i = 0; i < problems_.size(); ++i) {
            message += (i == 0 ? "" : "; ") + problems_[i];
        }
        return Error{ErrorCode::invalid_argument, std::move(message), {}};
    }

    void note(std::string text) { out_.notes.push_back(std::move(text)); }

    /// A target that is not there: a refusal, or a note if the event may miss.
    void miss(const ShockEvent& event, const std::string& what) {
        const std::string text = "event '" + event.id + "': " + what;
        if (event.may_miss) {
            note(text);
        } else {
            refuse(text);
        }
    }

    // --- who may be hit -------------------------------------------------------------------------

    std::optional<std::vector<StateIndex>> states_named(const std::string& name) const {
        if (const auto state = map_->states.find(name)) {
            return std::vector{*state};
        }
        if (const auto bloc = map_->blocs.find(name)) {
            return map_->blocs[*bloc].members;
        }
        return std::nullopt;
    }

    std::vector<bool> origins_of(const ShockEvent& event) {
        std::vector<bool> table;
        if (!event.target.origins.empty()) {
            table.assign(map_->states.size(), false);
        }
        for (const std::string& name : event.target.origins) {
            const auto states = states_named(name);
            if (!states) {
                miss(
                    event,
                    "'" + name + "' is no state or bloc of the map" + suggestion(name, map_->states)
                );
                continue;
            }
            for (const StateIndex state : *states) {
                table[state.value()] = true;
            }
        }
        return table;
    }

    std::vector<bool> organisations_of(const ShockEvent& event) {
        std::vector<bool> table;
        if (!event.target.organisations.empty()) {
            table.assign(map_->organisations.size(), false);
        }
        for (const std::string& name : event.target.organisations) {
            if (const auto found = map_->organisations.find(name)) {
                table[found->value()] = true;
            } else {
                miss(
                    event,
                    "'" + name + "' is no organisation of the map"
                        + suggestion(name, map_->organisations)
                );
            }
        }
        return table;
    }

    std::vector<bool> items_of(const ShockEvent& event) {
        const model::ItemList& list = event.target.items;
        std::vector<bool> table;
        if (list.is_empty()) {
            return table;
        }
        table.assign(map_->items.size(), false);
        for (const std::string& name : list.ids) {
            if (const auto found = map_->items.find(name)) {
                table[found->value()] = true;
            } else {
                miss(event, "'" + name + "' is no item of the map" + suggestion(name, map_->items));
            }
        }
        for (const model::CodePrefix& code : list.codes) {
            bool is_met = false;
            for (const model::ItemCode& row : map_->codes) {
                if (row.scheme == code.scheme && row.code.starts_with(code.prefix)) {
                    table[row.item.value()] = true;
                    is_met = true;
                }
            }
            if (!is_met) {
                note(
                    "event '" + event.id + "': no item of the map has a code " + code.scheme + " "
                    + code.prefix
                );
            }
        }
        if (std::ranges::find(table, true) == table.end()) {
            miss(
                event,
                "no item of the map is on its list"
                    + (list.name.empty() ? std::string{} : " (" + list.name + ")")
            );
        }
        return table;
    }

    void check_chokepoints(const ShockEvent& event) {
        for (const std::string& name : event.target.chokepoints) {
            if (!routes_->knows_chokepoint(name)) {
                miss(
                    event,
                    "'" + name + "' is no chokepoint of the sea routes"
                        + suggestion(name, routes_->chokepoints())
                );
                continue;
            }
            const auto passes = [&](const model::SeaRoute& route) {
                return std::ranges::any_of(route.passages, [&](const auto& passage) {
                    return passage.chokepoint == name;
                });
            };
            if (std::ranges::none_of(routes_->routes(), passes)) {
                miss(event, "the chokepoint '" + name + "' is on no sea route");
            }
        }
    }

    /// The states that a list of names stands for; names that the map does not have are noted,
    /// since controls name more states than a map has.
    std::vector<bool> listed_states(
        const ShockEvent& event,
        const char* what,
        const std::vector<std::string>& names
    ) {
        std::vector<bool> table(map_->states.size(), false);
        std::set<std::string> unknown;
        for (const std::string& name : names) {
            const auto states = states_named(name);
            if (!states) {
                unknown.insert(name);
                continue;
            }
            for (const StateIndex state : *states) {
                table[state.value()] = true;
            }
        }
        if (!unknown.empty()) {
            note(
                "event '" + event.id + "': " + what + " " + listed(unknown)
                + " is no state or bloc of the map, and was passed over"
            );
        }
        return table;
    }

    Way way_of(const ShockEvent& event) {
        Way way;
        way.crosses_border = event.control.has_value() || event.kind == ShockKind::tariff;
        way.chokepoints = event.target.chokepoints;
        if (event.control) {
            if (!event.control->destinations.empty()) {
                way.destinations = listed_states(event, "destination", event.control->destinations);
            }
            way.exempt = listed_states(event, "exempt", event.control->exempt);
        }
        for (const model::TradeRoute& route : event.target.routes) {
            Way::Ends ends;
            if (!route.from.empty()) {
                ends.from = listed_states(event, "route end", {route.from});
            }
            if (!route.to.empty()) {
                ends.to = listed_states(event, "route end", {route.to});
            }
            way.routes.push_back(std::move(ends));
        }
        return way;
    }

    // --- what is hit ----------------------------------------------------------------------------

    void add_event(std::uint32_t e) {
        const ShockEvent& event = scenario_->events[e];
        out_.events[e].event = event;
        Fitting fitting{origins_of(event), organisations_of(event), items_of(event)};
        check_chokepoints(event);
        std::size_t fits = 0;
        if (event.kind == ShockKind::stock_loss) {
            fits = add_stocks(e, fitting);
        } else {
            fits = add_supplies(e, fitting) + add_items(e, fitting);
        }
        if (fits == 0 && problems_.empty()) {
            miss(
                event,
                event.kind == ShockKind::stock_loss
                    ? "no stock of the map has such a holder and item"
                    : "no supply of the map has such an origin, supplier and item"
            );
        } else if (out_.events[e].touched == 0) {
            note(
                "event '" + event.id + "' touches nothing: " + std::to_string(fits)
                + " rows of the map fit its target, but none of them reaches " + viewpoint_->label
                + " by the ways or destinations that it names"
            );
        }
    }

    std::size_t add_supplies(std::uint32_t e, const Fitting& fitting) {
        const ShockEvent& event = scenario_->events[e];
        const Way way = way_of(event);
        const std::vector<double> content = contents(event, fitting);
        std::size_t fits = 0;
        std::size_t nameless = 0;
        for (std::uint32_t s = 0; s < map_->supplies.size(); ++s) {
            const model::Supply& supply = map_->supplies[s];
            const auto origin = origin_of(supply);
            const bool is_item = Fitting::fits(fitting.items, supply.item.value())
                                 && (way.chokepoints.empty() || is_shipped(supply.item));
            const bool is_organisation =
                fitting.organisations.empty()
                || (supply.organisation && fitting.organisations[supply.organisation->value()]);
            if (is_item && is_organisation && !origin
                && (!fitting.origins.empty() || !way.is_everywhere())) {
                ++nameless;
                continue;
            }
            const bool is_origin =
                fitting.origins.empty() || (origin && fitting.origins[origin->value()]);
            if (is_item && is_organisation && is_origin) {
                ++fits;
                add_supply(e, s, way, 0);
            } else if (!content.empty() && origin && !is_origin
                       && content[supply.item.value()] > 0
                       && content[supply.item.value()] >= *event.control->de_minimis) {
                ++fits;
                add_supply(e, s, way, content[supply.item.value()]);
            }
        }
        if (nameless > 0) {
            note(
                "event '" + event.id + "': " + std::to_string(nameless)
                + " supplies of its items have no origin, and were taken as not reached"
            );
        }
        note_unknown_ways(event);
        return fits;
    }

    /// Neither a signal nor a program goes through a strait.
    bool is_shipped(model::ItemIndex item) const {
        const model::ItemKind kind = map_->items[item].kind;
        return kind != model::ItemKind::service && kind != model::ItemKind::software;
    }

    void note_unknown_ways(const ShockEvent& event) {
        const std::set<std::string> unknown = way_.take_unknown();
        if (!unknown.empty()) {
            note(
                "event '" + event.id + "': no way by sea is recorded for " + listed(unknown)
                + "; taken as not passing a chokepoint"
            );
        }
    }

    void add_supply(std::uint32_t e, std::uint32_t s, const Way& way, double content) {
        const model::Supply& supply = map_->supplies[s];
        const Passing passing = way_.from(origin_of(supply), supply.market, way);
        const auto add = [&](Estimate part, std::optional<double> detour) {
            if (part.high() <= 0) {
                return;
            }
            SupplyEffect effect{s, e, part, detour, reach_of(e, way, content), {}};
            effect.reason = reason_of(effect, content);
            out_.supply_effects.push_back(std::move(effect));
            ++out_.events[e].touched;
        };
        add(passing.lost, std::nullopt);
        add(passing.delayed, passing.detour_days);
    }

    Reach reach_of(std::uint32_t e, const Way& way, double content) const {
        if (content > 0) {
            return Reach::re_export;
        }
        if (scenario_->events[e].control) {
            return Reach::control;
        }
        if (!way.chokepoints.empty()) {
            return Reach::passage;
        }
        return way.routes.empty() ? Reach::named : Reach::route;
    }

    std::string reason_of(const SupplyEffect& effect, double content) const {
        const ShockEvent& event = scenario_->events[effect.event];
        const model::Supply& supply = map_->supplies[effect.supply];
        const auto origin = origin_of(supply);
        const std::string item = map_->items[supply.item].id;
        std::string from = origin ? " from " + map_->states[*origin].id : std::string{};
        if (supply.organisation) {
            from += " by " + map_->organisations[*supply.organisation].id;
        }
        std::string text = event.id + ": " + item + from;
        switch (effect.reach) {
        case Reach::named: text += " is a target"; break;
        case Reach::route:
            text += " goes to " + viewpoint_->label + " by a route that is hit";
            break;
        case Reach::passage:
            text += " passes "
                    + listed({event.target.chokepoints.begin(), event.target.chokepoints.end()})
                    + " on its way to " + viewpoint_->label;
            text += effect.detour_days
                        ? ", and goes round in "
                              + to_shortest(std::round(*effect.detour_days * 10) / 10)
                              + " days more"
                        : ", and there is no way round";
            break;
        case Reach::control:
            text += " is a controlled good on its way to " + viewpoint_->label;
            break;
        case Reach::re_export:
            text += " is made elsewhere, but " + to_shortest(std::round(content * 1000) / 10)
                    + " % of its value is controlled goods";
            break;
        case Reach::unrecorded: break;
        }
        if (effect.part.likely() < 1) {
            text += " (" + to_shortest(std::round(effect.part.likely() * 1000) / 10) + " % of it)";
        }
        return text;
    }

    std::size_t add_items(std::uint32_t e, const Fitting& fitting) {
        const ShockEvent& event = scenario_->events[e];
        const model::ShockTarget& target = event.target;
        if (target.items.is_empty() || !target.origins.empty() || !target.organisations.empty()
            || !target.chokepoints.empty() || !target.routes.empty()) {
            return 0;
        }
        std::size_t fits = 0;
        for (std::uint32_t i = 0; i < fitting.items.size(); ++i) {
            if (fitting.items[i]) {
                const ItemIndex item{i};
                out_.item_effects.push_back(
                    {item,
                     e,
                     event.id + ": " + map_->items[item].id + " is a target, whoever supplies it"}
                );
                ++out_.events[e].touched;
                ++fits;
            }
        }
        return fits;
    }

    std::size_t add_stocks(std::uint32_t e, const Fitting& fitting) {
        std::size_t fits = 0;
        for (std::uint32_t s = 0; s < map_->stocks.size(); ++s) {
            const model::Stock& stock = map_->stocks[s];
            const bool is_organisation =
                fitting.organisations.empty()
                || (stock.organisation && fitting.organisations[stock.organisation->value()]);
            const Estimate part = part_of_holder(stock, fitting.origins);
            if (!is_organisation || !Fitting::fits(fitting.items, stock.item.value())
                || part.high() <= 0) {
                continue;
            }
            const ShockEvent& event = scenario_->events[e];
            out_.stock_effects.push_back(
                {s,
                 e,
                 part,
                 event.id + ": the stock of " + map_->items[stock.item].id + " is a target"}
            );
            ++out_.events[e].touched;
            ++fits;
        }
        return fits;
    }

    /// Of a bloc's stock nobody says in which member it lies.
    Estimate part_of_holder(const model::Stock& stock, const std::vector<bool>& origins) const {
        if (origins.empty()) {
            return Estimate::exactly(1);
        }
        if (const auto* state = std::get_if<StateIndex>(&stock.holder)) {
            return Estimate::exactly(origins[state->value()] ? 1 : 0);
        }
        const auto& members = map_->blocs[std::get<model::BlocIndex>(stock.holder)].members;
        const auto hit =
            std::ranges::count_if(members, [&](StateIndex s) { return origins[s.value()]; });
        const double part =
            members.empty() ? 0 : static_cast<double>(hit) / static_cast<double>(members.size());
        return *Estimate::create(part < 1 ? 0 : 1, part, part > 0 ? 1 : 0);
    }

    std::optional<StateIndex> origin_of(const model::Supply& supply) const {
        if (!supply.origin && supply.organisation) {
            return map_->organisations[*supply.organisation].state;
        }
        return supply.origin;
    }

    /// The controlled content of each item, if the event has a rule for re-exports.
    std::vector<double> contents(const ShockEvent& event, const Fitting& fitting) {
        if (!event.control || !event.control->de_minimis) {
            return {};
        }
        if (!network_) {
            network_.emplace(*index_, supply::LookthroughOptions{});
        }
        return controlled_inputs(*network_, *index_, *viewpoint_, fitting.items, fitting.origins);
    }

    // --- how likely it is -----------------------------------------------------------------------

    static Estimate ratio(Estimate part, Estimate whole) {
        const auto divided = [](double x, double y) { return y > 0 ? std::min(x / y, 1.0) : 0; };
        const double likely = divided(part.likely(), whole.likely());
        const double low = divided(part.low(), whole.low());
        const double high = divided(part.high(), whole.high());
        return *Estimate::create(
            std::min({low, likely, high}),
            likely,
            std::max({low, likely, high})
        );
    }

    static Estimate product(Estimate a, Estimate b) {
        return *Estimate::create(a.low() * b.low(), a.likely() * b.likely(), a.high() * b.high());
    }

    Estimate over_horizon(const model::ScenarioFigure& figure, model::ProbabilitySpan span) const {
        return model::probability_over(figure.value, span, scenario_->horizon_days);
    }

    void add_groups() {
        std::map<std::string_view, std::uint32_t> positions;
        for (std::uint32_t e = 0; e < scenario_->events.size(); ++e) {
            const ShockEvent& event = scenario_->events[e];
            positions.emplace(event.id, e);
            const Estimate probability = event.probability
                                             ? over_horizon(*event.probability, event.per)
                                             : Estimate::exactly(1);
            out_.events.push_back({event, probability, std::nullopt, 0});
        }
        for (const model::CommonCause& cause : scenario_->causes) {
            EventGroup group{cause.id, std::nullopt, std::nullopt, {}};
            if (cause.probability) {
                group.cause = over_horizon(*cause.probability, cause.per);
            } else {
                group.correlation = cause.correlation->value;
            }
            for (const model::CauseMember& member : cause.members) {
                const std::uint32_t e = positions.find(member.event)->second;
                ResolvedEvent& event = out_.events[e];
                event.group = static_cast<std::uint32_t>(out_.groups.size());
                Estimate conditional = Estimate::exactly(1);
                if (group.cause && member.conditional) {
                    conditional = member.conditional->value;
                    event.probability = product(*group.cause, conditional);
                } else if (group.cause) {
                    conditional = ratio(event.probability, *group.cause);
                }
                group.members.push_back({e, conditional});
            }
            out_.groups.push_back(std::move(group));
        }
    }

    void sort_effects() {
        std::ranges::stable_sort(out_.supply_effects, {}, &SupplyEffect::supply);
        std::ranges::stable_sort(out_.item_effects, {}, &ItemEffect::item);
        std::ranges::stable_sort(out_.stock_effects, {}, &StockEffect::stock);
    }

    const model::Scenario* scenario_;
    const supply::MapIndex* index_;
    const model::SupplyMap* map_;
    const model::SeaRoutes* routes_;
    const supply::Viewpoint* viewpoint_;
    WayToBuyer way_;
    std::optional<supply::ValueNetwork> network_;
    std::vector<std::string> problems_;
    ResolvedScenario out_{};
};

}  // namespace

Result<ResolvedScenario> resolve(
    const model::Scenario& scenario,
    const supply::MapIndex& index,
    const model::SeaRoutes& routes,
    const supply::Viewpoint& viewpoint,
    const ResolveOptions& options
) {
    return Resolver(scenario, index, routes, viewpoint, options).run();
}

}  // namespace adic::shock
