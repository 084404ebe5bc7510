#include "cuts/diagram.hpp"

#include <algorithm>
#include <cassert>

namespace adic::supply::cuts {

namespace {

std::uint64_t key_of(std::uint32_t a, std::uint32_t b) {
    return std::uint64_t{a} << 32U | b;
}

}  // namespace

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
            entries_[hash(entry.key, entry.extra) & mask_] = entry;
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
    return cache_.find(key_of(f, g), static_cast<std::uint32_t>(operation) + 1);
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
        cache_.store(key_of(frame.f, frame.g), static_cast<std::uint32_t>(operation) + 1, result);
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

void Zbdd::collect(std::vector<NodeRef*>& roots) {
    table_.collect(roots);
    cache_.clear();
}

NodeRef Zbdd::minimal_solutions(const Diagram& bdd) {
    bdd_ = &bdd;
    cache_.clear();
    auto solutions = per_node(bdd.nodes.size(), zero, one);
    for (NodeRef ref = first_node; ref < bdd.nodes.size(); ++ref) {
        const Node& from = bdd.nodes[ref];
        const NodeRef high = run(Task::without_solutions, solutions[from.high], from.low, no_limit);
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

NodeRef Zbdd::known(Task task, NodeRef& a, NodeRef& b, std::uint32_t most) const {
    switch (task) {
    case Task::either:
        if (a > b) {
            std::swap(a, b);
        }
        if (a == zero || a == b) {
            return b;
        }
        if (a == one) {
            return one;  // the empty set is part of every other
        }
        break;
    case Task::both:
        if (a > b) {
            std::swap(a, b);
        }
        if (a == zero) {
            return zero;
        }
        if (a == one && b == one) {
            return one;
        }
        if (most == 0) {
            return zero;  // minimal families: a set without members stands alone
        }
        if (a == one && most == no_limit) {
            return b;
        }
        break;
    case Task::without:
        if (b == one || a == zero || a == b) {
            return zero;
        }
        if (b == zero || a == one) {
            return a;
        }
        break;
    case Task::truncated:
        if (a <= one || most >= no_limit) {
            return a;
        }
        if (most == 0) {
            return zero;
        }
        break;
    case Task::without_solutions:
        if (b == one || a == zero) {
            return zero;
        }
        if (b == zero || a == one) {
            return a;
        }
        break;
    }
    return cache_.find(key_of(a, b), most << 3U | static_cast<std::uint32_t>(task));
}

NodeRef Zbdd::run(Task task, NodeRef a, NodeRef b, std::uint32_t most) {
    stack_.clear();
    call(task, a, b, most);
    while (!stack_.empty()) {
        if (steps_left_ == 0) {
            return overflow;
        }
        --steps_left_;
        step();
    }
    return result_;
}

/// Leaves the answer in `result_`, or a frame on the stack and `overflow` in `result_`.
void Zbdd::call(Task task, NodeRef a, NodeRef b, std::uint32_t most) {
    result_ = known(task, a, b, most);
    if (result_ == overflow) {
        stack_.push_back({task, 0, most, a, b, {zero, zero, zero}});
    }
}

void Zbdd::finish(NodeRef result) {
    const Frame frame = stack_.back();
    if (result == overflow) {
        stack_.clear();
    } else {
        stack_.pop_back();
        cache_.store(
            key_of(frame.a, frame.b),
            frame.most << 3U | static_cast<std::uint32_t>(frame.task),
            result
        );
    }
    result_ = result;
}

void Zbdd::step() {
    Frame& frame = stack_.back();
    if (frame.task == Task::both) {
        step_both(frame);
    } else {
        step_simple(frame);
    }
}

/// The tasks that split both operands on one variable and put the parts together.
void Zbdd::step_simple(Frame& frame) {
    const Node a = table_[frame.a];
    const Node b = frame.task == Task::without_solutions ? bdd_->nodes[frame.b] : table_[frame.b];
    const std::uint32_t level = std::min(a.level, b.level);
    const Node from_a = a.level == level ? a : Node{level, frame.a, zero};
    const Node from_b = b.level == level ? b : Node{level, frame.b, zero};
    const bool is_filter = frame.task == Task::without || frame.task == Task::without_solutions;
    const Frame now = frame;
    switch (frame.stage++) {
    case 0: call(now.task, from_a.low, from_b.low, now.most); return;
    case 1:
        frame.part[0] = result_;
        if (now.task == Task::truncated) {
            call(Task::truncated, from_a.high, zero, now.most - 1);
        } else if (now.task == Task::without_solutions) {
            // Sets are filtered by the function with the event failed, where it is decided here.
            call(now.task, from_a.high, b.level == level ? b.high : now.b, now.most);
        } else {
            call(now.task, from_a.high, from_b.high, now.most);
        }
        return;
    case 2:
        if (now.task == Task::either) {
            call(Task::without, result_, now.part[0], no_limit);
            return;
        }
        if (now.task == Task::without) {
            call(Task::without, result_, from_b.low, no_limit);
            return;
        }
        break;
    default: break;
    }
    finish(is_filter && a.level != level ? now.part[0] : node(level, now.part[0], result_));
}

/// (a0 + x a1)(b0 + x b1) = a0 b0 + x (a1 (b0 + b1) + a0 b1), minimal.
void Zbdd::step_both(Frame& frame) {
    const Node a = table_[frame.a];
    const Node b = table_[frame.b];
    const std::uint32_t level = std::min(a.level, b.level);
    const Node from_a = a.level == level ? a : Node{level, frame.a, zero};
    const Node from_b = b.level == level ? b : Node{level, frame.b, zero};
    const Frame now = frame;
    const std::uint32_t less = now.most == no_limit ? no_limit : now.most - 1;
    if (now.a == one) {
        if (frame.stage++ == 0) {
            call(Task::truncated, now.b, zero, now.most);
        } else {
            finish(result_);
        }
        return;
    }
    switch (frame.stage++) {
    case 0: call(Task::both, from_a.low, from_b.low, now.most); return;
    case 1:
        frame.part[0] = result_;
        call(Task::either, from_b.low, from_b.high, no_limit);
        return;
    case 2: call(Task::both, from_a.high, result_, less); return;
    case 3:
        frame.part[1] = result_;
        call(Task::both, from_a.low, from_b.high, less);
        return;
    case 4: call(Task::either, now.part[1], result_, no_limit); return;
    case 5: call(Task::without, result_, now.part[0], no_limit); return;
    default: finish(node(level, now.part[0], result_)); return;
    }
}

}  // namespace adic::supply::cuts
