#include "adic/supply/graph/csr_graph.hpp"

#include <cassert>
#include <numeric>

namespace adic::supply::graph {

CsrGraph::CsrGraph(std::size_t nodes, std::span<const Arc> arcs)
    : start_(nodes + 1)
    , target_(arcs.size()) {
    for (const Arc& arc : arcs) {
        assert(arc.from < nodes && arc.to < nodes);
        ++start_[arc.from + 1];
    }
    std::partial_sum(start_.begin(), start_.end(), start_.begin());
    std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
    for (const Arc& arc : arcs) {
        target_[next[arc.from]++] = arc.to;
    }
}

std::vector<Arc> CsrGraph::list_arcs() const {
    std::vector<Arc> arcs;
    arcs.reserve(arc_count());
    for (std::uint32_t node = 0; node < size(); ++node) {
        for (const std::uint32_t target : targets(node)) {
            arcs.push_back({node, target});
        }
    }
    return arcs;
}

CsrGraph CsrGraph::reversed() const {
    std::vector<Arc> arcs = list_arcs();
    for (Arc& arc : arcs) {
        arc = {arc.to, arc.from};
    }
    return CsrGraph{size(), arcs};
}

CsrGraph CsrGraph::undirected() const {
    std::vector<Arc> arcs = list_arcs();
    const std::size_t count = arcs.size();
    arcs.reserve(2 * count);
    for (std::size_t a = 0; a < count; ++a) {
        if (arcs[a].from != arcs[a].to) {
            arcs.push_back({arcs[a].to, arcs[a].from});
        }
    }
    return CsrGraph{size(), arcs};
}

}  // namespace adic::supply::graph
