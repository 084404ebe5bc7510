#include "adic/shock/dynamics/item_network.hpp"

#include "adic/base/say.hpp"
#include "adic/supply/graph/csr_graph.hpp"
#include "adic/supply/graph/strong_components.hpp"

#include "dynamics/item_structure.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

namespace adic::shock {

template <typename Row>
void ByNode<Row>::fill(std::size_t nodes, std::vector<std::pair<std::uint32_t, Row>> pairs) {
    std::ranges::sort(pairs);
    const auto repeated = std::unique(pairs.begin(), pairs.end());
    pairs.erase(repeated, pairs.end());
    start.assign(1, 0);
    rows.clear();
    auto next = pairs.begin();
    for (std::uint32_t node = 0; node < nodes; ++node) {
        for (; next != pairs.end() && next->first == node; ++next) {
            rows.push_back(next->second);
        }
        end_node();
    }
}

namespace {

using model::GroupIndex;
using model::ItemIndex;
using model::NeedGroup;
using model::SupplyMap;
using supply::MapIndex;
using supply::Viewpoint;

Error refused(std::string message) {
    return {ErrorCode::invalid_argument, std::move(message), {}};
}

/// Empty if the pace can be used.
std::string fault_of(const ItemPace& pace) {
    constexpr std::uint32_t longest_lead = 104;
    const auto at_least = [](double value, double least) {
        return value >= least && std::isfinite(value);
    };
    if (!at_least(pace.cover_days, 0) || !at_least(pace.spare_weeks, 0)) {
        return "a stock must be at least 0";
    }
    if (!at_least(pace.reorder_weeks, 1)) {
        return "stocks are made good over at least one week";
    }
    if (!at_least(pace.surge, 0) || !at_least(pace.ramp_weeks, 0)) {
        return "what makers can give above the usual, and when, must be at least 0";
    }
    if (!at_least(pace.equipment_weeks, 1)) {
        return "equipment lasts at least one week";
    }
    return pace.lead_weeks <= longest_lead ? "" : "a lead time must be at most 104 weeks";
}

/// Empty if the change fits the map.
std::string fault_of(const ItemChange& change, std::size_t items) {
    const bool takes_other =
        change.kind == ItemChange::Kind::substitute || change.kind == ItemChange::Kind::without;
    const bool is_other_there = change.other && change.other->value() < items;
    if (change.item.value() >= items || (takes_other && !is_other_there)) {
        return "a change must be of items of the map";
    }
    if (!(change.amount > 0) || !std::isfinite(change.amount) || !(change.week.low() >= 0)) {
        return "a change must be above 0, from a week of the course on";
    }
    return takes_other && change.other == change.item ? "an item cannot stand in for itself" : "";
}

/// Empty if the options fit the map.
std::string fault_of(const ItemDynamicsOptions& options, std::size_t items) {
    const auto is_part = [](double x) { return x > 0 && x <= 1; };
    if (!is_part(options.enough) || !is_part(options.whole)) {
        return "the levels that count as enough and as whole must be above 0 and at most 1";
    }
    const auto fits = [&](std::size_t given) { return given == 0 || given == items; };
    if (!fits(options.paces.size()) || !fits(options.added_store_weeks.size())) {
        return "figures by item must be given for every item of the map, or for none";
    }
    for (const double weeks : options.added_store_weeks) {
        if (!(weeks >= 0) || !std::isfinite(weeks)) {
            return "a stock must be at least 0";
        }
    }
    for (const ItemChange& change : options.changes) {
        if (std::string fault = fault_of(change, items); !fault.empty()) {
            return fault;
        }
    }
    for (const ItemPace& pace : options.paces) {
        if (std::string fault = fault_of(pace); !fault.empty()) {
            return fault;
        }
    }
    return fault_of(options.usual);
}

/// Whether the dynamics look at the group at all: what an item is worse without is followed, the
/// equipment that it is worse without is not.
bool is_followed(const NeedGroup& group, const ItemDynamicsOptions& options) {
    return group.role == model::Role::consumed
           || (group.essential == model::Essential::yes
               && options.equipment == supply::Equipment::counts);
}

class Builder {
  public:
    Builder(const MapIndex& index, const Viewpoint& viewpoint, const ItemDynamicsOptions& options)
        : viewpoint_(viewpoint) {
        made_.index = &index;
        made_.options = options;
    }

