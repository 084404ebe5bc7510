#include "adic/supply/graph/cut_points.hpp"

#include <algorithm>
#include <limits>

namespace adic::supply::graph {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

class LowPoints {
  public:
    explicit LowPoints(const CsrGraph& graph) : graph_(graph.undirected()), nodes_(graph.size()) {}

    CutPoints run() {
        for (std::uint32_t node = 0; node < graph_.size(); ++node) {
            if (nodes_[node].number == none) {
                search_from(node);
            }
        }
        for (std::uint32_t node = 0; node < graph_.size(); ++node) {
            if (nodes_[node].is_cut) {
                found_.articulation_points.push_back(node);
            }
        }
        std::ranges::sort(found_.bridges, [](Arc a, Arc b) {
            return std::pair{a.from, a.to} < std::pair{b.from, b.to};
        });
        return std::move(found_);
    }

  private:
    struct Node {
        std::uint32_t number = none;  ///< at which the search met it
        std::uint32_t low = none;     ///< least number that it and what hangs on it reach
        std::uint32_t parent = none;
        std::uint32_t next = 0;  ///< arc to look at next
        bool went_back = false;  ///< the edge to the parent has been skipped once
        bool is_cut = false;
    };

    void enter(std::uint32_t node, std::uint32_t parent) {
        Node& entered = nodes_[node];
        entered.number = entered.low = count_++;
        entered.parent = parent;
        entered.next = graph_.first_arc(node);
        path_.push_back(node);
    }

    void search_from(std::uint32_t root) {
        std::uint32_t children = 0;
        enter(root, none);
        while (!path_.empty()) {
            const std::uint32_t node = path_.back();
            const std::size_t end = graph_.first_arc(node) + graph_.targets(node).size();
            if (nodes_[node].next == end) {
                path_.pop_back();
                children += nodes_[node].parent == root ? 1U : 0U;
                leave(node, root);
            } else {
                look_at(node, graph_.target(nodes_[node].next++));
            }
        }
        nodes_[root].is_cut = children > 1;
    }

    void look_at(std::uint32_t at, std::uint32_t target) {
        Node& node = nodes_[at];
        if (nodes_[target].number == none) {
            enter(target, at);
        } else if (target == node.parent && !node.went_back) {
            node.went_back = true;
        } else {
            node.low = std::min(node.low, nodes_[target].number);
        }
    }

    void leave(std::uint32_t at, std::uint32_t root) {
        const Node& node = nodes_[at];
        if (node.parent == none) {
            return;
        }
        Node& parent = nodes_[node.parent];
        parent.low = std::min(parent.low, node.low);
        if (node.low >= parent.number && node.parent != root) {
            parent.is_cut = true;
        }
        if (node.low > parent.number) {
            found_.bridges.push_back({std::min(at, node.parent), std::max(at, node.parent)});
        }
    }

    CsrGraph graph_;
    std::vector<Node> nodes_;
    std::vector<std::uint32_t> path_;
    CutPoints found_;
    std::uint32_t count_ = 0;
};

}  // namespace

CutPoints cut_points(const CsrGraph& graph) {
    return LowPoints{graph}.run();
}

}  // namespace adic::supply::graph
