#include "adic/shock/scenario/resolve.hpp"

#include "adic/base/say.hpp"
#include "adic/base/text.hpp"
#include "adic/model/scenario_check.hpp"

#include "controlled_content.hpp"
#include "targets.hpp"
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
        , viewpoint_(&viewpoint)
        , way_(index.map(), routes, viewpoint, options.destinations)
        , targets_(index.map(), routes, findings_) {}

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
        if (!findings_.problems.empty()) {
            return refusal();
        }
        out_.id = scenario_->id;
        out_.horizon_days = scenario_->horizon_days;
        list_events();
        add_groups();
        for (std::uint32_t e = 0; e < scenario_->events.size(); ++e) {
            add_event(e);
        }
        if (!findings_.problems.empty()) {
            return refusal();
        }
        sort_effects();
        out_.notes = std::move(findings_.notes);
        return std::move(out_);
    }

  private:
    void refuse(std::string reason) { findings_.problems.push_back(std::move(reason)); }

    Error refusal() const {
        std::string message = "the scenario '" + scenario_->id + "' cannot be: ";
        for (std::size_t i = 0; i < findings_.problems.size(); ++i) {
            message += (i == 0 ? "" : "; ") + findings_.problems[i];
        }
        return Error{ErrorCode::invalid_argument, std::move(message), {}};
    }

    void note(Sentence sentence) { findings_.notes.push_back(std::move(sentence)); }

    // --- what is hit ----------------------------------------------------------------------------

    void add_event(std::uint32_t e) {
        const ShockEvent& event = scenario_->events[e];
        const Fitting fitting = targets_.fitting_of(event);
        std::size_t fits = 0;
        if (event.kind == ShockKind::stock_loss) {
            fits = add_stocks(e, fitting);
        } else {
            fits = add_supplies(e, fitting) + add_items(e, fitting);
        }
        if (fits == 0 && findings_.problems.empty()) {
            targets_.miss(
                event,
                event.kind == ShockKind::stock_loss ? say("event-no-stock", {{"event", event.id}})
                                                    : say("event-no-supply", {{"event", event.id}})
            );
        } else if (out_.events[e].touched == 0) {
            note(
                say("event-touches-nothing",
                    {{"event", event.id}, {"rows", fits}, {"viewpoint", viewpoint_->label}})
            );
        }
    }

    enum class Match { none, no_origin, direct };

    /// Neither a signal nor a program goes through a strait.
    bool is_shipped(ItemIndex item) const {
        const model::ItemKind kind = map_->items[item].kind;
        return kind != model::ItemKind::service && kind != model::ItemKind::software;
    }

    Match match(const model::Supply& supply, const Fitting& fitting, const Way& way) const {
        const auto origin = origin_of(supply);
        if (!Fitting::fits(fitting.items, supply.item.value())
            || !Fitting::fits(fitting.organisations, supply.organisation)
            || (!way.chokepoints.empty() && !is_shipped(supply.item))) {
            return Match::none;
        }
        if (!origin && (!fitting.origins.empty() || !way.is_everywhere())) {
            return Match::no_origin;
        }
        return Fitting::fits(fitting.origins, origin) ? Match::direct : Match::none;
    }

    /// Whether a supply that is no target itself falls under a rule for re-exports.
    bool has_content(
        const model::Supply& supply,
        const Fitting& fitting,
        const ShockEvent& event,
        const std::vector<double>& content
    ) const {
        const auto origin = origin_of(supply);
        if (content.empty() || !origin || Fitting::fits(fitting.origins, origin)) {
            return false;
        }
        const double part = content[supply.item.value()];
        return part > 0 && part >= *event.control->de_minimis;
    }

    std::size_t add_supplies(std::uint32_t e, const Fitting& fitting) {
        const ShockEvent& event = scenario_->events[e];
        const Way way = targets_.way_of(event);
        const std::vector<double> content = contents(event, fitting);
        std::size_t fits = 0;
        std::size_t nameless = 0;
        for (std::uint32_t s = 0; s < map_->supplies.size(); ++s) {
            const model::Supply& supply = map_->supplies[s];
            const Match found = match(supply, fitting, way);
            if (found == Match::direct) {
                ++fits;
                add_supply(e, s, way, 0);
            } else if (has_content(supply, fitting, event, content)) {
                ++fits;
                add_supply(e, s, way, content[supply.item.value()]);
            }
            nameless += found == Match::no_origin ? 1U : 0U;
        }
        if (nameless > 0) {
            note(say("event-no-origin", {{"event", event.id}, {"supplies", nameless}}));
        }
        note_unknown_ways(event);
        return fits;
    }

    void note_unknown_ways(const ShockEvent& event) {
        const std::set<std::string> unknown = way_.take_unknown();
        if (!unknown.empty()) {
            note(say("event-no-way", {{"event", event.id}, {"places", listed_names(unknown)}}));
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
            text +=
                " passes "
                + listed_names({event.target.chokepoints.begin(), event.target.chokepoints.end()})
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
            const Estimate part = part_of_holder(stock, fitting.origins);
            if (!Fitting::fits(fitting.organisations, stock.organisation)
                || !Fitting::fits(fitting.items, stock.item.value()) || part.high() <= 0) {
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

    void list_events() {
        for (const ShockEvent& event : scenario_->events) {
            const Estimate probability = event.probability
                                             ? over_horizon(*event.probability, event.per)
                                             : Estimate::exactly(1);
            out_.events.push_back({event, probability, std::nullopt, 0});
        }
    }

    void add_groups() {
        std::map<std::string_view, std::uint32_t> positions;
        for (std::uint32_t e = 0; e < scenario_->events.size(); ++e) {
            positions.emplace(scenario_->events[e].id, e);
        }
        for (const model::CommonCause& cause : scenario_->causes) {
            EventGroup group{cause.id, std::nullopt, std::nullopt, {}};
            if (cause.probability) {
                group.cause = over_horizon(*cause.probability, cause.per);
            } else {
                group.correlation = cause.correlation->value;
            }
            for (const model::CauseMember& member : cause.members) {
                add_member(group, member, positions.find(member.event)->second);
            }
            out_.groups.push_back(std::move(group));
        }
    }

    void add_member(EventGroup& group, const model::CauseMember& member, std::uint32_t e) {
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

    void sort_effects() {
        std::ranges::stable_sort(out_.supply_effects, {}, &SupplyEffect::supply);
        std::ranges::stable_sort(out_.item_effects, {}, &ItemEffect::item);
        std::ranges::stable_sort(out_.stock_effects, {}, &StockEffect::stock);
    }

    const model::Scenario* scenario_;
    const supply::MapIndex* index_;
    const model::SupplyMap* map_;
    const supply::Viewpoint* viewpoint_;
    ResolveFindings findings_;
    WayToBuyer way_;
    TargetReader targets_;
    std::optional<supply::ValueNetwork> network_;
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