    ItemStructure build(std::span<const ItemIndex> targets) {
        order_items(targets);
        for (std::uint32_t node = 0; node < made_.size(); ++node) {
            add_rates(node);
            add_needs(node);
            add_supplies(node);
        }
        add_users();
        add_above();
        add_stores();
        return std::move(made_);
    }

  private:
    const SupplyMap& map() const { return made_.index->map(); }

    const ItemPace& pace_of(ItemIndex item) const {
        const ItemDynamicsOptions& options = made_.options;
        return options.paces.empty() ? options.usual : options.paces[item.value()];
    }

    /// Calls `visit(group, need)` for every alternative of every group that is followed.
    template <typename Visit>
    void for_each_need(ItemIndex item, const Visit& visit) const {
        for (const std::uint32_t group : made_.index->groups_of(item)) {
            if (is_followed(map().groups[group], made_.options)) {
                for (const std::uint32_t need : made_.index->needs_of(GroupIndex{group})) {
                    visit(group, need);
                }
            }
        }
    }

    /// Everything below the targets, inputs first; circles stand together.
    void order_items(std::span<const ItemIndex> targets) {
        std::vector<std::uint32_t> place(map().items.size(), none);
        std::vector<ItemIndex> found;
        const auto find = [&](ItemIndex item) {
            if (place[item.value()] == none) {
                place[item.value()] = static_cast<std::uint32_t>(found.size());
                found.push_back(item);
            }
        };
        std::ranges::for_each(targets, find);
        std::vector<supply::graph::Arc> arcs;
        for (std::uint32_t next = 0; next < found.size(); ++next) {
            for_each_need(found[next], [&](std::uint32_t, std::uint32_t need) {
                const ItemIndex input = map().needs[need].input;
                find(input);
                arcs.push_back({next, place[input.value()]});
                for (const ItemChange& change : made_.options.changes) {
                    if (change.kind == ItemChange::Kind::substitute && change.item == input) {
                        find(*change.other);
                        arcs.push_back({next, place[change.other->value()]});
                    }
                }
            });
        }
        const auto components =
            supply::graph::strong_components(supply::graph::CsrGraph{found.size(), arcs});
        made_.node_of.assign(map().items.size(), none);
        for (const std::uint32_t node : components.order) {
            component_.push_back(components.component_of[node]);
            made_.node_of[found[node].value()] = made_.size();
            made_.items.push_back(found[node]);
        }
        made_.is_target.assign(found.size(), false);
        made_.is_relieved.assign(found.size(), false);
        for (const ItemIndex target : targets) {
            made_.targets.push_back(made_.node_of[target.value()]);
            made_.is_target[made_.targets.back()] = true;
        }
    }

    void add_rates(std::uint32_t node) {
        const ItemIndex item = made_.items[node];
        const ItemPace& pace = pace_of(item);
        const ItemDynamicsOptions& options = made_.options;
        constexpr double at_once = 1e9;
        made_.rates.push_back(
            {.reorder = 1 / pace.reorder_weeks,
             .surge = pace.surge,
             .ramp = pace.ramp_weeks > 0 ? 1 / pace.ramp_weeks : at_once,
             .wear = 1 / pace.equipment_weeks,
             .spare = pace.spare_weeks,
             .cover = pace.cover_days / days_of_week,
             .store =
                 options.added_store_weeks.empty() ? 0.0 : options.added_store_weeks[item.value()],
             .enough = map().items[item].enough.value_or(options.enough)}
        );
    }

    /// What goes round in a circle takes a week at least: nothing is made of itself in no time.
    std::uint32_t lead(std::uint32_t node, std::uint32_t source) {
        const std::uint32_t weeks = std::max(
            pace_of(made_.items[source]).lead_weeks,
            component_[node] == component_[source] ? 1U : 0U
        );
        made_.longest_lead = std::max(made_.longest_lead, weeks);
        return weeks;
    }

    ByNode<ItemLine>& lines_for(const NeedGroup& group) {
        if (group.essential == model::Essential::no) {
            return made_.extra;
        }
        return group.role == model::Role::equipment ? made_.equipment : made_.essential;
    }

