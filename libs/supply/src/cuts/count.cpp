#include "cuts/count.hpp"

#include <algorithm>

namespace adic::supply::cuts {

namespace {

constexpr std::size_t readable_bits = 4096;

}  // namespace

std::optional<BigInt> count_all(
    const Module& module,
    const OrderedDiagram& cuts,
    const std::vector<std::optional<BigInt>>& below
) {
    const auto& nodes = cuts.diagram.nodes;
    auto count = per_node<BigInt>(nodes.size(), 0, 1);
    for (NodeRef i = first_node; i < nodes.size(); ++i) {
        const Module::Leaf leaf = module.leaves[cuts.order[nodes[i].level]];
        count[i] = count[nodes[i].high];
        if (leaf.is_module) {
            if (!below[leaf.index]) {
                return std::nullopt;
            }
            count[i] *= *below[leaf.index];
        }
        count[i] += count[nodes[i].low];
        if (count[i] != 0 && msb(count[i]) > readable_bits) {
            return std::nullopt;
        }
    }
    return count[cuts.diagram.root];
}

std::uint64_t longest_cut(
    const Module& module,
    const OrderedDiagram& cuts,
    const std::vector<std::uint64_t>& below
) {
    const auto& nodes = cuts.diagram.nodes;
    std::vector<std::uint64_t> longest(nodes.size(), 0);
    for (NodeRef i = first_node; i < nodes.size(); ++i) {
        const Module::Leaf leaf = module.leaves[cuts.order[nodes[i].level]];
        const std::uint64_t own = leaf.is_module ? below[leaf.index] : 1;
        longest[i] = std::max(longest[nodes[i].low], longest[nodes[i].high] + own);
    }
    return longest[cuts.diagram.root];
}

OrderCounts count_by_order(
    const Module& module,
    const OrderedDiagram& cuts,
    const std::vector<OrderCounts>& below,
    std::uint64_t orders
) {
    const auto& nodes = cuts.diagram.nodes;
    // Column k holds the sets of exactly k events below each node. Without modules below, only the
    // column before is ever looked at again.
    std::size_t kept = 2;
    for (const Module::Leaf leaf : module.leaves) {
        kept = std::max(kept, leaf.is_module ? below[leaf.index].size() : 0);
    }
    std::vector<std::vector<BigInt>> column(kept, std::vector<BigInt>(nodes.size()));
    OrderCounts counts;
    for (std::uint64_t k = 0; k <= orders; ++k) {
        auto& now = column[k % kept];
        now[zero] = 0;
        now[one] = k == 0 ? 1 : 0;
        for (NodeRef i = first_node; i < nodes.size(); ++i) {
            const Module::Leaf leaf = module.leaves[cuts.order[nodes[i].level]];
            now[i] = now[nodes[i].low];
            if (!leaf.is_module) {
                if (k > 0) {
                    now[i] += column[(k - 1) % kept][nodes[i].high];
                }
                continue;
            }
            const OrderCounts& inner = below[leaf.index];
            for (std::uint64_t j = 0; j < inner.size() && j <= k; ++j) {
                if (inner[j] != 0) {
                    now[i] += inner[j] * column[(k - j) % kept][nodes[i].high];
                }
            }
        }
        counts.push_back(now[cuts.diagram.root]);
    }
    return counts;
}

std::vector<BigInt> count_with_event(
    const Module& module,
    const OrderedDiagram& cuts,
    const std::vector<std::optional<BigInt>>& totals
) {
    const auto& nodes = cuts.diagram.nodes;
    const auto factor = [&](NodeRef node) -> BigInt {
        const Module::Leaf leaf = module.leaves[cuts.order[nodes[node].level]];
        return leaf.is_module ? totals[leaf.index].value_or(0) : BigInt(1);
    };
    auto below = per_node<BigInt>(nodes.size(), 0, 1);
    for (NodeRef i = first_node; i < nodes.size(); ++i) {
        below[i] = below[nodes[i].low] + factor(i) * below[nodes[i].high];
    }
    std::vector<BigInt> above(nodes.size());
    above[cuts.diagram.root] = 1;
    std::vector<BigInt> with_event(module.leaves.size());
    for (NodeRef i = static_cast<NodeRef>(nodes.size()); i-- > first_node;) {
        above[nodes[i].low] += above[i];
        above[nodes[i].high] += above[i] * factor(i);
        // Without the factor: how often the module stands as an event.
        with_event[cuts.order[nodes[i].level]] += above[i] * below[nodes[i].high];
    }
    return with_event;
}

}  // namespace adic::supply::cuts
