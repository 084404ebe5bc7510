#pragma once

#include "adic/base/random.hpp"
#include "adic/model/fault_tree.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

namespace adic::supply::test {

/// A set of events, one bit each.
using EventSet = std::uint32_t;

inline bool has(EventSet set, std::uint32_t event) {
    return ((set >> event) & 1U) != 0;
}

/// Which gates are failed when exactly `failed` events are: rounds from "none" until nothing
/// changes.
inline std::vector<bool> gates_failed(const model::FaultTree& tree, EventSet failed) {
    std::vector<bool> gate_failed(tree.gates.size(), false);
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < tree.gates.size(); ++i) {
            const model::FaultGate& gate = tree.gates[i];
            std::uint32_t count = 0;
            double weight = 0.0;
            for (std::size_t k = 0; k < gate.children.size(); ++k) {
                const model::FaultNode child = gate.children[k];
                const bool is_failed = child.kind == model::FaultNode::Kind::event
                                           ? has(failed, child.index)
                                           : gate_failed[child.index];
                count += is_failed ? 1U : 0U;
                weight += is_failed && gate.kind == model::GateKind::weighted ? gate.weights[k] : 0;
            }
            const bool value = gate.kind == model::GateKind::any_of ? count > 0
                               : gate.kind == model::GateKind::all_of
                                   ? count == gate.children.size()
                               : gate.kind == model::GateKind::at_least ? count >= gate.count
                                                                        : weight > gate.limit;
            if (value && !gate_failed[i]) {
                gate_failed[i] = true;
                changed = true;
            }
        }
    }
    return gate_failed;
}

/// The structure function as a table over all sets of events. Requires: at most 20 events.
inline std::vector<bool> table_of(const model::FaultTree& tree) {
    std::vector<bool> table(std::size_t{1} << tree.events.size());
    for (EventSet set = 0; set < table.size(); ++set) {
        table[set] = gates_failed(tree, set)[tree.top];
    }
    return table;
}

inline std::vector<EventSet> minimal_cuts(const std::vector<bool>& table) {
    std::vector<EventSet> cuts;
    for (EventSet set = 0; set < table.size(); ++set) {
        bool is_minimal = table[set];
        for (std::uint32_t event = 0; event < 32 && is_minimal; ++event) {
            is_minimal = !has(set, event) || !table[set ^ (1U << event)];
        }
        if (is_minimal) {
            cuts.push_back(set);
        }
    }
    return cuts;
}

/// Sum over all sets for which `holds`, of their probability.
template <typename Holds>
double probability_where(const std::vector<double>& events, const Holds& holds) {
    double sum = 0.0;
    for (EventSet set = 0; set < (EventSet{1} << events.size()); ++set) {
        if (!holds(set)) {
            continue;
        }
        double product = 1.0;
        for (std::uint32_t event = 0; event < events.size(); ++event) {
            product *= has(set, event) ? events[event] : 1.0 - events[event];
        }
        sum += product;
    }
    return sum;
}

struct RandomShape {
    std::uint32_t most_events = 9;
    std::uint32_t most_gates = 8;
    bool cycles = true;
};

/// A small structure of every kind of gate; children may be named twice, and may lead back.
inline model::FaultTree random_tree(std::uint64_t seed, const RandomShape& shape = {}) {
    using namespace model;
    RandomStream random(seed, 11);
    FaultTree tree;
    tree.name = "random " + std::to_string(seed);
    const auto events = static_cast<std::uint32_t>(1 + random.below(shape.most_events));
    const auto gates = static_cast<std::uint32_t>(1 + random.below(shape.most_gates));
    for (std::uint32_t i = 0; i < events; ++i) {
        const double low = 0.5 * random.uniform();
        const double likely = low + 0.3 * random.uniform();
        const double high = likely + 0.2 * random.uniform();
        tree.events.push_back({"e" + std::to_string(i), *Estimate::create(low, likely, high)});
    }
    for (std::uint32_t i = 0; i < gates; ++i) {
        FaultGate gate;
        gate.name = "g" + std::to_string(i);
        const auto children = random.below(20) == 0 ? 0 : 1 + random.below(5);
        for (std::uint64_t k = 0; k < children; ++k) {
            const bool is_gate = i + 1 < gates && random.below(2) == 0;
            const bool is_back = shape.cycles && is_gate && random.below(4) == 0;
            const auto index = is_back   ? random.below(gates)
                               : is_gate ? i + 1 + random.below(gates - i - 1)
                                         : random.below(events);
            gate.children.push_back(
                {is_gate ? FaultNode::Kind::gate : FaultNode::Kind::event,
                 static_cast<std::uint32_t>(index)}
            );
        }
        gate.kind = static_cast<GateKind>(random.below(children == 0 ? 2 : 4));
        if (gate.kind == GateKind::at_least) {
            gate.count = static_cast<std::uint32_t>(1 + random.below(children));
        }
        if (gate.kind == GateKind::weighted) {
            double total = 0.0;
            for (std::uint64_t k = 0; k < children; ++k) {
                gate.weights.push_back(static_cast<double>(random.below(6)));
                total += gate.weights.back();
            }
            gate.limit = static_cast<double>(random.below(static_cast<std::uint64_t>(total) + 1));
        }
        tree.gates.push_back(std::move(gate));
    }
    return tree;
}

}  // namespace adic::supply::test