    void add_needs(std::uint32_t node) {
        for (const std::uint32_t row : made_.index->groups_of(made_.items[node])) {
            const NeedGroup& group = map().groups[row];
            if (!is_followed(group, made_.options)) {
                continue;
            }
            const std::span<const std::uint32_t> needs = made_.index->needs_of(GroupIndex{row});
            if (group.take >= needs.size()) {
                for (const std::uint32_t need : needs) {
                    const std::uint32_t source = node_of(need);
                    lines_for(group).rows.push_back(
                        {source,
                         none,
                         lead(node, source),
                         row,
                         value_of(need),
                         relief(node, group, std::span{&need, 1})}
                    );
                }
            } else {
                add_choice(node, row, needs);
            }
        }
        made_.essential.end_node();
        made_.equipment.end_node();
        made_.extra.end_node();
    }

    void add_choice(std::uint32_t node, std::uint32_t row, std::span<const std::uint32_t> needs) {
        const NeedGroup& group = map().groups[row];
        const auto place = static_cast<std::uint32_t>(made_.choices.size());
        const auto first = static_cast<std::uint32_t>(made_.alternatives.size());
        double reorder = 1;
        double value = 0;
        for (const std::uint32_t need : needs) {
            const std::uint32_t source = node_of(need);
            made_.alternatives.push_back({source, lead(node, source)});
            reorder = std::min(reorder, 1 / pace_of(made_.items[source]).reorder_weeks);
            value += value_of(need) / static_cast<double>(needs.size());
        }
        const auto last = static_cast<std::uint32_t>(made_.alternatives.size());
        made_.choices.push_back({first, last, group.take, node, row, group.role, reorder});
        lines_for(group).rows.push_back(
            {none, place, 0, row, value * group.take, relief(node, group, needs)}
        );
    }

    /// Whether the change makes less of the node's output depend on the group.
    bool is_lightened(
        const ItemChange& change,
        ItemIndex user,
        const NeedGroup& group,
        std::span<const std::uint32_t> needs
    ) const {
        if (change.item != user) {
            return false;
        }
        return (change.kind == ItemChange::Kind::recycling && group.role == model::Role::consumed)
               || (change.kind == ItemChange::Kind::without
                   && std::ranges::any_of(needs, [&](std::uint32_t need) {
                          return map().needs[need].input == change.other;
                      }));
    }

    /// What changes do about the line of these needs; none if nothing.
    std::uint32_t
    relief(std::uint32_t node, const NeedGroup& group, std::span<const std::uint32_t> needs) {
        ItemRelief made{{}, {}, 1, group.role == model::Role::equipment};
        const std::vector<ItemChange>& changes = made_.options.changes;
        for (std::uint32_t c = 0; c < changes.size(); ++c) {
            if (is_lightened(changes[c], made_.items[node], group, needs)) {
                made.lightened_by.push_back(c);
            }
            for (const std::uint32_t need : needs) {
                const ItemIndex input = map().needs[need].input;
                if (changes[c].kind == ItemChange::Kind::substitute && changes[c].item == input) {
                    const std::uint32_t by = made_.node_of[changes[c].other->value()];
                    made.substitutes.push_back({c, by, lead(node, by)});
                    made.reorder = std::min(made.reorder, 1 / pace_of(input).reorder_weeks);
                }
            }
        }
        const bool has_any = !made.lightened_by.empty() || !made.substitutes.empty();
        if (!has_any || group.essential == model::Essential::no) {
            return none;
        }
        made_.is_relieved[node] = true;
        made_.reliefs.push_back(std::move(made));
        return static_cast<std::uint32_t>(made_.reliefs.size() - 1);
    }

    std::uint32_t node_of(std::uint32_t need) const {
        return made_.node_of[map().needs[need].input.value()];
    }

    double value_of(std::uint32_t need) const {
        const auto& share = map().needs[need].value_share;
        return share ? share->likely() : 0.0;
    }

    void add_supplies(std::uint32_t node) {
        for (const std::uint32_t row : made_.index->supplies_seen(made_.items[node], viewpoint_)) {
            const model::Supply& supply = map().supplies[row];
            made_.supplies.rows.push_back({row, supply.share, supply.origin.has_value()});
        }
        made_.supplies.end_node();
    }

