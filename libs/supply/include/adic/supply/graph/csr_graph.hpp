#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace adic::supply::graph {

struct Arc {
    std::uint32_t from;
    std::uint32_t to;

    friend bool operator==(Arc, Arc) = default;
};

/// A directed graph that is built once and then only read: compressed sparse rows. Parallel arcs
/// and loops are kept. The targets of a node stand in the order of their arcs.
class CsrGraph {
  public:
    /// Requires: every end below `nodes`. Cost: O(nodes + arcs).
    CsrGraph(std::size_t nodes, std::span<const Arc> arcs);

    /// The same arcs the other way round.
    CsrGraph reversed() const;

    /// Every arc in both directions; a loop once.
    CsrGraph undirected() const;

    std::size_t size() const { return start_.size() - 1; }

    std::size_t arc_count() const { return target_.size(); }

    std::span<const std::uint32_t> targets(std::uint32_t node) const {
        return std::span{target_}.subspan(start_[node], start_[node + 1] - start_[node]);
    }

    /// Position of the first arc of the node among all arcs.
    std::uint32_t first_arc(std::uint32_t node) const { return start_[node]; }

    std::uint32_t target(std::uint32_t arc) const { return target_[arc]; }

  private:
    std::vector<Arc> list_arcs() const;

    std::vector<std::uint32_t> start_;
    std::vector<std::uint32_t> target_;
};

}  // namespace adic::supply::graph
