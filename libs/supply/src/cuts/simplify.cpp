#include "cuts/simplify.hpp"

#include "cuts/evaluate.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace adic::supply::cuts {

namespace {

constexpr int round_limit = 8;

/// Steps that the search for absorbed children may take for each child in the circuit.
constexpr std::size_t absorption_effort = 32;

/// Replaces gates by other names, everywhere at once.
class Renaming {
  public:
    explicit Renaming(const Circuit& circuit) : events_(circuit.events) {
        for (std::size_t i = 0; i < circuit.gates.size(); ++i) {
            to_.push_back(events_ + static_cast<Ref>(i));
        }
    }

    void rename(Ref gate, Ref to) { to_[gate - events_] = to; }

    /// Follows a chain of names to its end, and shortens it. Requires: no circle of names.
    Ref find(Ref ref) {
        Ref end = ref;
        while (is_renamed(end)) {
            end = to_[end - events_];
        }
        while (is_renamed(ref)) {
            ref = std::exchange(to_[ref - events_], end);
        }
        return end;
    }

    void apply(Circuit& circuit) {
        for (Gate& gate : circuit.gates) {
            for (Ref& child : gate.children) {
                child = find(child);
            }
        }
        circuit.top = find(circuit.top);
    }

  private:
    bool is_renamed(Ref ref) const {
        return ref >= events_ && ref < never && to_[ref - events_] != ref;
    }

