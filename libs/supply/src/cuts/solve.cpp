#include "cuts/solve.hpp"

#include <algorithm>
#include <array>

namespace adic::supply::cuts {

namespace {

/// Beyond this the local search for an order and the decomposition no longer pay.
constexpr std::size_t small_family = 5'000;

/// Members of cuts that a decomposition looks at in the time that a diagram takes for one node.
constexpr std::size_t members_for_a_node = 40;

class Solver {
  public:
    Solver(const Circuit& circuit, const SolveBudget& budget)
        : circuit_(circuit)
        , budget_(budget)
        , is_simple_(circuit.gates.size() <= 1)
        , orders_(
              is_simple_ ? std::vector<VariableOrder>{as_given(circuit)} : candidate_orders(circuit)
          ) {
        if (is_simple_) {
            // The diagrams of one gate have a node for each event: they need no budget.
            budget_.nodes = std::max(budget_.nodes, 4 * std::size_t{circuit.events} + 64);
        }
    }

    Solution run() {
        constexpr std::array<std::size_t, 2> first_budgets{20'000, 200'000};
        for (const std::size_t nodes : first_budgets) {
            if (nodes < budget_.nodes && attempt(nodes, orders_.size())) {
                return std::move(solution_);
            }
        }
        constexpr std::size_t orders_in_full = 2;
        if (!attempt(budget_.nodes, orders_in_full) && !has_cuts_) {
            limit_cuts();
        }
        return std::move(solution_);
    }

  private:
    static VariableOrder as_given(const Circuit& circuit) {
        VariableOrder order(circuit.events);
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            order[i] = i;
        }
        return order;
    }

    /// Whether nothing is missing any more.
    bool attempt(std::size_t nodes, std::size_t orders) {
        for (std::size_t i = 0; i < std::min(orders, orders_.size()) && !has_cuts_; ++i) {
            if (auto cuts = build_cuts(circuit_, orders_[i], {nodes, Zbdd::no_limit})) {
                take_cuts(std::move(*cuts), orders_[i]);
            }
        }
        if (has_cuts_ && !solution_.function && !is_simple_) {
            function_from_cuts(nodes);
        }
        // Where the family is small, its own order was the best there is.
        const bool is_worth_it = family_.empty() || nodes < budget_.nodes;
        for (std::size_t i = 0; is_worth_it && i < std::min(orders, orders_.size()); ++i) {
            if (solution_.function) {
                break;
            }
            if (auto bdd = build_bdd(circuit_, orders_[i], nodes)) {
                solution_.function = OrderedDiagram{std::move(*bdd), orders_[i]};
                cuts_from_function();
            }
        }
        return has_cuts_ && solution_.function;
    }

    void take_cuts(Diagram cuts, const VariableOrder& order) {
        solution_.cuts = {std::move(cuts), order};
        solution_.cut_limit = Zbdd::no_limit;
        has_cuts_ = true;
        if (auto family = list_of(solution_.cuts, small_family)) {
            family_ = std::move(*family);
        }
    }

    void cuts_from_function() {
        if (has_cuts_) {
            return;
        }
        if (auto cuts = cuts_of(solution_.function->diagram, budget_.nodes)) {
            take_cuts(std::move(*cuts), solution_.function->order);
        }
    }

    void function_from_cuts(std::size_t nodes) {
        if (family_.empty()) {
            return;
        }
        if (auto function = decompose(family_, members_for_a_node * nodes)) {
            solution_.function = OrderedDiagram{std::move(*function), as_given(circuit_)};
            return;
        }
        if (cut_order_.empty()) {
            cut_order_ = order_for_cuts(family_, solution_.cuts.order);
        }
        if (auto bdd = build_bdd(circuit_of_cuts(), cut_order_, nodes)) {
            solution_.function = OrderedDiagram{std::move(*bdd), cut_order_};
        }
    }

    /// The family as gates: each node is its low part, or its event and its high part.
    Circuit circuit_of_cuts() const {
        Circuit circuit{circuit_.events, {}, never};
        std::vector<Ref> refs{never, always};
        const auto& nodes = solution_.cuts.diagram.nodes;
        for (NodeRef i = first_node; i < nodes.size(); ++i) {
            Ref ref = solution_.cuts.order[nodes[i].level];
            if (nodes[i].high != one) {
                ref = circuit.add({Op::all, {ref, refs[nodes[i].high]}});
            }
            if (nodes[i].low != zero) {
                ref = circuit.add({Op::any, {ref, refs[nodes[i].low]}});
            }
            refs.push_back(ref);
        }
        circuit.top = refs[solution_.cuts.diagram.root];
        return circuit;
    }

    /// The longest cuts that still fit, up to the order asked for.
    void limit_cuts() {
        solution_.cuts = {Diagram{}, orders_.front()};
        solution_.cut_limit = 0;
        for (std::uint32_t most = 1; most <= budget_.cut_order; ++most) {
            auto cuts = build_cuts(circuit_, orders_.front(), {budget_.nodes, most});
            if (!cuts) {
                break;
            }
            solution_.cuts.diagram = std::move(*cuts);
            solution_.cut_limit = most;
        }
    }

    const Circuit& circuit_;
    SolveBudget budget_;
    bool is_simple_;  ///< one gate
    std::vector<VariableOrder> orders_;
    Solution solution_;
    bool has_cuts_ = false;
    CutFamily family_;  ///< of the cuts, where they are few
    VariableOrder cut_order_;
};

}  // namespace

Solution solve(const Circuit& circuit, const SolveBudget& budget) {
    return Solver(circuit, budget).run();
}

std::optional<CutFamily> list_of(const OrderedDiagram& cuts, std::size_t most) {
    const auto& nodes = cuts.diagram.nodes;
    auto count = per_node(nodes.size(), 0.0, 1.0);
    for (NodeRef i = first_node; i < nodes.size(); ++i) {
        count[i] = count[nodes[i].low] + count[nodes[i].high];
    }
    if (count[cuts.diagram.root] > static_cast<double>(most)) {
        return std::nullopt;
    }

    struct Open {
        NodeRef node;
        std::size_t members;  ///< of the cut in work that lie above the node
    };

    CutFamily family;
    std::vector<std::uint32_t> cut;
    std::vector<Open> open{{cuts.diagram.root, 0}};
    while (!open.empty()) {
        const Open now = open.back();
        open.pop_back();
        if (now.node == zero) {
            continue;
        }
        cut.resize(now.members);
        if (now.node == one) {
            family.push_back(cut);
            std::ranges::sort(family.back());
            continue;
        }
        // The case without the event waits; its cut is the first members of the one in work.
        open.push_back({nodes[now.node].low, now.members});
        cut.push_back(cuts.order[nodes[now.node].level]);
        open.push_back({nodes[now.node].high, cut.size()});
    }
    return family;
}

}  // namespace adic::supply::cuts
