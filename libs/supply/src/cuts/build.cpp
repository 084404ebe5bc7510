#include "cuts/build.hpp"

#include <algorithm>

namespace adic::supply::cuts {

namespace {

/// The operations that a circuit is built with: functions, or families of cuts.
class Functions {
  public:
    explicit Functions(std::size_t node_budget) : bdd_(node_budget) {}

    NodeRef event(std::uint32_t level) { return bdd_.variable(level); }

    NodeRef join(Op op, NodeRef f, NodeRef g) {
        return op == Op::any ? bdd_.either(f, g) : bdd_.both(f, g);
    }

    static NodeRef finish(NodeRef top) { return top; }

    const NodeTable& table() const { return bdd_.table(); }

    void collect(std::vector<NodeRef*>& roots) { bdd_.collect(roots); }

  private:
    Bdd bdd_;
};

class Families {
  public:
    Families(const CutBudget& budget, const Diagram& known)
        : zbdd_(budget.nodes)
        , most_(budget.most_events)
        , known_(zbdd_.copy(known)) {}

    NodeRef event(std::uint32_t level) { return most_ == 0 ? zero : zbdd_.single(level); }

    NodeRef join(Op op, NodeRef f, NodeRef g) {
        if (known_ == overflow) {
            return overflow;
        }
        return op == Op::any ? zbdd_.either(f, g) : zbdd_.both(f, g, known_, most_);
    }

    NodeRef finish(NodeRef top) {
        return known_ == overflow ? overflow : zbdd_.either(top, known_);
    }

    const NodeTable& table() const { return zbdd_.table(); }

    void collect(std::vector<NodeRef*>& roots) {
        if (known_ != overflow) {
            roots.push_back(&known_);
        }
        zbdd_.collect(roots);
    }

  private:
    Zbdd zbdd_;
    std::uint32_t most_;
    NodeRef known_;
};

/// Builds gate by gate, children first, and gives back the nodes of gates that nobody needs.
template <typename Algebra>
class Construction {
  public:
    Construction(const Circuit& circuit, const VariableOrder& order, Algebra algebra)
        : circuit_(circuit)
        , components_(components_of(circuit))
        , algebra_(std::move(algebra))
        , level_(circuit.events, terminal_level)
        , value_(circuit.gates.size(), zero)
        , uses_(circuit.gates.size(), 0) {
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            level_[order[i]] = i;
        }
        for (const auto& members : components_.members) {
            for (const Ref member : members) {
                for (const Ref child : circuit.gate(member).children) {
                    if (circuit.is_gate(child)) {
                        ++uses_[position(child)];
                    }
                }
            }
        }
    }

    std::optional<Diagram> run() {
        if (circuit_.is_event(circuit_.top)) {
            return extract(algebra_.event(level_[circuit_.top]));
        }
        ++uses_[position(circuit_.top)];
        for (std::size_t i = 0; i < components_.members.size(); ++i) {
            const bool done = components_.cyclic[i] ? solve_circle(components_.members[i])
                                                    : evaluate(components_.members[i][0]);
            if (!done) {
                return std::nullopt;
            }
            release(components_.members[i]);
        }
        return extract(value_[position(circuit_.top)]);
    }

  private:
    std::optional<Diagram> extract(NodeRef top) {
        const NodeRef root = top == overflow ? overflow : algebra_.finish(top);
        return root == overflow ? std::nullopt : std::optional(algebra_.table().extract(root));
    }

    std::size_t position(Ref gate) const { return gate - circuit_.events; }

    /// Least solution by rounds from "nothing failed" (Kleene).
    bool solve_circle(const std::vector<Ref>& members) {
        for (const Ref member : members) {
            live_.push_back(position(member));
        }
        for (bool changed = true; changed;) {
            changed = false;
            for (const Ref member : members) {
                previous_ = value_[position(member)];
                if (!evaluate(member)) {
                    return false;
                }
                changed = changed || value_[position(member)] != previous_;
            }
        }
        for (std::size_t i = 0; i < members.size(); ++i) {
            live_.pop_back();
        }
        return true;
    }

    /// Sets the value of a gate from its children; makes room once if there is none.
    bool evaluate(Ref gate) {
        if (algebra_.table().size() > next_collection_) {
            collect();
        }
        NodeRef result = combine(gate);
        if (result == overflow) {
            collect();
            // Most of the budget is in use by what is still needed: a second try would fail too.
            if (4 * algebra_.table().size() > 3 * algebra_.table().budget()) {
                return false;
            }
            result = combine(gate);
        }
        value_[position(gate)] = result;
        return result != overflow;
    }

    NodeRef combine(Ref gate) {
        std::vector<NodeRef> operands;
        for (const Ref child : circuit_.gate(gate).children) {
            operands.push_back(
                circuit_.is_event(child) ? algebra_.event(level_[child]) : value_[position(child)]
            );
        }
        if (std::ranges::find(operands, overflow) != operands.end()) {
            return overflow;
        }
        // From the last level up: what is joined on top then shares all that is below.
        std::ranges::stable_sort(operands, std::greater<>{}, [&](NodeRef operand) {
            return algebra_.table()[operand].level;
        });
        const Op op = circuit_.gate(gate).op;
        NodeRef result = op == Op::any ? zero : one;
        for (const NodeRef operand : operands) {
            result = algebra_.join(op, result, operand);
            if (result == overflow) {
                return overflow;
            }
        }
        return result;
    }

    void release(const std::vector<Ref>& members) {
        for (const Ref member : members) {
            live_.push_back(position(member));
            for (const Ref child : circuit_.gate(member).children) {
                if (circuit_.is_gate(child)) {
                    --uses_[position(child)];
                }
            }
        }
    }

    void collect() {
        std::erase_if(live_, [&](std::size_t gate) { return uses_[gate] == 0; });
        std::vector<NodeRef*> roots{&previous_};
        for (const std::size_t gate : live_) {
            roots.push_back(&value_[gate]);
        }
        algebra_.collect(roots);
        next_collection_ = std::max<std::size_t>(4 * algebra_.table().size(), first_collection);
    }

    static constexpr std::size_t first_collection = 1U << 18U;

    const Circuit& circuit_;
    Components components_;
    Algebra algebra_;
    std::vector<std::uint32_t> level_;
    std::vector<NodeRef> value_;
    std::vector<std::uint32_t> uses_;  ///< parents that are not built yet
    std::vector<std::size_t> live_;    ///< gates built, by position
    std::size_t next_collection_ = first_collection;
    NodeRef previous_ = zero;  ///< of the gate in work, in a circle; a root like the others
};

}  // namespace

std::optional<Diagram>
build_bdd(const Circuit& circuit, const VariableOrder& order, std::size_t node_budget) {
    return Construction<Functions>(circuit, order, Functions(node_budget)).run();
}

std::optional<Diagram> build_cuts(
    const Circuit& circuit,
    const VariableOrder& order,
    const CutBudget& budget,
    const Diagram& known
) {
    return Construction<Families>(circuit, order, Families(budget, known)).run();
}

std::optional<Diagram> cuts_of(const Diagram& bdd, std::size_t node_budget) {
    Zbdd zbdd(node_budget);
    const NodeRef root = zbdd.minimal_solutions(bdd);
    return root == overflow ? std::nullopt : std::optional(zbdd.table().extract(root));
}

}  // namespace adic::supply::cuts
