#include "adic/supply/graph/strong_components.hpp"

#include <algorithm>
#include <limits>

namespace adic::supply::graph {
namespace {

constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();

class Tarjan {
  public:
    explicit Tarjan(const CsrGraph& graph)
        : graph_(graph)
        , number_(graph.size(), unseen)
        , low_(graph.size())
        , next_(graph.size()) {
        found_.component_of.assign(graph.size(), unseen);
        found_.start.push_back(0);
    }

    StrongComponents run() && {
        for (std::uint32_t node = 0; node < graph_.size(); ++node) {
            if (number_[node] == unseen) {
                search_from(node);
            }
        }
        return std::move(found_);
    }

  private:
    void enter(std::uint32_t node) {
        number_[node] = low_[node] = count_++;
        next_[node] = graph_.first_arc(node);
        path_.push_back(node);
        open_.push_back(node);
    }

    void search_from(std::uint32_t root) {
        enter(root);
        while (!path_.empty()) {
            const std::uint32_t node = path_.back();
            const std::size_t end = graph_.first_arc(node) + graph_.targets(node).size();
            if (next_[node] == end) {
                leave(node);
            } else {
                look_at(node, graph_.target(next_[node]++));
            }
        }
    }

    void look_at(std::uint32_t node, std::uint32_t target) {
        if (number_[target] == unseen) {
            enter(target);
        } else if (found_.component_of[target] == unseen) {
            low_[node] = std::min(low_[node], number_[target]);
        }
    }

    void leave(std::uint32_t node) {
        path_.pop_back();
        if (!path_.empty()) {
            low_[path_.back()] = std::min(low_[path_.back()], low_[node]);
        }
        if (low_[node] == number_[node]) {
            close_component(node);
        }
    }

    void close_component(std::uint32_t root) {
        const auto component = static_cast<std::uint32_t>(found_.size());
        std::uint32_t node = unseen;
        do {
            node = open_.back();
            open_.pop_back();
            found_.component_of[node] = component;
            found_.order.push_back(node);
        } while (node != root);
        found_.start.push_back(static_cast<std::uint32_t>(found_.order.size()));
    }

    const CsrGraph& graph_;
    StrongComponents found_;
    std::vector<std::uint32_t> number_;
    std::vector<std::uint32_t> low_;
    std::vector<std::uint32_t> next_;  ///< arc to look at next
    std::vector<std::uint32_t> path_;  ///< of the search, from its root
    std::vector<std::uint32_t> open_;  ///< seen, component not yet closed
    std::uint32_t count_ = 0;
};

}  // namespace

StrongComponents strong_components(const CsrGraph& graph) {
    return Tarjan{graph}.run();
}

}  // namespace adic::supply::graph
