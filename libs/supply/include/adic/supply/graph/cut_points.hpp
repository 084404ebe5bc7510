#pragma once

#include "adic/supply/graph/csr_graph.hpp"

#include <cstdint>
#include <vector>

namespace adic::supply::graph {

/// What holds a graph together when directions do not count.
struct CutPoints {
    std::vector<std::uint32_t> articulation_points;  ///< nodes whose removal splits a part; rising
    std::vector<Arc> bridges;  ///< edges whose removal splits a part; lower end first, rising
};

/// Articulation points and bridges of the undirected version of the graph. Two arcs between the
/// same nodes, in whichever directions, are two edges.
///
/// Neither knows of needs that must all be met, or of votes: single points of failure are the
/// minimal cuts of one event.
///
/// Source: Hopcroft, Tarjan (1973), "Algorithm 447", Commun. ACM 16(6), 372, with a stack of its
///         own instead of recursion.
/// Cost:   O(nodes + arcs).
CutPoints cut_points(const CsrGraph& graph);

}  // namespace adic::supply::graph
