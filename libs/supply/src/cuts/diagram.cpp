#include "cuts/diagram.hpp"

#include <algorithm>
#include <cassert>

namespace adic::supply::cuts {

NodeTable::NodeTable(std::size_t node_budget)
    : budget_(std::min<std::size_t>(node_budget, 1U << 30U)) {
    nodes_ = {{terminal_level, zero, zero}, {terminal_level, one, one}};
    rehash(1U << 6U);
}

NodeRef NodeTable::add(const Node& node, std::size_t slot) {
    if (nodes_.size() >= budget_) {
        return overflow;
    }
    const auto ref = static_cast<NodeRef>(nodes_.size());
    nodes_.push_back(node);
    slots_[slot] = ref;
    if (2 * nodes_.size() > slots_.size()) {
        rehash(2 * slots_.size());
    }
    return ref;
}

void NodeTable::rehash(std::size_t slots) {
    slots_.assign(slots, zero);
    mask_ = slots - 1;
    for (NodeRef ref = first_node; ref < nodes_.size(); ++ref) {
        std::size_t slot = hash(nodes_[ref]) & mask_;
        while (slots_[slot] != zero) {
            slot = (slot + 1) & mask_;
        }
        slots_[slot] = ref;
    }
}

void NodeTable::collect(std::vector<NodeRef*>& roots) {
    auto renamed = per_node(nodes_.size(), zero, one);
    for (const NodeRef* root : roots) {
        renamed[*root] = one;
    }
    for (NodeRef ref = static_cast<NodeRef>(nodes_.size()); ref-- > first_node;) {
        if (renamed[ref] != zero) {
            renamed[nodes_[ref].low] = one;
            renamed[nodes_[ref].high] = one;
        }
    }
    renamed[zero] = zero;
    NodeRef next = first_node;
    for (NodeRef ref = first_node; ref < nodes_.size(); ++ref) {
        if (renamed[ref] != zero) {
            const Node node = nodes_[ref];
            nodes_[next] = {node.level, renamed[node.low], renamed[node.high]};
            renamed[ref] = next++;
        }
    }
    nodes_.resize(next);
    for (NodeRef* root : roots) {
        *root = renamed[*root];
    }
    rehash(slots_.size());
}

Diagram NodeTable::extract(NodeRef root) const {
    Diagram diagram;
    auto renamed = per_node(root + std::size_t{1}, zero, one);
    renamed[root] = one;
    for (NodeRef ref = root; ref >= first_node; --ref) {
        if (renamed[ref] != zero) {
            renamed[nodes_[ref].low] = one;
            renamed[nodes_[ref].high] = one;
        }
    }
    renamed[zero] = zero;
    renamed[one] = one;
    for (NodeRef ref = first_node; ref <= root; ++ref) {
        if (renamed[ref] != zero) {
            const Node& node = nodes_[ref];
            renamed[ref] = static_cast<NodeRef>(diagram.nodes.size());
            diagram.nodes.push_back({node.level, renamed[node.low], renamed[node.high]});
        }
    }
    diagram.root = renamed[root];
    return diagram;
}

void ComputedCache::clear() {
    std::ranges::fill(entries_, Entry{});
}

void ComputedCache::grow() {
    std::vector<Entry> old(2 * entries_.size());
    old.swap(entries_);
    mask_ = entries_.size() - 1;
    for (const Entry& entry : old) {
        if (entry.result != overflow) {
            entries_[hash(entry.key) & mask_] = entry;
        }
    }
}

template <Bdd::Operation operation>
NodeRef Bdd::known(NodeRef& f, NodeRef& g) const {
    constexpr NodeRef absorbing = operation == Operation::either ? one : zero;
    constexpr NodeRef neutral = operation == Operation::either ? zero : one;
    if (f > g) {
        std::swap(f, g);
    }
    if (f == g || g == neutral) {
        return f;
    }
    if (f == neutral) {
        return g;
    }
    if (f == absorbing || g == absorbing) {
        return absorbing;
    }
    return cache_.find({f, g, zero, static_cast<std::uint32_t>(operation)});
}

template <Bdd::Operation operation>
NodeRef Bdd::apply(NodeRef f, NodeRef g) {
    NodeRef result = known<operation>(f, g);
    if (result != overflow) {
        return result;
    }
    stack_.clear();
    stack_.push_back({f, g, zero, false});
    bool has_result = false;
    while (!stack_.empty()) {
        Frame& frame = stack_.back();
        const Node a = table_[frame.f];
        const Node b = table_[frame.g];
        const std::uint32_t level = std::min(a.level, b.level);
        if (!has_result) {
            NodeRef low_f = a.level == level ? a.low : frame.f;
            NodeRef low_g = b.level == level ? b.low : frame.g;
            result = known<operation>(low_f, low_g);
            if (result == overflow) {
                stack_.push_back({low_f, low_g, zero, false});
                continue;
            }
            has_result = true;
        }
        if (!frame.has_low) {
            frame.low = result;
            frame.has_low = true;
            NodeRef high_f = a.level == level ? a.high : frame.f;
            NodeRef high_g = b.level == level ? b.high : frame.g;
            result = known<operation>(high_f, high_g);
            if (result == overflow) {
                has_result = false;
                stack_.push_back({high_f, high_g, zero, false});
                continue;
            }
        }
        result = decide({level, frame.low, result});
        if (result == overflow || steps_left_ == 0) {
            return overflow;
        }
        --steps_left_;
        cache_.store({frame.f, frame.g, zero, static_cast<std::uint32_t>(operation)}, result);
        stack_.pop_back();
    }
    return result;
}

template NodeRef Bdd::apply<Bdd::Operation::either>(NodeRef f, NodeRef g);
template NodeRef Bdd::apply<Bdd::Operation::both>(NodeRef f, NodeRef g);

void Bdd::collect(std::vector<NodeRef*>& roots) {
    table_.collect(roots);
    cache_.clear();
}

Zbdd::Zbdd(std::size_t node_budget)
    : table_(node_budget)
    , extents_{{65535, 0, 65535, 0}, {0, 0, 0, 0}}
    , steps_left_(steps_for_a_node * node_budget) {}

Zbdd::Extent Zbdd::joined(std::uint32_t level, NodeRef low, NodeRef high) const {
    const auto fitting = [](std::uint32_t value) {
        return static_cast<std::uint16_t>(std::min<std::uint32_t>(value, 65535));
    };
    const Extent& without = extents_[low];
    const Extent& with = extents_[high];
    return {
        std::min(without.fewest, fitting(with.fewest + 1U)),
        std::max(without.most, fitting(with.most + 1U)),
        std::min(without.nearest, std::max(with.nearest, fitting(level + 1U))),
        std::max(without.deepest, std::max(with.deepest, fitting(level + 1U)))};
}

void Zbdd::collect(std::vector<NodeRef*>& roots) {
    table_.collect(roots);
    cache_.clear();
    extents_.resize(first_node);
    for (NodeRef ref = first_node; ref < table_.size(); ++ref) {
        const Node& node = table_[ref];
        extents_.push_back(joined(node.level, node.low, node.high));
    }
}

NodeRef Zbdd::copy(const Diagram& family) {
    auto copied = per_node(family.nodes.size(), zero, one);
    for (NodeRef ref = first_node; ref < family.nodes.size(); ++ref) {
        const Node& from = family.nodes[ref];
        copied[ref] = node(from.level, copied[from.low], copied[from.high]);
        if (copied[ref] == overflow) {
            return overflow;
        }
    }
    return copied[family.root];
}

NodeRef Zbdd::minimal_solutions(const Diagram& bdd) {
    bdd_ = &bdd;
    cache_.clear();
    auto solutions = per_node(bdd.nodes.size(), zero, one);
    for (NodeRef ref = first_node; ref < bdd.nodes.size(); ++ref) {
        const Node& from = bdd.nodes[ref];
        const NodeRef high =
            run({Task::without_solutions, 0, no_limit, solutions[from.high], from.low, zero});
        if (high == overflow) {
            return overflow;
        }
        solutions[ref] = node(from.level, solutions[from.low], high);
        if (solutions[ref] == overflow) {
            return overflow;
        }
    }
    bdd_ = nullptr;
    return solutions[bdd.root];
}

NodeRef Zbdd::remembered(const Frame& frame) const {
    return cache_.find(
        {frame.a, frame.b, frame.but, frame.most << 3U | static_cast<std::uint32_t>(frame.task)}
    );
}

NodeRef Zbdd::known_both(Frame& frame) const {
    if (frame.a > frame.b) {
        std::swap(frame.a, frame.b);
    }
    if (frame.a == zero || frame.but == one) {
        return zero;
    }
    if (frame.a == frame.b) {
        frame.a = one;  // the sets of a minimal family, joined, contain those sets themselves
    }
    if (frame.b == one) {
        return one;
    }
    if (std::max(extents_[frame.a].fewest, extents_[frame.b].fewest) > frame.most) {
        return zero;
    }
    // Sets that need an event above both operands are contained in nothing that is made here.
    const std::uint32_t level = std::min(table_[frame.a].level, table_[frame.b].level);
    while (table_[frame.but].level < level) {
        frame.but = table_[frame.but].low;
    }
    if (frame.but == one) {
        return zero;
    }
    if (frame.a == one && frame.but == zero && extents_[frame.b].most <= frame.most) {
        return frame.b;
    }
    return remembered(frame);
}

NodeRef Zbdd::known_without(Frame& frame) const {
    while (frame.b > one && table_[frame.b].level < table_[frame.a].level) {
        frame.b = table_[frame.b].low;
    }
    if (frame.b == one || frame.a == zero || frame.a == frame.b) {
        return zero;
    }
    if (frame.b == zero || frame.a == one) {
        return frame.a;
    }
    const Extent& sets = extents_[frame.a];
    const Extent& parts = extents_[frame.b];
    if (parts.fewest > sets.most || parts.nearest > sets.deepest) {
        return frame.a;
    }
    return remembered(frame);
}

NodeRef Zbdd::known_truncated(const Frame& frame) const {
    if (extents_[frame.a].most <= frame.most) {
        return frame.a;
    }
    return extents_[frame.a].fewest > frame.most ? zero : remembered(frame);
}

/// The result, if it takes no step; else `overflow`. Gives equal tasks equal operands.
NodeRef Zbdd::known(Frame& frame) const {
    switch (frame.task) {
    case Task::either:
        if (frame.a > frame.b) {
            std::swap(frame.a, frame.b);
        }
        if (frame.a == zero || frame.a == frame.b) {
            return frame.b;
        }
        return frame.a == one ? one : remembered(frame);  // the empty set is part of every other
    case Task::both: return known_both(frame);
    case Task::without: return known_without(frame);
    case Task::truncated: return known_truncated(frame);
    case Task::without_solutions:
        if (frame.b == one || frame.a == zero) {
            return zero;
        }
        return frame.b == zero || frame.a == one ? frame.a : remembered(frame);
    }
    return overflow;
}

NodeRef Zbdd::run(const Frame& frame) {
    stack_.clear();
    call(frame);
    while (!stack_.empty()) {
        step();
    }
    return result_;
}

/// Leaves the answer in `result_`, or a frame on the stack and `overflow` in `result_`.
void Zbdd::call(Frame frame) {
    result_ = known(frame);
    if (result_ == overflow) {
        if (steps_left_ == 0) {
            stack_.clear();
            return;
        }
        --steps_left_;
        stack_.push_back(frame);
    }
}

void Zbdd::finish(NodeRef result) {
    const Frame& frame = stack_.back();
    if (result == overflow) {
        stack_.clear();
    } else {
        const auto task = frame.most << 3U | static_cast<std::uint32_t>(frame.task);
        cache_.store({frame.a, frame.b, frame.but, task}, result);
        stack_.pop_back();
    }
    result_ = result;
}

void Zbdd::step() {
    Frame& frame = stack_.back();
    if (frame.task != Task::both) {
        step_simple(frame);
    } else if (frame.a == one) {
        step_single(frame);
    } else {
        step_both(frame);
    }
}

/// The tasks that split both operands on one variable and put the parts together.
void Zbdd::step_simple(Frame& frame) {
    const Node a = table_[frame.a];
    const Node b = frame.task == Task::without_solutions ? bdd_->nodes[frame.b] : table_[frame.b];
    const std::uint32_t level = std::min(a.level, b.level);
    const Node from_a = a.level == level ? a : Node{level, frame.a, zero};
    const Node from_b = b.level == level ? b : Node{level, frame.b, zero};
    const bool is_filter = frame.task == Task::without_solutions;
    const Frame now = frame;
    switch (frame.stage++) {
    case 0: call({now.task, 0, now.most, from_a.low, from_b.low, zero}); return;
    case 1:
        frame.part[0] = result_;
        if (now.task == Task::truncated) {
            call({now.task, 0, now.most - 1, from_a.high, zero, zero});
        } else if (is_filter) {
            // Sets are filtered by the function with the event failed, where it is decided here.
            call({now.task, 0, now.most, from_a.high, b.level == level ? b.high : now.b, zero});
        } else {
            call({now.task, 0, now.most, from_a.high, from_b.high, zero});
        }
        return;
    case 2:
        if (now.task == Task::either) {
            call({Task::without, 0, no_limit, result_, now.part[0], zero});
            return;
        }
        if (now.task == Task::without) {
            call({Task::without, 0, no_limit, result_, from_b.low, zero});
            return;
        }
        break;
    default: break;
    }
    finish(is_filter && a.level != level ? now.part[0] : node(level, now.part[0], result_));
}

/// (a0 + x a1)(b0 + x b1) = a0 b0 + x (a1 (b0 + b1) + a0 b1), minimal. With x, the sets to leave
/// out are those with x and those without.
void Zbdd::step_both(Frame& frame) {
    const Node a = table_[frame.a];
    const Node b = table_[frame.b];
    const Node but = table_[frame.but];
    const std::uint32_t level = std::min(a.level, b.level);
    const Node from_a = a.level == level ? a : Node{level, frame.a, zero};
    const Node from_b = b.level == level ? b : Node{level, frame.b, zero};
    const Node from_but = but.level == level ? but : Node{level, frame.but, zero};
    const Frame now = frame;
    const std::uint32_t less = now.most == no_limit ? no_limit : now.most - 1;
    switch (frame.stage++) {
    case 0: call({Task::both, 0, now.most, from_a.low, from_b.low, from_but.low}); return;
    case 1:
        frame.part[0] = result_;
        call({Task::either, 0, no_limit, from_but.low, from_but.high, zero});
        return;
    case 2:
        frame.part[1] = result_;
        call({Task::either, 0, no_limit, from_b.low, from_b.high, zero});
        return;
    case 3: call({Task::both, 0, less, from_a.high, result_, now.part[1]}); return;
    case 4:
        frame.part[2] = result_;
        call({Task::both, 0, less, from_a.low, from_b.high, now.part[1]});
        return;
    case 5: call({Task::either, 0, no_limit, now.part[2], result_, zero}); return;
    case 6: call({Task::without, 0, no_limit, result_, now.part[0], zero}); return;
    default: finish(node(level, now.part[0], result_)); return;
    }
}

/// The other operand alone, cut off and filtered.
void Zbdd::step_single(Frame& frame) {
    const Frame now = frame;
    switch (frame.stage++) {
    case 0: call({Task::truncated, 0, now.most, now.b, zero, zero}); return;
    case 1: call({Task::without, 0, no_limit, result_, now.but, zero}); return;
    default: finish(result_); return;
    }
}

}  // namespace adic::supply::cuts
