#include "cuts/list.hpp"

#include <algorithm>
#include <numeric>

namespace adic::supply::cuts {

namespace {

/// Products of the same factors in another order differ by less.
constexpr double rounding = 1e-12;

std::vector<std::uint32_t> ranks_by_name(const model::FaultTree& tree) {
    std::vector<std::uint32_t> order(tree.events.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t event) -> const std::string& {
        return tree.events[event].name;
    });
    std::vector<std::uint32_t> rank(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        rank[order[i]] = i;
    }
    return rank;
}

}  // namespace

CutLister::CutLister(
    const model::FaultTree& tree,
    const std::vector<Module>& modules,
    const std::vector<Solution>& solutions,
    std::uint32_t most_events
)
    : tree_(tree)
    , modules_(modules)
    , solutions_(solutions)
    , width_(most_events + std::size_t{1})
    , best_(modules.size())
    , name_rank_(ranks_by_name(tree)) {
    for (std::size_t module = 0; module < modules.size(); ++module) {
        fill_best(module);
    }
}

std::vector<MinimalCut> CutLister::list(std::uint32_t order, std::size_t most) {
    kept_.clear();
    most_ = most;
    threshold_ = impossible;
    left_ = order;
    probability_ = 1.0;
    Rest end{nullptr, 0, one, {1.0}};
    end.best.resize(width_, impossible);
    if (most > 0) {
        visit(modules_.size() - 1, solutions_.back().cuts.diagram.root, end);
    }
    trim();
    return std::move(kept_);
}

/// Choosing from `a` and from `b`, by the number of events of both.
std::vector<double> CutLister::joined(std::span<const double> a, std::span<const double> b) const {
    std::vector<double> both(width_, impossible);
    for (std::size_t i = 0; i < width_; ++i) {
        for (std::size_t j = 0; i + j < width_ && a[i] >= 0.0; ++j) {
            if (b[j] >= 0.0) {
                both[i + j] = std::max(both[i + j], a[i] * b[j]);
            }
        }
    }
    return both;
}

std::span<const double> CutLister::best_of(std::size_t module, NodeRef node) const {
    return std::span(best_[module]).subspan(node * width_, width_);
}

/// An event without probability counts as 0 here, so that its cuts come last.
double CutLister::value_of(std::uint32_t event) const {
    const auto& probability = tree_.events[event].probability;
    return probability ? probability->likely() : 0.0;
}

void CutLister::fill_best(std::size_t module) {
    const OrderedDiagram& cuts = solutions_[module].cuts;
    const auto& nodes = cuts.diagram.nodes;
    best_[module].assign(nodes.size() * width_, impossible);
    best_[module][one * width_] = 1.0;
    for (NodeRef i = first_node; i < nodes.size(); ++i) {
        const Module::Leaf leaf = modules_[module].leaves[cuts.order[nodes[i].level]];
        std::vector<double> own(width_, impossible);
        if (!leaf.is_module && width_ > 1) {
            own[1] = value_of(leaf.index);
        } else if (leaf.is_module) {
            const auto inner = best_of(leaf.index, solutions_[leaf.index].cuts.diagram.root);
            own.assign(inner.begin(), inner.end());
        }
        const std::vector<double> high = joined(own, best_of(module, nodes[i].high));
        const auto low = best_of(module, nodes[i].low);
        for (std::size_t k = 0; k < width_; ++k) {
            best_[module][i * width_ + k] = std::max(low[k], high[k]);
        }
    }
}

/// Whether some choice from here on completes a cut that belongs in the list.
bool CutLister::is_worth_it(std::size_t module, NodeRef node, const Rest& rest) const {
    const auto best = best_of(module, node);
    double most = impossible;
    for (std::size_t i = 0; i <= left_; ++i) {
        if (best[i] >= 0.0 && rest.best[left_ - i] >= 0.0) {
            most = std::max(most, best[i] * rest.best[left_ - i]);
        }
    }
    return most >= 0.0 && probability_ * most > threshold_;
}

void CutLister::visit(std::size_t module, NodeRef node, const Rest& rest) {
    const OrderedDiagram& cuts = solutions_[module].cuts;
    while (node != zero && is_worth_it(module, node, rest)) {
        if (node == one) {
            if (rest.next == nullptr) {
                keep();
            } else {
                visit(rest.module, rest.node, *rest.next);
            }
            return;
        }
        const Node& here = cuts.diagram.nodes[node];
        take(modules_[module].leaves[cuts.order[here.level]], module, here.high, rest);
        node = here.low;
    }
}

void CutLister::take(const Module::Leaf& leaf, std::size_t module, NodeRef high, const Rest& rest) {
    if (leaf.is_module) {
        const Rest inner{&rest, module, high, joined(best_of(module, high), rest.best)};
        visit(leaf.index, solutions_[leaf.index].cuts.diagram.root, inner);
        return;
    }
    if (left_ == 0) {
        return;
    }
    const double before = probability_;
    probability_ *= value_of(leaf.index);
    chosen_.push_back(leaf.index);
    --left_;
    visit(module, high, rest);
    ++left_;
    chosen_.pop_back();
    probability_ = before;
}

void CutLister::keep() {
    MinimalCut cut{chosen_, 1.0};
    std::ranges::sort(cut.events, {}, [&](std::uint32_t event) { return name_rank_[event]; });
    for (const std::uint32_t event : cut.events) {
        const auto& probability = tree_.events[event].probability;
        if (!probability) {
            cut.probability.reset();
            break;
        }
        *cut.probability *= probability->likely();
    }
    kept_.push_back(std::move(cut));
    constexpr std::size_t slack = 1'000;
    if (kept_.size() >= 2 * most_ + slack) {
        trim();
    }
}

bool CutLister::is_before(const MinimalCut& a, const MinimalCut& b) const {
    const double first = a.probability.value_or(impossible);
    const double second = b.probability.value_or(impossible);
    if (first != second) {
        return first > second;
    }
    return std::ranges::lexicographical_compare(a.events, b.events, [&](auto x, auto y) {
        return name_rank_[x] < name_rank_[y];
    });
}

/// Sorts what was found, and drops what is beyond the list; only better ones are of interest then.
void CutLister::trim() {
    std::ranges::sort(kept_, [&](const auto& a, const auto& b) { return is_before(a, b); });
    if (kept_.size() >= most_ && most_ > 0) {
        kept_.resize(most_);
        threshold_ = kept_.back().probability.value_or(0.0) * (1.0 + rounding);
    }
}

}  // namespace adic::supply::cuts
