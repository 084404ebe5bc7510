#include "supply_tree.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace adic::bench {

namespace {

using model::FaultNode;
using model::GateKind;

class Builder {
  public:
    Builder(const SupplyTreeShape& shape, std::uint64_t seed)
        : shape_(shape)
        , random_(seed, 7001) {}

    model::FaultTree build() {
        tree_.name = "supply tree";
        add_suppliers();
        // An item is three gates or so: its suppliers, a substitute now and then, and itself.
        const auto left = shape_.gates - static_cast<std::uint32_t>(tree_.gates.size());
        const std::uint32_t in_layer = std::max(2U, left / (shape_.layers * 5 / 2));
        while (tree_.gates.size() + 5 < shape_.gates) {
            add_layer(in_layer);
        }
        auto inputs = layers_.back();
        if (shape_.top_inputs > 0 && shape_.top_inputs < inputs.size()) {
            inputs.resize(shape_.top_inputs);
        }
        tree_.top = add_gate("top", GateKind::any_of, std::move(inputs)).index;
        return std::move(tree_);
    }

  private:
    FaultNode add_event(const std::string& name, double least, double most) {
        const double p = least + (most - least) * random_.uniform();
        tree_.events.push_back({name, Estimate::exactly(p)});
        return {FaultNode::Kind::event, static_cast<std::uint32_t>(tree_.events.size() - 1)};
    }

    FaultNode add_gate(
        const std::string& name,
        GateKind kind,
        std::vector<FaultNode> children,
        std::uint32_t count = 0
    ) {
        tree_.gates.push_back({name, kind, count, 0.0, std::move(children), {}});
        return {FaultNode::Kind::gate, static_cast<std::uint32_t>(tree_.gates.size() - 1)};
    }

    FaultNode one_of(const std::vector<FaultNode>& nodes) {
        return nodes[random_.below(nodes.size())];
    }

    void add_suppliers() {
        std::vector<FaultNode> countries;
        std::vector<FaultNode> chokepoints;
        for (std::uint32_t i = 0; i < std::max(4U, shape_.leaves / 15); ++i) {
            countries.push_back(add_event("country_" + std::to_string(i), 0.01, 0.08));
        }
        for (std::uint32_t i = 0; i < std::max(2U, shape_.leaves / 30); ++i) {
            chokepoints.push_back(add_event("choke_" + std::to_string(i), 0.005, 0.03));
        }
        while (tree_.events.size() < shape_.leaves) {
            const std::string number = std::to_string(tree_.events.size());
            std::vector<FaultNode> children{add_event("supplier_" + number, 0.03, 0.15)};
            // A few countries have most of the suppliers.
            const double u = random_.uniform();
            children.push_back(
                countries[static_cast<std::size_t>(u * u * static_cast<double>(countries.size()))]
            );
            if (random_.uniform() < 0.6) {
                children.push_back(one_of(chokepoints));
            }
            suppliers_.push_back(add_gate("source_" + number, GateKind::any_of, std::move(children))
            );
        }
    }

    FaultNode add_sourcing() {
        const std::uint32_t range = shape_.most_suppliers - shape_.least_suppliers + 1;
        const auto count =
            shape_.least_suppliers + static_cast<std::uint32_t>(random_.below(range));
        std::vector<FaultNode> sources;
        for (std::uint32_t i = 0; i < count; ++i) {
            sources.push_back(one_of(suppliers_));
        }
        const std::string name = "sourcing_" + std::to_string(tree_.gates.size());
        if (count == 1) {
            return sources[0];
        }
        if (count >= 3 && random_.uniform() < 0.35) {
            const auto votes = 2 + static_cast<std::uint32_t>(random_.below(count - 1));
            return add_gate(name, GateKind::at_least, std::move(sources), votes);
        }
        return add_gate(name, GateKind::all_of, std::move(sources));
    }

    FaultNode add_item() {
        std::vector<FaultNode> inputs{add_sourcing()};
        if (layers_.size() > 1) {
            const auto& below = layers_[layers_.size() - 2];
            const std::uint64_t count = 1 + random_.below(3);
            for (std::uint64_t i = 0; i < count; ++i) {
                FaultNode input = one_of(below);
                if (random_.uniform() < shape_.substitute) {
                    const std::string name = "substitute_" + std::to_string(tree_.gates.size());
                    input = add_gate(name, GateKind::all_of, {input, one_of(below)});
                }
                inputs.push_back(input);
            }
        }
        const std::string name = "item_" + std::to_string(tree_.gates.size());
        return add_gate(name, GateKind::any_of, std::move(inputs));
    }

    void add_layer(std::uint32_t items) {
        layers_.emplace_back();
        for (std::uint32_t i = 0; i < items && tree_.gates.size() + 5 < shape_.gates; ++i) {
            const FaultNode item = add_item();
            layers_.back().push_back(item);
        }
    }

    SupplyTreeShape shape_;
    RandomStream random_;
    model::FaultTree tree_;
    std::vector<FaultNode> suppliers_;
    std::vector<std::vector<FaultNode>> layers_;
};

}  // namespace

model::FaultTree supply_tree(const SupplyTreeShape& shape, std::uint64_t seed) {
    return Builder(shape, seed).build();
}

}  // namespace adic::bench
