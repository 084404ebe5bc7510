#include "adic/supply/failure.hpp"

#include "adic/model/threshold.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <utility>

namespace adic::supply {
namespace {

using model::FaultEvent;
using model::FaultGate;
using model::FaultNode;
using model::GateKind;
using model::GroupIndex;
using model::ItemIndex;
using model::OrganisationIndex;
using model::StateIndex;
using model::Supply;
using model::SupplyMap;

std::string name_of(const SupplyMap& map, const FailureSubject& subject) {
    struct Name {
        const SupplyMap* map;

        std::string operator()(StateIndex state) const { return "state:" + map->states[state].id; }

        std::string operator()(OrganisationIndex firm) const {
            return "organisation:" + map->organisations[firm].id;
        }

        std::string operator()(ItemIndex item) const { return "item:" + map->items[item].id; }

        std::string operator()(UnnamedSupplier supplier) const {
            return "supply:" + map->items[supplier.item].id + "@" + map->states[supplier.origin].id;
        }
    };

    return std::visit(Name{&map}, subject);
}

/// Whether a recorded subject (of a hazard) is the one that fails.
bool is_same(const model::Subject& recorded, const FailureSubject& failing) {
    if (const auto* state = std::get_if<StateIndex>(&failing)) {
        return recorded == model::Subject{*state};
    }
    if (const auto* firm = std::get_if<OrganisationIndex>(&failing)) {
        return recorded == model::Subject{*firm};
    }
    const auto* item = std::get_if<ItemIndex>(&failing);
    return item != nullptr && recorded == model::Subject{*item};
}

std::optional<Estimate> hazard_of(const SupplyMap& map, const FailureSubject& subject) {
    const model::Hazard* newest = newest_hazard(map, subject);
    return newest == nullptr ? std::nullopt : std::optional{newest->probability};
}

/// A supplier in the supply of one item, with the part of it that is lost when it fails.
struct WeightedSupplier {
    FaultNode node;
    double weight;
};

/// Builds the tree breadth first: an item's gate gets its place when the item is first met, and its
/// children when its turn comes. No recursion, so a chain may be as long as the map.
class Builder {
  public:
    Builder(const MapIndex& index, const Viewpoint& viewpoint, const FailureOptions& options)
        : index_(index)
        , viewpoint_(viewpoint)
        , options_(options) {}

    FailureModel build(ItemIndex top) {
        model_.tree.name = map().items[top].id;
        model_.tree.top = item_node(top).index;
        for (std::size_t next = 0; next < queue_.size(); ++next) {
            fill_item(queue_[next], top);
        }
        model_.items = static_cast<std::uint32_t>(queue_.size());
        return std::move(model_);
    }

  private:
    const SupplyMap& map() const { return index_.map(); }

    FaultNode add_gate(FaultGate gate, GateMeaning meaning) {
        const auto place = static_cast<std::uint32_t>(model_.tree.gates.size());
        model_.tree.gates.push_back(std::move(gate));
        model_.gate_meanings.push_back(meaning);
        return {FaultNode::Kind::gate, place};
    }

    FaultNode item_node(ItemIndex item) {
        const auto [place, is_new] = gate_of_item_.try_emplace(item, 0U);
        if (is_new) {
            queue_.push_back(item);
            place->second =
                add_gate({"item:" + map().items[item].id, GateKind::any_of}, ItemGate{item}).index;
        }
        return {FaultNode::Kind::gate, place->second};
    }

    FaultNode event_node(const FailureSubject& subject) {
        const auto next = static_cast<std::uint32_t>(model_.tree.events.size());
        const auto [place, is_new] = event_of_subject_.try_emplace(subject, next);
        if (is_new) {
            model_.tree.events.push_back({name_of(map(), subject), hazard_of(map(), subject)});
            model_.event_subjects.push_back(subject);
        }
        return {FaultNode::Kind::event, place->second};
    }

    void fill_item(ItemIndex item, ItemIndex top) {
        std::vector<FaultNode> children;
        if (options_.events.items && item != top) {
            children.push_back(event_node(item));
        }
        if (const auto supply = supply_node(item)) {
            children.push_back(*supply);
        }
        for (const std::uint32_t row : index_.groups_of(item)) {
            const model::NeedGroup& group = map().groups[row];
            const bool counts =
                group.role == model::Role::consumed || options_.equipment == Equipment::counts;
            if (group.essential == model::Essential::yes && counts) {
                children.push_back(group_node(GroupIndex{row}));
            }
        }
        model_.tree.gates[gate_of_item_.at(item)].children = std::move(children);
    }

    FaultNode group_node(GroupIndex group) {
        const std::span<const std::uint32_t> needs = index_.needs_of(group);
        const auto alternatives = static_cast<std::uint32_t>(needs.size());
        const std::uint32_t to_fail = alternatives - map()[group].take + 1;
        FaultGate gate{
            "needs:" + map().items[map()[group].item].id + "/" + map()[group].name,
            GateKind::at_least,
            to_fail};
        if (to_fail == 1 || to_fail == alternatives) {
            gate.kind = to_fail == 1 ? GateKind::any_of : GateKind::all_of;
            gate.count = 0;
        }
        for (const std::uint32_t need : needs) {
            gate.children.push_back(item_node(map().needs[need].input));
        }
        return add_gate(std::move(gate), GroupGate{group});
    }

