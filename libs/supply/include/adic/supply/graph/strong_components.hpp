#pragma once

#include "adic/supply/graph/csr_graph.hpp"

#include <cstdint>
#include <vector>

namespace adic::supply::graph {

/// The strongly connected components of a graph, each after all the components that it reaches.
struct StrongComponents {
    std::vector<std::uint32_t> component_of;  ///< by node
    std::vector<std::uint32_t> order;         ///< all nodes, component by component
    std::vector<std::uint32_t> start;         ///< of each component in `order`, and the end

    std::size_t size() const { return start.size() - 1; }
};

/// Source: Tarjan (1972), "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2),
///         with a stack of its own instead of recursion.
/// Cost:   O(nodes + arcs).
StrongComponents strong_components(const CsrGraph& graph);

}  // namespace adic::supply::graph