    Ref events_;
    std::vector<Ref> to_;
};

/// Constant gates, and only those that the top reaches are kept.
void fold_constants(Circuit& circuit) {
    const auto always_failed = least_solution(circuit, false);
    const auto can_fail = least_solution(circuit, true);
    const auto value_of = [&](Ref ref) {
        if (!circuit.is_gate(ref)) {
            return ref;
        }
        const std::size_t position = ref - circuit.events;
        return always_failed[position] ? always : can_fail[position] ? ref : never;
    };
    for (Gate& gate : circuit.gates) {
        std::erase_if(gate.children, [&](Ref child) { return value_of(child) >= never; });
    }
    circuit.top = value_of(circuit.top);
}

void keep_reached(Circuit& circuit) {
    const Components components = components_of(circuit);
    Circuit kept{circuit.events, {}, circuit.top};
    std::vector<Ref> name(circuit.gates.size(), never);
    for (std::size_t i = 0; i < circuit.gates.size(); ++i) {
        if (components.of_gate[i] != Components::none) {
            name[i] = kept.add(std::move(circuit.gates[i]));
        }
    }
    const auto renamed = [&](Ref ref) {
        return circuit.is_gate(ref) ? name[ref - circuit.events] : ref;
    };
    for (Gate& gate : kept.gates) {
        std::ranges::transform(gate.children, gate.children.begin(), renamed);
    }
    kept.top = renamed(circuit.top);
    circuit = std::move(kept);
}

/// Any-gates that name each other in a circle fail together: one stands for all of them.
void collapse_any_circles(Circuit& circuit) {
    Circuit any_only{circuit.events, {}, circuit.top};
    for (const Gate& gate : circuit.gates) {
        any_only.gates.push_back({gate.op, {}});
        if (gate.op == Op::any) {
            for (const Ref child : gate.children) {
                if (circuit.is_gate(child) && circuit.gate(child).op == Op::any) {
                    any_only.gates.back().children.push_back(child);
                }
            }
        }
    }
    // One more gate above all of them, so that every circle is found.
    Gate root{Op::any, {}};
    for (std::size_t i = 0; i < circuit.gates.size(); ++i) {
        root.children.push_back(circuit.events + static_cast<Ref>(i));
    }
    any_only.top = any_only.add(std::move(root));
    Renaming renaming(circuit);
    const Components components = components_of(any_only);
    for (const auto& members : components.members) {
        for (std::size_t i = 1; i < members.size(); ++i) {
            auto& into = circuit.gate(members[0]).children;
            const auto& from = circuit.gate(members[i]).children;
            into.insert(into.end(), from.begin(), from.end());
            renaming.rename(members[i], members[0]);
        }
    }
    renaming.apply(circuit);
}

/// Children first: removes children named twice and a gate's own name; gates of one child, and
/// gates equal to an earlier one, become another name.
void normalise(Circuit& circuit) {
    std::map<std::pair<Op, std::vector<Ref>>, Ref> first;
    std::vector<Ref> seen_by(circuit.names(), never);
    Renaming renaming(circuit);
    const Components components = components_of(circuit);
    for (const auto& members : components.members) {
        for (const Ref self : members) {
            Gate& gate = circuit.gate(self);
            std::ranges::transform(gate.children, gate.children.begin(), [&](Ref child) {
                return renaming.find(child);
            });
            std::erase_if(gate.children, [&](Ref child) {
                return std::exchange(seen_by[child], self) == self
                       || (child == self && gate.op == Op::any);
            });
            if (gate.children.size() == 1 && gate.children[0] != self) {
                renaming.rename(self, gate.children[0]);
                continue;
            }
            auto sorted = gate.children;
            std::ranges::sort(sorted);
            const auto [entry, is_new] = first.try_emplace({gate.op, std::move(sorted)}, self);
            if (!is_new) {
                renaming.rename(self, entry->second);
            }
        }
    }
    renaming.apply(circuit);
}

/// A gate with one parent, of the same kind, becomes part of the parent.
void merge_same_kind(Circuit& circuit) {
    std::vector<std::uint32_t> parents(circuit.gates.size(), 0);
    for (const Gate& gate : circuit.gates) {
        for (const Ref child : gate.children) {
            if (circuit.is_gate(child)) {
                ++parents[child - circuit.events];
            }
        }
    }
    const auto merges = [&](const Gate& gate, Ref self, Ref child) {
        return circuit.is_gate(child) && child != circuit.top && child != self
               && circuit.gate(child).op == gate.op && parents[child - circuit.events] == 1;
    };
    // Children first, so that a chain of gates moves up in one pass.
    const Components components = components_of(circuit);
    for (const auto& members : components.members) {
        for (const Ref self : members) {
            std::vector<Ref> children;
            for (const Ref child : circuit.gate(self).children) {
                if (merges(circuit.gate(self), self, child)) {
                    auto& moved = circuit.gate(child).children;
                    children.insert(children.end(), moved.begin(), moved.end());
                    moved.clear();
                } else {
                    children.push_back(child);
                }
            }
            circuit.gate(self).children = std::move(children);
        }
    }
}

/// any(x, all(x, y)) = x and all(x, any(x, y)) = x: the inner gate goes.
void absorb(Circuit& circuit) {
    std::size_t effort = absorption_effort;
    for (const Gate& gate : circuit.gates) {
        effort += absorption_effort * gate.children.size();
    }
    std::vector<Ref> marked_by(circuit.names(), never);
    for (std::size_t i = 0; i < circuit.gates.size(); ++i) {
        const Ref self = circuit.events + static_cast<Ref>(i);
        Gate& gate = circuit.gates[i];
        for (const Ref child : gate.children) {
            marked_by[child] = self;
        }
        const auto is_absorbed = [&](Ref child) {
            if (!circuit.is_gate(child) || child == self || circuit.gate(child).op == gate.op
                || circuit.gate(child).children.size() > effort) {
                return false;
            }
            effort -= circuit.gate(child).children.size();
            return std::ranges::any_of(circuit.gate(child).children, [&](Ref inner) {
                return inner != child && marked_by[inner] == self;
            });
        };
        std::erase_if(gate.children, is_absorbed);
    }
}

/// Which component every path from the top to another one passes: the tree of dominators, over the
/// components, with jumps so that the common ancestor of two takes O(log n).
class Dominators {
  public:
    explicit Dominators(const Circuit& circuit)
        : components_(components_of(circuit))
        , nodes_(components_.members.size()) {
        const auto count = static_cast<std::uint32_t>(nodes_.size());
        std::vector<bool> is_set(count, false);
        for (std::uint32_t node = count; node-- > 0;) {
            place(node);
            for (const Ref member : components_.members[node]) {
                for (const Ref child : circuit.gate(member).children) {
                    if (!circuit.is_gate(child)) {
                        continue;
                    }
                    const std::uint32_t target = component_of(circuit, child);
                    if (target != node) {
                        nodes_[target].parent =
                            is_set[target] ? common(nodes_[target].parent, node) : node;
                        is_set[target] = true;
                    }
                }
            }
        }
        number();
    }

    std::uint32_t component_of(const Circuit& circuit, Ref gate) const {
        return components_.of_gate[gate - circuit.events];
    }

    bool is_cyclic(std::uint32_t node) const { return components_.cyclic[node]; }

    std::uint32_t preorder(std::uint32_t node) const { return nodes_[node].first; }

    /// Whether `above` is on every path to `below`, and another one.
    bool strictly_dominates(std::uint32_t above, std::uint32_t below) const {
        return nodes_[above].first < nodes_[below].first && nodes_[below].first < nodes_[above].end;
    }

