#include "propagation.hpp"

#include "adic/model/threshold.hpp"
#include "adic/supply/failure.hpp"

#include <numeric>

namespace adic::supply {
namespace {

using model::FaultGate;
using model::FaultNode;
using model::FaultTree;
using model::GateKind;

std::size_t place_of(const FaultTree& tree, FaultNode node) {
    return node.kind == FaultNode::Kind::event ? node.index : tree.events.size() + node.index;
}

}  // namespace

Propagation::Propagation(const FaultTree& tree)
    : tree_(tree)
    , start_(tree.events.size() + tree.gates.size() + 1)
    , hits_(tree.gates.size())
    , lost_(tree.gates.size())
    , limit_(tree.gates.size())
    , round_(tree.gates.size()) {
    for (const FaultGate& gate : tree.gates) {
        for (const FaultNode child : gate.children) {
            ++start_[place_of(tree, child) + 1];
        }
    }
    std::partial_sum(start_.begin(), start_.end(), start_.begin());
    uses_.resize(start_.back());
    std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
    for (std::uint32_t g = 0; g < tree.gates.size(); ++g) {
        const FaultGate& gate = tree.gates[g];
        const bool is_weighted = gate.kind == GateKind::weighted;
        const auto whole = model::whole_weights(gate.weights, gate.limit);
        limit_[g] = whole.limit;
        for (std::size_t c = 0; c < gate.children.size(); ++c) {
            const std::int64_t weight = is_weighted ? whole.weights[c] : 0;
            uses_[next[place_of(tree, gate.children[c])]++] = {g, weight};
        }
        if (gate.kind == GateKind::all_of && gate.children.empty()) {
            always_.push_back(g);
        }
    }
}

std::span<const Propagation::Use> Propagation::uses_of(FaultNode node) const {
    const std::size_t place = place_of(tree_, node);
    return std::span{uses_}.subspan(start_[place], start_[place + 1] - start_[place]);
}

bool Propagation::hit(const Use& use) {
    const FaultGate& gate = tree_.gates[use.gate];
    if (hits_[use.gate] == 0) {
        touched_.push_back(use.gate);
    }
    ++hits_[use.gate];
    lost_[use.gate] += use.weight;
    switch (gate.kind) {
    case GateKind::any_of: return true;
    case GateKind::all_of: return hits_[use.gate] == gate.children.size();
    case GateKind::at_least: return hits_[use.gate] >= gate.count;
    case GateKind::weighted: return lost_[use.gate] > limit_[use.gate];
    }
    return false;
}

void Propagation::fail(std::uint32_t gate, std::uint32_t round) {
    if (round_[gate] == 0) {
        round_[gate] = round;
        failed_.push_back(gate);
    }
}

void Propagation::hit_all(std::span<const Use> uses, std::uint32_t round) {
    for (const Use& use : uses) {
        if (hit(use)) {
            fail(use.gate, round);
        }
    }
}

void Propagation::forget() {
    for (const std::uint32_t gate : touched_) {
        hits_[gate] = 0;
        lost_[gate] = 0;
    }
    for (const std::uint32_t gate : failed_) {
        round_[gate] = 0;
    }
    touched_.clear();
    failed_.clear();
}

std::span<const std::uint32_t> Propagation::spread(std::span<const std::uint32_t> events) {
    forget();
    for (const std::uint32_t gate : always_) {
        fail(gate, 1);
    }
    for (const std::uint32_t event : events) {
        hit_all(uses_of({FaultNode::Kind::event, event}), 1);
    }
    for (std::size_t next = 0; next < failed_.size(); ++next) {
        const std::uint32_t gate = failed_[next];
        hit_all(uses_of({FaultNode::Kind::gate, gate}), round_[gate] + 1);
    }
    return failed_;
}

std::vector<std::optional<std::uint32_t>>
failure_rounds(const FaultTree& tree, const std::vector<bool>& failed) {
    std::vector<std::uint32_t> events;
    for (std::uint32_t event = 0; event < failed.size(); ++event) {
        if (failed[event]) {
            events.push_back(event);
        }
    }
    Propagation propagation{tree};
    std::vector<std::optional<std::uint32_t>> rounds(tree.gates.size());
    for (const std::uint32_t gate : propagation.spread(events)) {
        rounds[gate] = propagation.round_of(gate);
    }
    return rounds;
}

}  // namespace adic::supply
