#include "cuts/measure.hpp"

#include <algorithm>
#include <numeric>

namespace adic::supply::cuts {

namespace {

std::vector<double> values_of(const OrderedDiagram& function, std::span<const double> events) {
    const auto& nodes = function.diagram.nodes;
    auto value = per_node(nodes.size(), 0.0, 1.0);
    for (NodeRef i = first_node; i < nodes.size(); ++i) {
        const double low = value[nodes[i].low];
        const double high = value[nodes[i].high];
        value[i] = nodes[i].level == independent_level
                       ? low + high - low * high
                       : low + events[function.order[nodes[i].level]] * (high - low);
    }
    return value;
}

/// P(some cut occurs) for a family without redundant cuts; empty beyond the budget.
std::optional<double> probability_of_some(
    const CutFamily& cuts,
    std::span<const double> events,
    std::size_t& step_budget
) {
    if (cuts.size() == 1) {
        step_budget -= std::min(step_budget, cuts[0].size());
        return std::accumulate(
            cuts[0].begin(),
            cuts[0].end(),
            1.0,
            [&](double product, std::uint32_t event) { return product * events[event]; }
        );
    }
    auto diagram = decompose(cuts, step_budget);
    if (!diagram) {
        return std::nullopt;
    }
    step_budget -= std::min(step_budget, 4 * diagram->nodes.size() + cuts.size());
    VariableOrder names(events.size());
    std::iota(names.begin(), names.end(), 0U);
    return probability_of({std::move(*diagram), std::move(names)}, events);
}

/// By diagrams: "some set of the family is failed" as a BDD, for all sets and then for the sets
/// through each event.
class SharesOnDiagrams {
  public:
    SharesOnDiagrams(const OrderedDiagram& cuts, std::span<const double> events, std::size_t budget)
        : cuts_(cuts)
        , nodes_(cuts.diagram.nodes)
        , events_(events)
        , budget_(budget)
        , bdd_(budget) {}

    std::optional<std::vector<double>> run() {
        if (nodes_.size() > steps_for_a_node * budget_ / (cuts_.order.size() + 1) || !close()) {
            return std::nullopt;
        }
        std::vector<double> shares(events_.size(), 0.0);
        for (std::uint32_t level = 0; level < cuts_.order.size(); ++level) {
            const NodeRef through = sets_through(level);
            if (through == overflow) {
                return std::nullopt;
            }
            shares[cuts_.order[level]] = value_of(through);
        }
        return shares;
    }

  private:
    /// if the event has failed, `high` or `low`, else `low`.
    NodeRef either_side(std::uint32_t level, NodeRef low, NodeRef high) {
        const NodeRef joined = bdd_.either(low, high);
        return joined == overflow ? overflow : bdd_.decide({level, low, joined});
    }

    bool close() {
        closed_ = per_node(nodes_.size(), zero, one);
        for (NodeRef i = first_node; i < nodes_.size(); ++i) {
            closed_[i] =
                either_side(nodes_[i].level, closed_[nodes_[i].low], closed_[nodes_[i].high]);
            if (closed_[i] == overflow) {
                return false;
            }
        }
        return true;
    }

    /// The sets with the event of `level`, without it.
    NodeRef sets_through(std::uint32_t level) {
        std::vector<NodeRef> through(nodes_.size(), zero);
        for (NodeRef i = first_node; i < nodes_.size(); ++i) {
            const Node& node = nodes_[i];
            if (node.level == level) {
                through[i] = closed_[node.high];
            } else if (node.level < level) {
                through[i] = either_side(node.level, through[node.low], through[node.high]);
            }
            if (through[i] == overflow) {
                return overflow;
            }
        }
        return through[cuts_.diagram.root];
    }

    double value_of(NodeRef ref) {
        if (values_.empty()) {
            values_ = {0.0, 1.0};
        }
        for (auto i = static_cast<NodeRef>(values_.size()); i <= ref; ++i) {
            const Node& node = bdd_.table()[i];
            const double low = values_[node.low];
            values_.push_back(low + events_[cuts_.order[node.level]] * (values_[node.high] - low));
        }
        return values_[ref];
    }

    const OrderedDiagram& cuts_;
    const std::vector<Node>& nodes_;
    std::span<const double> events_;
    std::size_t budget_;
    Bdd bdd_;
    std::vector<NodeRef> closed_;
    std::vector<double> values_;
};

}  // namespace

CutFamily partners_of(const CutFamily& cuts, std::uint32_t event) {
    CutFamily partners;
    for (const auto& cut : cuts) {
        if (std::ranges::binary_search(cut, event)) {
            partners.push_back(cut);
            std::erase(partners.back(), event);
        }
    }
    return partners;
}

double probability_of(const OrderedDiagram& function, std::span<const double> events) {
    return values_of(function, events)[function.diagram.root];
}

std::vector<double> derivatives_of(const OrderedDiagram& function, std::span<const double> events) {
    const auto& nodes = function.diagram.nodes;
    const std::vector<double> value = values_of(function, events);
    std::vector<double> weight(nodes.size(), 0.0);
    std::vector<double> derivative(events.size(), 0.0);
    weight[function.diagram.root] = 1.0;
    for (NodeRef i = static_cast<NodeRef>(nodes.size()); i-- > first_node;) {
        const Node& node = nodes[i];
        if (node.level == independent_level) {
            weight[node.low] += weight[i] * (1.0 - value[node.high]);
            weight[node.high] += weight[i] * (1.0 - value[node.low]);
            continue;
        }
        const std::uint32_t event = function.order[node.level];
        weight[node.low] += weight[i] * (1.0 - events[event]);
        weight[node.high] += weight[i] * events[event];
        derivative[event] += weight[i] * (value[node.high] - value[node.low]);
    }
    return derivative;
}

std::optional<std::vector<double>> shares_by_listing(
    const OrderedDiagram& cuts,
    std::span<const double> events,
    std::size_t step_budget
) {
    constexpr std::size_t most_cuts = 2'000;
    const auto family = list_of(cuts, most_cuts);
    if (!family) {
        return std::nullopt;
    }
    std::vector<double> shares(events.size(), 0.0);
    for (const std::uint32_t event : cuts.order) {
        const CutFamily partners = partners_of(*family, event);
        std::size_t members = family->size();
        for (const auto& cut : partners) {
            members += cut.size();
        }
        if (members > step_budget) {
            return std::nullopt;
        }
        step_budget -= members;
        const auto share = probability_of_some(partners, events, step_budget);
        if (!share) {
            return std::nullopt;
        }
        shares[event] = *share;
    }
    return shares;
}

std::optional<std::vector<double>> shares_on_diagrams(
    const OrderedDiagram& cuts,
    std::span<const double> events,
    std::size_t node_budget
) {
    return SharesOnDiagrams(cuts, events, node_budget).run();
}

std::optional<std::vector<double>> shares_of_events(
    const OrderedDiagram& cuts,
    std::span<const double> events,
    std::size_t node_budget
) {
    if (auto shares = shares_by_listing(cuts, events, steps_for_a_node * node_budget)) {
        return shares;
    }
    return shares_on_diagrams(cuts, events, node_budget);
}

}  // namespace adic::supply::cuts