  private:
    struct Node {
        std::uint32_t parent = 0;
        std::uint32_t jump = 0;
        std::uint32_t depth = 0;
        std::uint32_t size = 1;
        std::uint32_t first = 0;
        std::uint32_t end = 0;
    };

    /// Source: Myers (1983), "An applicative random-access stack", Inf. Process. Lett. 17, 241.
    void place(std::uint32_t node) {
        Node& self = nodes_[node];
        if (node + 1 == nodes_.size()) {
            self.parent = self.jump = node;
            return;
        }
        const Node& parent = nodes_[self.parent];
        const Node& far = nodes_[parent.jump];
        const bool even = parent.depth - far.depth == far.depth - nodes_[far.jump].depth;
        self.depth = parent.depth + 1;
        self.jump = even ? far.jump : self.parent;
    }

    std::uint32_t common(std::uint32_t a, std::uint32_t b) const {
        while (nodes_[a].depth > nodes_[b].depth) {
            a = nodes_[nodes_[a].jump].depth >= nodes_[b].depth ? nodes_[a].jump : nodes_[a].parent;
        }
        while (nodes_[b].depth > nodes_[a].depth) {
            b = nodes_[nodes_[b].jump].depth >= nodes_[a].depth ? nodes_[b].jump : nodes_[b].parent;
        }
        while (a != b) {
            const bool far = nodes_[a].jump != nodes_[b].jump;
            a = far ? nodes_[a].jump : nodes_[a].parent;
            b = far ? nodes_[b].jump : nodes_[b].parent;
        }
        return a;
    }

    /// Preorder numbers from subtree sizes: a parent has a higher index than its children.
    void number() {
        const auto count = static_cast<std::uint32_t>(nodes_.size());
        for (std::uint32_t node = 0; node + 1 < count; ++node) {
            nodes_[nodes_[node].parent].size += nodes_[node].size;
        }
        std::vector<std::uint32_t> next(count, 0);
        for (std::uint32_t node = count; node-- > 0;) {
            if (node + 1 < count) {
                const std::uint32_t parent = nodes_[node].parent;
                nodes_[node].first = next[parent];
                next[parent] += nodes_[node].size;
            }
            next[node] = nodes_[node].first + 1;
            nodes_[node].end = nodes_[node].first + nodes_[node].size;
        }
    }

    Components components_;
    std::vector<Node> nodes_;
};

/// Where an any-gate names x, x counts as intact in all that only this gate uses (else the gate is
/// failed anyway); under an all-gate that names x, x counts as failed.
class ContextRule {
  public:
    explicit ContextRule(Circuit& circuit) : circuit_(circuit), dominators_(circuit) {}

    bool apply() {
        std::vector<std::vector<Ref>> parents(circuit_.names());
        for (std::size_t i = 0; i < circuit_.gates.size(); ++i) {
            for (const Ref child : circuit_.gates[i].children) {
                parents[child].push_back(circuit_.events + static_cast<Ref>(i));
            }
        }
        for (Ref x = 0; x < parents.size(); ++x) {
            if (parents[x].size() > 1) {
                apply_to(x, parents[x]);
            }
        }
        drop_children();
        for (const auto& [gate, op] : decided_) {
            circuit_.gate(gate) = {op, {}};
        }
        return !dropped_.empty() || !decided_.empty();
    }

  private:
    void drop_children() {
        std::ranges::sort(dropped_);
        for (auto begin = dropped_.begin(); begin != dropped_.end();) {
            const Ref gate = begin->first;
            const auto end = std::find_if(begin, dropped_.end(), [&](const auto& drop) {
                return drop.first != gate;
            });
            std::erase_if(circuit_.gate(gate).children, [&](Ref child) {
                return std::binary_search(begin, end, std::pair{gate, child});
            });
            begin = end;
        }
    }

    void apply_to(Ref x, std::vector<Ref>& parents) {
        const auto node_of = [&](Ref gate) { return dominators_.component_of(circuit_, gate); };
        std::ranges::sort(parents, {}, [&](Ref gate) {
            return std::pair{dominators_.preorder(node_of(gate)), gate};
        });
        Ref above = never;
        for (const Ref parent : parents) {
            if (above != never && dominators_.strictly_dominates(node_of(above), node_of(parent))) {
                // In its own circle, x must not count as failed: it would fail itself.
                const bool is_own_circle = circuit_.is_gate(x) && node_of(x) == node_of(parent);
                if (!is_own_circle || circuit_.gate(above).op == Op::any) {
                    decide(x, parent, circuit_.gate(above).op);
                }
            } else if (!dominators_.is_cyclic(node_of(parent))) {
                above = parent;
            }
        }
    }

