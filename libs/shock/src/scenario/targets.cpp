#include "targets.hpp"

#include "adic/base/say.hpp"
#include "adic/base/text.hpp"

#include <algorithm>

namespace adic::shock {
namespace {

using model::ShockEvent;
using model::StateIndex;

constexpr std::size_t shown_names = 3;

/// "; did you mean 'x'?", or nothing.
template <typename Catalogue>
std::vector<Said>
missed(const ShockEvent& event, const std::string& name, const Catalogue& catalogue) {
    std::vector<std::string_view> names;
    names.reserve(catalogue.size());
    for (const auto& record : catalogue) {
        names.push_back(record.id);
    }
    const auto nearest = nearest_word(name, names);
    std::vector<Said> values{{"event", event.id}, {"name", name}};
    if (nearest) {
        values.emplace_back("nearest", *nearest);
    }
    return values;
}

}  // namespace

std::string listed_names(const std::set<std::string>& names) {
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

void TargetReader::miss(const ShockEvent& event, Sentence what) {
    if (event.may_miss) {
        findings_->notes.push_back(std::move(what));
    } else {
        findings_->problems.push_back(std::move(what.text));
    }
}

Fitting TargetReader::fitting_of(const ShockEvent& event) {
    check_chokepoints(event);
    return {origins_of(event), organisations_of(event), items_of(event)};
}

std::optional<std::vector<StateIndex>> TargetReader::states_named(const std::string& name) const {
    if (const auto state = map_->states.find(name)) {
        return std::vector{*state};
    }
    if (const auto bloc = map_->blocs.find(name)) {
        return map_->blocs[*bloc].members;
    }
    return std::nullopt;
}

std::vector<bool> TargetReader::origins_of(const ShockEvent& event) {
    std::vector<bool> table;
    if (!event.target.origins.empty()) {
        table.assign(map_->states.size(), false);
    }
    for (const std::string& name : event.target.origins) {
        const auto states = states_named(name);
        if (!states) {
            miss(event, say("event-no-state", missed(event, name, map_->states)));
            continue;
        }
        for (const StateIndex state : *states) {
            table[state.value()] = true;
        }
    }
    return table;
}

std::vector<bool> TargetReader::organisations_of(const ShockEvent& event) {
    std::vector<bool> table;
    if (!event.target.organisations.empty()) {
        table.assign(map_->organisations.size(), false);
    }
    for (const std::string& name : event.target.organisations) {
        if (const auto found = map_->organisations.find(name)) {
            table[found->value()] = true;
        } else {
            miss(event, say("event-no-organisation", missed(event, name, map_->organisations)));
        }
    }
    return table;
}

bool TargetReader::add_coded(const model::CodePrefix& code, std::vector<bool>& table) const {
    bool is_met = false;
    for (const model::ItemCode& row : map_->codes) {
        if (row.scheme == code.scheme && row.code.starts_with(code.prefix)) {
            table[row.item.value()] = true;
            is_met = true;
        }
    }
    return is_met;
}

std::vector<bool> TargetReader::items_of(const ShockEvent& event) {
    const model::ItemList& list = event.target.items;
    if (list.is_empty()) {
        return {};
    }
    std::vector<bool> table(map_->items.size(), false);
    for (const std::string& name : list.ids) {
        if (const auto found = map_->items.find(name)) {
            table[found->value()] = true;
        } else {
            miss(event, say("event-no-item", missed(event, name, map_->items)));
        }
    }
    std::set<std::string> unmet;
    for (const model::CodePrefix& code : list.codes) {
        if (!add_coded(code, table)) {
            unmet.insert(code.scheme + " " + code.prefix);
        }
    }
    if (!unmet.empty()) {
        findings_->notes.push_back(
            say("event-no-code", {{"event", event.id}, {"codes", listed_names(unmet)}})
        );
    }
    if (std::ranges::find(table, true) == table.end()) {
        std::vector<Said> values{{"event", event.id}};
        if (!list.name.empty()) {
            values.emplace_back("list", list.name);
        }
        miss(event, say("event-no-listed-item", values));
    }
    return table;
}

bool TargetReader::is_on_a_route(const std::string& chokepoint) const {
    return std::ranges::any_of(routes_->routes(), [&](const model::SeaRoute& route) {
        return std::ranges::find(route.passages, chokepoint, &model::SeaPassage::chokepoint)
               != route.passages.end();
    });
}

void TargetReader::check_chokepoints(const ShockEvent& event) {
    for (const std::string& name : event.target.chokepoints) {
        if (!routes_->knows_chokepoint(name)) {
            miss(event, say("event-no-chokepoint", missed(event, name, routes_->chokepoints())));
        } else if (!is_on_a_route(name)) {
            miss(event, say("event-no-route", {{"event", event.id}, {"name", name}}));
        }
    }
}

/// Names that the map does not have are noted, since controls name more states than a map has.
std::vector<bool> TargetReader::listed_states(
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
        findings_->notes.push_back(
            say("event-passed-over",
                {{"event", event.id}, {"what", what}, {"names", listed_names(unknown)}})
        );
    }
    return table;
}

Way TargetReader::way_of(const ShockEvent& event) {
    Way way;
    way.crosses_border = event.control.has_value() || event.kind == model::ShockKind::tariff;
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

}  // namespace adic::shock