    /// The node whose failure takes this row of supply away; empty if nothing foreign can.
    std::optional<FaultNode> supplier_node(const Supply& row) {
        if (!row.origin || viewpoint_.is_inside(*row.origin)) {
            return std::nullopt;
        }
        std::vector<FaultNode> causes;
        if (options_.events.states) {
            causes.push_back(event_node(*row.origin));
        }
        if (options_.events.suppliers) {
            causes.push_back(
                row.organisation ? event_node(*row.organisation)
                                 : event_node(UnnamedSupplier{row.item, *row.origin})
            );
        }
        if (causes.size() < 2) {
            return causes.empty() ? std::nullopt : std::optional{causes.front()};
        }
        const std::string who =
            row.organisation ? map().organisations[*row.organisation].id : std::string("unnamed");
        FaultGate gate{
            "supplier:" + map().items[row.item].id + "@" + map().states[*row.origin].id + "/" + who,
            GateKind::any_of};
        gate.children = std::move(causes);
        return add_gate(std::move(gate), SupplierGate{row.item});
    }

    std::optional<FaultNode> supply_node(ItemIndex item) {
        double total_low = 0.0;
        std::vector<WeightedSupplier> suppliers;
        bool any_share = false;
        for (const std::uint32_t row : index_.supplies_seen(item, viewpoint_)) {
            const Supply& fact = map().supplies[row];
            const Estimate share = fact.share.value_or(Estimate::exactly(0.0));
            any_share = any_share || fact.share.has_value();
            total_low += fact.origin ? share.low() : 0.0;
            if (const auto node = supplier_node(fact)) {
                add_supplier(suppliers, *node, weight_of(share));
            }
        }
        model_.items_with_shares += any_share ? 1U : 0U;
        return supply_gate(item, suppliers, total_low);
    }

    double weight_of(Estimate share) const {
        return options_.completion == Completion::likely ? share.likely() : share.low();
    }

    static void
    add_supplier(std::vector<WeightedSupplier>& suppliers, FaultNode node, double weight) {
        const auto same = [&](const WeightedSupplier& s) { return s.node == node; };
        const auto found = std::ranges::find_if(suppliers, same);
        if (found == suppliers.end()) {
            suppliers.push_back({node, weight});
        } else {
            found->weight += weight;
        }
    }

    /// Certain and likely: what fails adds up to more than may be lost. Possible: what survives for
    /// sure, the low shares, is less than enough; the rest may all be with those that fail.
    std::optional<FaultNode>
    supply_gate(ItemIndex item, const std::vector<WeightedSupplier>& suppliers, double total_low) {
        const double enough = map().items[item].enough.value_or(options_.enough);
        const double held = options_.completion == Completion::possible ? total_low : 1.0;
        const double limit = held - enough;
        const bool is_short_already = model::exceeds(0.0, limit, 1.0);
        double total = 0.0;
        for (const WeightedSupplier& supplier : suppliers) {
            total += supplier.weight;
        }
        if (suppliers.empty() || !(is_short_already || model::exceeds(total, limit, 1.0))) {
            return std::nullopt;
        }
        FaultGate gate{"supply:" + map().items[item].id, GateKind::any_of};
        for (const WeightedSupplier& supplier : suppliers) {
            gate.children.push_back(supplier.node);
        }
        if (!is_short_already) {
            gate.kind = GateKind::weighted;
            gate.limit = std::max(0.0, limit);
            for (const WeightedSupplier& supplier : suppliers) {
                gate.weights.push_back(supplier.weight);
            }
        }
        return add_gate(std::move(gate), SupplyGate{item});
    }

    const MapIndex& index_;
    const Viewpoint& viewpoint_;
    const FailureOptions& options_;
    FailureModel model_;
    std::vector<ItemIndex> queue_;
    std::map<ItemIndex, std::uint32_t> gate_of_item_;
    std::map<FailureSubject, std::uint32_t> event_of_subject_;
};

}  // namespace

const model::Hazard* newest_hazard(const SupplyMap& map, const FailureSubject& subject) {
    const model::Hazard* newest = nullptr;
    const auto last_day = [&](const model::Hazard& h) { return map[h.provenance].period.last; };
    for (const model::Hazard& hazard : map.hazards) {
        if (is_same(hazard.subject, subject)
            && (newest == nullptr || last_day(hazard) >= last_day(*newest))) {
            newest = &hazard;
        }
    }
    return newest;
}

FailureModel failure_model(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    ItemIndex top,
    const FailureOptions& options
) {
    assert(options.enough > 0.0 && options.enough <= 1.0);
    assert(options.events.states || options.events.suppliers || options.events.items);
    return Builder{index, viewpoint, options}.build(top);
}

}  // namespace adic::supply
