#include "cuts/circuit.hpp"

#include "adic/model/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace adic::supply::cuts {

namespace {

/// Decisions that votes and weights may take together; a map needs some hundreds.
constexpr std::size_t decision_limit = 2'000'000;

Error invalid(const std::string& message) {
    return {ErrorCode::invalid_argument, message, {}};
}

std::string gate_text(const model::FaultGate& gate) {
    return "gate '" + gate.name + "'";
}

bool is_weight(double value) {
    return std::isfinite(value) && value >= 0.0;
}

/// Empty if the gate is well formed.
std::string complaint_about(const model::FaultTree& tree, const model::FaultGate& gate) {
    for (const model::FaultNode child : gate.children) {
        const bool is_event = child.kind == model::FaultNode::Kind::event;
        if (child.index >= (is_event ? tree.events.size() : tree.gates.size())) {
            return gate_text(gate) + " names a child that does not exist";
        }
    }
    if (gate.kind == model::GateKind::at_least
        && (gate.count < 1 || gate.count > gate.children.size())) {
        return gate_text(gate) + " asks for " + std::to_string(gate.count) + " of "
               + std::to_string(gate.children.size())
               + " children; right would be a count from 1 to the number of children";
    }
    if (gate.kind == model::GateKind::weighted) {
        if (gate.weights.size() != gate.children.size()) {
            return gate_text(gate) + " has " + std::to_string(gate.weights.size()) + " weights for "
                   + std::to_string(gate.children.size()) + " children";
        }
        const double total = std::accumulate(gate.weights.begin(), gate.weights.end(), 0.0);
        if (!std::ranges::all_of(gate.weights, is_weight) || !is_weight(gate.limit)
            || !std::isfinite(total)) {
            return gate_text(gate) + " has a weight or a limit that is negative or not finite";
        }
    }
    return {};
}

std::string complaint_about(const model::FaultEvent& event) {
    if (event.probability
        && !(event.probability->low() >= 0.0 && event.probability->high() <= 1.0)) {
        return "event '" + event.name + "' has a probability outside [0, 1]";
    }
    return {};
}

}  // namespace

std::string complaint_about(const model::FaultTree& tree) {
    constexpr std::size_t most = 1U << 30U;
    if (tree.top >= tree.gates.size()) {
        return "the tree '" + tree.name + "' has no top gate";
    }
    if (tree.events.size() > most || tree.gates.size() > most) {
        return "the tree '" + tree.name + "' has more than 2^30 events or gates";
    }
    for (const model::FaultEvent& event : tree.events) {
        if (std::string complaint = complaint_about(event); !complaint.empty()) {
            return complaint;
        }
    }
    for (const model::FaultGate& gate : tree.gates) {
        if (std::string complaint = complaint_about(tree, gate); !complaint.empty()) {
            return complaint;
        }
    }
    return {};
}

namespace {

class Lowering {
  public:
    explicit Lowering(const model::FaultTree& tree) : tree_(tree) {
        circuit_.events = static_cast<std::uint32_t>(tree.events.size());
        circuit_.gates.resize(tree.gates.size());
        circuit_.top = circuit_.events + tree.top;
    }

    Result<Circuit> run() {
        for (std::size_t i = 0; i < tree_.gates.size(); ++i) {
            if (!lower(i)) {
                return invalid(
                    gate_text(tree_.gates[i])
                    + " is a vote or a sum of weights that is too large to be written out; right "
                      "would be fewer children or coarser weights"
                );
            }
        }
        return std::move(circuit_);
    }

  private:
    Ref ref_of(model::FaultNode node) const {
        return node.kind == model::FaultNode::Kind::event ? node.index
                                                          : circuit_.events + node.index;
    }

    bool lower(std::size_t position) {
        const model::FaultGate& gate = tree_.gates[position];
        const auto size = static_cast<std::uint32_t>(gate.children.size());
        if (gate.kind == model::GateKind::any_of
            || (gate.kind == model::GateKind::at_least && gate.count == 1)) {
            circuit_.gates[position] = {Op::any, children_of(gate)};
            return true;
        }
        if (gate.kind == model::GateKind::all_of
            || (gate.kind == model::GateKind::at_least && gate.count == size)) {
            circuit_.gates[position] = {Op::all, children_of(gate)};
            return true;
        }
        const auto diagram =
            gate.kind == model::GateKind::at_least
                ? model::vote_diagram(size, gate.count, decisions_left_)
                : model::weighted_diagram(gate.weights, gate.limit, decisions_left_);
        if (!diagram) {
            return false;
        }
        decisions_left_ -= diagram->nodes.size();
        const Ref root = write(*diagram, children_of(gate));
        circuit_.gates[position] = root == always  ? Gate{Op::all, {}}
                                   : root == never ? Gate{Op::any, {}}
                                                   : Gate{Op::any, {root}};
        return true;
    }

    std::vector<Ref> children_of(const model::FaultGate& gate) const {
        std::vector<Ref> children;
        children.reserve(gate.children.size());
        for (const model::FaultNode child : gate.children) {
            children.push_back(ref_of(child));
        }
        return children;
    }

