#include "adic/supply/graph/dominators.hpp"

#include <algorithm>
#include <cassert>

namespace adic::supply::graph {
namespace {

/// Nodes go by the number at which the search met them; 0 is the super source.
class SemiNca {
  public:
    SemiNca(const CsrGraph& graph, std::span<const std::uint32_t> roots)
        : graph_(graph)
        , number_(graph.size(), 0)
        , node_{super_source}
        , parent_{0} {
        for (const std::uint32_t root : roots) {
            assert(root < graph.size());
            if (number_[root] == 0) {
                search_from(root);
            }
        }
        is_root_.assign(node_.size(), false);
        for (const std::uint32_t root : roots) {
            is_root_[number_[root]] = true;
        }
    }

    std::vector<std::uint32_t> run() {
        dominator_ = parent_;
        find_semidominators();
        for (std::uint32_t i = 1; i < node_.size(); ++i) {
            while (dominator_[i] > semi_[i]) {
                dominator_[i] = dominator_[dominator_[i]];
            }
        }
        std::vector<std::uint32_t> immediate(graph_.size(), unreached);
        for (std::uint32_t i = 1; i < node_.size(); ++i) {
            immediate[node_[i]] = node_[dominator_[i]];
        }
        return immediate;
    }

  private:
    std::uint32_t enter(std::uint32_t node, std::uint32_t parent) {
        const auto number = static_cast<std::uint32_t>(node_.size());
        number_[node] = number;
        node_.push_back(node);
        parent_.push_back(parent);
        next_.push_back(graph_.first_arc(node));
        path_.push_back(number);
        return number;
    }

    void search_from(std::uint32_t root) {
        next_.resize(node_.size());
        enter(root, 0);
        while (!path_.empty()) {
            const std::uint32_t number = path_.back();
            const std::uint32_t node = node_[number];
            const std::size_t end = graph_.first_arc(node) + graph_.targets(node).size();
            if (next_[number] == end) {
                path_.pop_back();
                continue;
            }
            const std::uint32_t target = graph_.target(next_[number]++);
            if (number_[target] == 0) {
                enter(target, number);
            }
        }
    }

    void find_semidominators() {
        const CsrGraph reversed = graph_.reversed();
        const auto count = static_cast<std::uint32_t>(node_.size());
        for (std::uint32_t i = 0; i < count; ++i) {
            label_.push_back(i);
        }
        semi_ = label_;
        for (std::uint32_t i = count - 1; i > 0; --i) {
            std::uint32_t least = is_root_[i] ? 0 : parent_[i];
            for (const std::uint32_t before : reversed.targets(node_[i])) {
                if (number_[before] != 0) {
                    least = std::min(least, semi_[best_label(number_[before], i + 1)]);
                }
            }
            semi_[i] = least;
        }
    }

    /// The number of least semidominator on the way up from `i` among those from `linked` on.
    /// Shortens the way for later calls; from here on `parent_` is the forest of that.
    std::uint32_t best_label(std::uint32_t i, std::uint32_t linked) {
        if (parent_[i] < linked) {
            return label_[i];
        }
        while (parent_[i] >= linked) {
            path_.push_back(i);
            i = parent_[i];
        }
        while (!path_.empty()) {
            const std::uint32_t below = path_.back();
            path_.pop_back();
            parent_[below] = parent_[i];
            if (semi_[label_[i]] < semi_[label_[below]]) {
                label_[below] = label_[i];
            }
            i = below;
        }
        return label_[i];
    }

    const CsrGraph& graph_;
    std::vector<std::uint32_t> number_;  ///< by node; 0: not met
    std::vector<std::uint32_t> node_;    ///< by number, as all that follows
    std::vector<std::uint32_t> parent_;
    std::vector<std::uint32_t> next_;  ///< arc to look at next
    std::vector<bool> is_root_;
    std::vector<std::uint32_t> semi_;
    std::vector<std::uint32_t> label_;
    std::vector<std::uint32_t> dominator_;
    std::vector<std::uint32_t> path_;
};

}  // namespace

std::vector<std::uint32_t>
immediate_dominators(const CsrGraph& graph, std::span<const std::uint32_t> roots) {
    return SemiNca{graph, roots}.run();
}

std::vector<std::uint32_t> sources_of(const CsrGraph& graph) {
    std::vector<bool> has_incoming(graph.size(), false);
    for (std::uint32_t arc = 0; arc < graph.arc_count(); ++arc) {
        has_incoming[graph.target(arc)] = true;
    }
    std::vector<std::uint32_t> sources;
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
        if (!has_incoming[node]) {
            sources.push_back(node);
        }
    }
    return sources;
}

}  // namespace adic::supply::graph