    void add_users() {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> users;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> choosers;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> choices_of;
        made_.equips.assign(made_.size(), false);
        for (std::uint32_t node = 0; node < made_.size(); ++node) {
            for (const ItemLine& line : made_.essential.of(node)) {
                if (line.choice == none) {
                    users.emplace_back(line.source, node);
                }
            }
            for (const ItemLine& line : made_.equipment.of(node)) {
                if (line.choice == none) {
                    made_.equips[line.source] = true;
                }
            }
        }
        for (std::uint32_t c = 0; c < made_.choices.size(); ++c) {
            const ItemChoice& choice = made_.choices[c];
            choices_of.emplace_back(choice.user, c);
            const bool is_essential = map().groups[choice.group].essential == model::Essential::yes;
            for (std::uint32_t a = choice.first; is_essential && a < choice.last; ++a) {
                choosers.emplace_back(made_.alternatives[a].node, c);
            }
        }
        made_.users.fill(made_.size(), std::move(users));
        made_.choosers.fill(made_.size(), std::move(choosers));
        made_.choices_of.fill(made_.size(), std::move(choices_of));
    }

    void add_above() {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> above;
        for (std::uint32_t node = 0; node < made_.size(); ++node) {
            for (const auto* lines : {&made_.essential, &made_.equipment, &made_.extra}) {
                for (const ItemLine& line : lines->of(node)) {
                    if (line.choice == none) {
                        above.emplace_back(line.source, node);
                    }
                }
            }
        }
        for (const ItemChoice& choice : made_.choices) {
            for (std::uint32_t a = choice.first; a < choice.last; ++a) {
                above.emplace_back(made_.alternatives[a].node, choice.user);
            }
        }
        made_.above.fill(made_.size(), std::move(above));
    }

    /// A bloc's stock is for a viewpoint that has all the bloc inside: others may not count on it.
    bool is_held_inside(const model::Stock& stock) const {
        if (const auto* state = std::get_if<model::StateIndex>(&stock.holder)) {
            return viewpoint_.is_inside(*state);
        }
        const model::Bloc& bloc = map().blocs[std::get<model::BlocIndex>(stock.holder)];
        return !bloc.members.empty()
               && std::ranges::all_of(bloc.members, [&](model::StateIndex state) {
                      return viewpoint_.is_inside(state);
                  });
    }

    void add_stores() {
        for (std::uint32_t row = 0; row < map().stocks.size(); ++row) {
            const model::Stock& stock = map().stocks[row];
            const std::uint32_t node = made_.node_of[stock.item.value()];
            if (node == none || !is_held_inside(stock)) {
                continue;
            }
            if (stock.unit != "days") {
                made_.notes.push_back(
                    say("stock-not-in-days",
                        {{"item", map().items[stock.item].id}, {"unit", stock.unit}})
                );
                continue;
            }
            const auto weeks = Estimate::create(
                std::max(0.0, stock.quantity.low() / days_of_week),
                std::max(0.0, stock.quantity.likely() / days_of_week),
                std::max(0.0, stock.quantity.high() / days_of_week)
            );
            made_.stores.push_back({row, node, *weeks});
        }
    }

    const Viewpoint& viewpoint_;
    ItemStructure made_;
    std::vector<std::uint32_t> component_;  ///< by node
};

}  // namespace

Result<ItemNetwork> ItemNetwork::create(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    std::span<const ItemIndex> targets,
    const ItemDynamicsOptions& options
) {
    if (targets.empty()) {
        return refused("no item to ask about");
    }
    if (std::string fault = fault_of(options, index.map().items.size()); !fault.empty()) {
        return refused(std::move(fault));
    }
    return ItemNetwork{
        std::make_shared<const ItemStructure>(Builder{index, viewpoint, options}.build(targets))};
}

std::size_t ItemNetwork::size() const {
    return structure_->items.size();
}

const SupplyMap& ItemNetwork::map() const {
    return structure_->index->map();
}

ItemIndex ItemNetwork::item(std::uint32_t node) const {
    return structure_->items[node];
}

std::optional<std::uint32_t> ItemNetwork::find_node(ItemIndex item) const {
    const std::uint32_t node = structure_->node_of[item.value()];
    return node == none ? std::nullopt : std::optional{node};
}

std::span<const std::uint32_t> ItemNetwork::targets() const {
    return structure_->targets;
}

std::span<const SeenSupply> ItemNetwork::supplies_of(std::uint32_t node) const {
    return structure_->supplies.of(node);
}

std::span<const SeenStore> ItemNetwork::stores() const {
    return structure_->stores;
}

const ItemDynamicsOptions& ItemNetwork::options() const {
    return structure_->options;
}

std::span<const Sentence> ItemNetwork::notes() const {
    return structure_->notes;
}

}  // namespace adic::shock
