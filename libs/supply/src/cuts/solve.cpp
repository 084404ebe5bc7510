#include "cuts/solve.hpp"

#include <algorithm>

namespace adic::supply::cuts {

namespace {

/// Beyond this the decomposition of all cuts no longer pays.
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
          )
        , short_cuts_(orders_.size()) {
        if (is_simple_) {
            // The diagrams of one gate have a node for each event: they need no budget.
            budget_.nodes = std::max(budget_.nodes, 4 * std::size_t{circuit.events} + 64);
        }
    }

    /// Small budgets for many orders, then larger ones for the best of them. Where the cuts are
    /// known but the function does not fit, their most probable ones nearly make it; where the cuts
    /// do not fit, the function is worth more, since they can be made from it.
    Solution run() {
        for (const std::size_t nodes : {small_effort, middle_effort}) {
            if (nodes < budget_.nodes && attempt(nodes)) {
                return std::move(solution_);
            }
        }
        if (!has_cuts_ || budget_.nodes <= small_effort) {
            attempt(budget_.nodes);
        }
        if (!has_cuts_) {
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
    bool attempt(std::size_t nodes) {
        const bool is_small = nodes <= small_effort;
        if (!has_cuts_) {
            const std::size_t best = is_small ? 0 : best_order();
            const Diagram& known = short_cuts(best).cuts;
            if (auto cuts = build_cuts(circuit_, orders_[best], {nodes, Zbdd::no_limit}, known)) {
                take_cuts(std::move(*cuts), orders_[best]);
            }
        }
        if (is_done()) {
            return true;
        }
        // Beyond a small effort, the most probable cuts nearly make the function.
        if (is_small ? budget_.wants_function : !has_cuts_) {
            draw_function(nodes, is_small ? 3 : 1);
        }
        return is_done();
    }

    bool is_done() const { return has_cuts_ && (solution_.function || !budget_.wants_function); }

    void draw_function(std::size_t nodes, std::size_t orders) {
        for (std::size_t i = 0; i < std::min(orders, orders_.size()); ++i) {
            if (auto bdd = build_bdd(circuit_, orders_[i], nodes)) {
                solution_.function = OrderedDiagram{std::move(*bdd), orders_[i]};
                cuts_from_function();
                return;
            }
        }
    }

    struct ShortCuts {
        Diagram cuts;
        std::uint32_t most = 0;      ///< cuts up to this order were found
        std::size_t size_found = 0;  ///< nodes for the cuts up to there
    };

    /// The cuts of few events, as far as they cost next to nothing, over one of the orders.
    const ShortCuts& short_cuts(std::size_t order) {
        auto& known = short_cuts_[order];
        if (!known) {
            known = find_short_cuts(order);
        }
        return *known;
    }

    /// Cuts a little longer than those that are handed on tell more about the order.
    ShortCuts find_short_cuts(std::size_t order) const {
        ShortCuts found;
        Diagram longer;
        for (std::uint32_t most = 1; most <= telling_cut && !is_simple_; ++most) {
            auto cuts = build_cuts(circuit_, orders_[order], {short_cut_nodes, most}, longer);
            if (!cuts) {
                break;
            }
            longer = std::move(*cuts);
            found.most = most;
            found.size_found = longer.nodes.size();
            if (most <= short_cut) {
                found.cuts = longer;
            }
        }
        return found;
    }

    /// Of the first orders, the one in which the short cuts take the least room.
    std::size_t best_order() {
        std::size_t best = 0;
        for (std::size_t i = 1; i < std::min<std::size_t>(3, orders_.size()); ++i) {
            const ShortCuts& now = short_cuts(i);
            const ShortCuts& least = short_cuts(best);
            if (now.most > least.most
                || (now.most == least.most && now.size_found < least.size_found)) {
                best = i;
            }
        }
        return best;
    }

    void take_cuts(Diagram cuts, const VariableOrder& order) {
        solution_.cuts = {std::move(cuts), order};
        solution_.cut_limit = Zbdd::no_limit;
        has_cuts_ = true;
        if (!solution_.function && budget_.wants_function && !is_simple_) {
            function_from_cuts();
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

    void function_from_cuts() {
        const auto family = list_of(solution_.cuts, small_family);
        if (!family) {
            return;
        }
        const std::size_t nodes = std::min<std::size_t>(budget_.nodes, 40'000);
        if (auto function = decompose(*family, members_for_a_node * nodes)) {
            solution_.function = OrderedDiagram{std::move(*function), as_given(circuit_)};
        }
    }

    /// The longest cuts that still fit: up to the order asked for, and beyond it while that is
    /// cheap.
    void limit_cuts() {
        solution_.cuts = {Diagram{}, orders_.front()};
        solution_.cut_limit = 0;
        const std::size_t cheap = budget_.nodes / 16;
        for (std::uint32_t most = 1; most <= circuit_.events; ++most) {
            const std::size_t nodes = most <= budget_.cut_order ? budget_.nodes : cheap;
            auto& known = solution_.cuts.diagram;
            auto cuts = build_cuts(circuit_, orders_.front(), {nodes, most}, known);
            if (!cuts) {
                break;
            }
            known = std::move(*cuts);
            solution_.cut_limit = most;
        }
    }

    static constexpr std::size_t small_effort = 10'000;  ///< nodes
    static constexpr std::size_t middle_effort = 100'000;
    static constexpr std::uint32_t short_cut = 3;
    static constexpr std::uint32_t telling_cut = 5;
    static constexpr std::size_t short_cut_nodes = 20'000;

    const Circuit& circuit_;
    SolveBudget budget_;
    bool is_simple_;  ///< one gate
    std::vector<VariableOrder> orders_;
    std::vector<std::optional<ShortCuts>> short_cuts_;  ///< by order, once they were asked for
    Solution solution_;
    bool has_cuts_ = false;
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