    void decide(Ref x, Ref parent, Op above) {
        const Op op = circuit_.gate(parent).op;
        if (op == above) {
            dropped_.push_back({parent, x});
        } else {
            decided_.push_back({parent, above == Op::any ? Op::any : Op::all});
        }
    }

    Circuit& circuit_;
    Dominators dominators_;
    std::vector<std::pair<Ref, Ref>> dropped_;
    std::vector<std::pair<Ref, Op>> decided_;  ///< any: never failed; all: always
};

void replace_events(Circuit& circuit, const std::vector<bool>& chosen, Op op) {
    Gate top{op, {}};
    for (Ref event = 0; event < circuit.events; ++event) {
        if (chosen[event]) {
            top.children.push_back(event);
        }
    }
    for (Gate& gate : circuit.gates) {
        const bool is_decided = gate.op != op && std::ranges::any_of(gate.children, [&](Ref child) {
                                    return circuit.is_event(child) && chosen[child];
                                });
        if (is_decided) {
            gate = {op, {}};
        } else {
            std::erase_if(gate.children, [&](Ref child) {
                return circuit.is_event(child) && chosen[child];
            });
        }
    }
    top.children.push_back(circuit.top);
    circuit.top = circuit.add(std::move(top));
}

/// Events that decide the top alone: failed alone (`alone`), or intact alone.
std::vector<bool> deciding_events(const Evaluator& evaluator, const Circuit& circuit, bool alone) {
    std::vector<bool> chosen(circuit.events, false);
    std::vector<std::uint64_t> words(circuit.names(), 0);
    for (Ref begin = 0; begin < circuit.events; begin += 64) {
        const Ref end = std::min(circuit.events, begin + 64);
        std::fill(words.begin(), words.begin() + circuit.events, alone ? 0U : ~std::uint64_t{0});
        for (Ref event = begin; event < end; ++event) {
            words[event] ^= std::uint64_t{1} << (event - begin);
        }
        evaluator.run(words, 1);
        for (Ref event = begin; event < end; ++event) {
            const bool failed = ((words[circuit.top] >> (event - begin)) & 1U) != 0;
            chosen[event] = failed == alone;
        }
    }
    return chosen;
}

/// Whether the chosen events are named by the top only, or there are none.
bool is_hoisted(const Circuit& circuit, const std::vector<bool>& chosen, Op op) {
    std::size_t below = 0;
    for (const Gate& gate : circuit.gates) {
        for (const Ref child : gate.children) {
            below += circuit.is_event(child) && chosen[child] ? 1U : 0U;
        }
    }
    std::size_t at_top = 0;
    for (const Ref child : circuit.gate(circuit.top).children) {
        at_top += circuit.is_event(child) && chosen[child] ? 1U : 0U;
    }
    return below == at_top && (below == 0 || circuit.gate(circuit.top).op == op);
}

}  // namespace

void simplify(Circuit& circuit) {
    for (int round = 0; round < round_limit; ++round) {
        const std::vector<Gate> before = circuit.gates;
        fold_constants(circuit);
        if (!circuit.is_gate(circuit.top)) {
            circuit.gates.clear();
            return;
        }
        collapse_any_circles(circuit);
        normalise(circuit);
        keep_reached(circuit);
        merge_same_kind(circuit);
        normalise(circuit);
        absorb(circuit);
        keep_reached(circuit);
        const bool is_decided = circuit.is_gate(circuit.top) && ContextRule(circuit).apply();
        if (!is_decided && before == circuit.gates) {
            break;
        }
    }
    fold_constants(circuit);
    normalise(circuit);
    keep_reached(circuit);
}

bool hoist_deciding_events(Circuit& circuit) {
    constexpr std::size_t step_limit = 1'000'000'000;
    std::size_t children = 1;
    for (const Gate& gate : circuit.gates) {
        children += gate.children.size();
    }
    const std::size_t runs = (circuit.events + 63U) / 64U;
    if (!circuit.is_gate(circuit.top) || runs > step_limit / children) {
        return false;
    }
    for (const bool alone : {true, false}) {
        const auto chosen = deciding_events(Evaluator(circuit), circuit, alone);
        if (!is_hoisted(circuit, chosen, alone ? Op::any : Op::all)) {
            replace_events(circuit, chosen, alone ? Op::any : Op::all);
            simplify(circuit);
            return true;
        }
    }
    return false;
}

}  // namespace adic::supply::cuts
