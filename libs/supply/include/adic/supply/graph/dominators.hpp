#pragma once

#include "adic/supply/graph/csr_graph.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace adic::supply::graph {

/// Stands for the source that all roots are joined to.
inline constexpr std::uint32_t super_source = std::numeric_limits<std::uint32_t>::max() - 1;
/// Stands for: no root reaches the node.
inline constexpr std::uint32_t unreached = std::numeric_limits<std::uint32_t>::max();

/// For each node its immediate dominator: the last node, other than itself, that lies on every path
/// from the roots to it; `super_source` if there is none, `unreached` if there is no path.
///
/// Source: Georgiadis, Tarjan, Werneck (2006), "Finding dominators in practice", J. Graph
///         Algorithms Appl. 10(1), 69: SEMI-NCA, with stacks of its own instead of recursion.
/// Requires: every root below graph.size().
/// Cost:   O(arcs * log nodes) at worst for the usual part, O(nodes^2) for the last; in practice
///         linear.
std::vector<std::uint32_t>
immediate_dominators(const CsrGraph& graph, std::span<const std::uint32_t> roots);

/// The nodes without incoming arcs, rising: the suppliers that nobody supplies.
std::vector<std::uint32_t> sources_of(const CsrGraph& graph);

}  // namespace adic::supply::graph