    /// Each decision becomes (input and if_failed) or if_not.
    Ref write(const model::ThresholdDiagram& diagram, const std::vector<Ref>& inputs) {
        std::vector<Ref> refs{never, always};
        for (const model::ThresholdNode& node : diagram.nodes) {
            Ref failed = inputs[node.input];
            if (refs[node.if_failed] != always) {
                failed = circuit_.add({Op::all, {failed, refs[node.if_failed]}});
            }
            if (refs[node.if_not] != never) {
                failed = circuit_.add({Op::any, {failed, refs[node.if_not]}});
            }
            refs.push_back(failed);
        }
        return refs[diagram.root];
    }

    const model::FaultTree& tree_;
    Circuit circuit_;
    std::size_t decisions_left_ = decision_limit;
};

/// Tarjan's search, one gate at a time on a stack of ours.
class Search {
  public:
    explicit Search(const Circuit& circuit)
        : circuit_(circuit)
        , date_(circuit.gates.size(), 0)
        , low_(circuit.gates.size(), 0) {
        result_.of_gate.assign(circuit.gates.size(), Components::none);
    }

    Components run() {
        if (circuit_.is_gate(circuit_.top)) {
            open(circuit_.top);
        }
        while (!path_.empty()) {
            step();
        }
        return std::move(result_);
    }

  private:
    struct Frame {
        Ref ref;
        std::size_t next = 0;
    };

    std::size_t position(Ref ref) const { return ref - circuit_.events; }

    void open(Ref ref) {
        date_[position(ref)] = low_[position(ref)] = ++clock_;
        pending_.push_back(ref);
        path_.push_back({ref});
    }

    void step() {
        const Ref ref = path_.back().ref;
        const auto& children = circuit_.gate(ref).children;
        if (path_.back().next == children.size()) {
            path_.pop_back();
            if (!path_.empty()) {
                lower(path_.back().ref, low_[position(ref)]);
            }
            if (low_[position(ref)] == date_[position(ref)]) {
                close(ref);
            }
            return;
        }
        const Ref child = children[path_.back().next++];
        if (!circuit_.is_gate(child)) {
            return;
        }
        if (date_[position(child)] == 0) {
            open(child);
        } else if (result_.of_gate[position(child)] == Components::none) {
            lower(ref, date_[position(child)]);
        }
    }

    void lower(Ref ref, std::uint32_t date) {
        low_[position(ref)] = std::min(low_[position(ref)], date);
    }

    void close(Ref root) {
        std::vector<Ref> members;
        Ref ref = never;
        do {
            ref = pending_.back();
            pending_.pop_back();
            result_.of_gate[position(ref)] = static_cast<std::uint32_t>(result_.members.size());
            members.push_back(ref);
        } while (ref != root);
        const auto& children = circuit_.gate(root).children;
        const bool names_itself = std::ranges::find(children, root) != children.end();
        result_.cyclic.push_back(members.size() > 1 || names_itself);
        result_.members.push_back(std::move(members));
    }

    const Circuit& circuit_;
    std::uint32_t clock_ = 0;
    std::vector<std::uint32_t> date_;
    std::vector<std::uint32_t> low_;
    std::vector<Ref> pending_;
    std::vector<Frame> path_;
    Components result_;
};

}  // namespace

Result<Circuit> to_circuit(const model::FaultTree& tree) {
    if (std::string complaint = complaint_about(tree); !complaint.empty()) {
        return invalid(complaint);
    }
    return Lowering(tree).run();
}

Components components_of(const Circuit& circuit) {
    return Search(circuit).run();
}

std::vector<bool> least_solution(const Circuit& circuit, bool events_failed) {
    const std::size_t names = circuit.names();
    std::vector<std::uint32_t> first(names + 1, 0);
    std::vector<std::size_t> missing(circuit.gates.size());
    for (const Gate& gate : circuit.gates) {
        for (const Ref child : gate.children) {
            ++first[child + 1];
        }
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<Ref> parents(first.back());
    std::vector<std::uint32_t> slot(first.begin(), first.end() - 1);
    std::vector<bool> failed(circuit.gates.size(), false);
    std::vector<Ref> news;
    for (std::size_t i = 0; i < circuit.gates.size(); ++i) {
        const Ref ref = circuit.events + static_cast<Ref>(i);
        for (const Ref child : circuit.gates[i].children) {
            parents[slot[child]++] = ref;
        }
        missing[i] = circuit.gates[i].op == Op::any ? 1 : circuit.gates[i].children.size();
        if (missing[i] == 0) {
            failed[i] = true;
            news.push_back(ref);
        }
    }
    for (Ref event = 0; events_failed && event < circuit.events; ++event) {
        news.push_back(event);
    }
    while (!news.empty()) {
        const Ref ref = news.back();
        news.pop_back();
        for (std::uint32_t i = first[ref]; i < first[ref + 1]; ++i) {
            const std::size_t parent = parents[i] - circuit.events;
            if (!failed[parent] && --missing[parent] == 0) {
                failed[parent] = true;
                news.push_back(parents[i]);
            }
        }
    }
    return failed;
}

}  // namespace adic::supply::cuts
