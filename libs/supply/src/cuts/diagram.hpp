#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace adic::supply::cuts {

/// An operation that finds only nodes that are there already still takes steps; a budget of nodes
/// bounds them too.
constexpr std::size_t steps_for_a_node = 10;

/// Names a node of a diagram; the two terminals come first.
using NodeRef = std::uint32_t;

constexpr NodeRef zero = 0;
constexpr NodeRef one = 1;
constexpr NodeRef first_node = 2;
/// The answer of an operation that did not fit the node budget.
constexpr NodeRef overflow = 0xFFFFFFFF;

/// Decides variable number `level`; lower levels come first. In a BDD `high` is the function with
/// the event failed. In a ZBDD it is the family of the sets that contain it, without it.
struct Node {
    std::uint32_t level;
    NodeRef low;
    NodeRef high;
};

constexpr std::uint32_t terminal_level = 0xFFFFFFFF;
/// Not in a BDD or ZBDD: see decompose.hpp.
constexpr std::uint32_t independent_level = 0xFFFFFFFE;

/// A finished diagram: only what its root reaches, children before parents.
struct Diagram {
    std::vector<Node> nodes{{terminal_level, zero, zero}, {terminal_level, one, one}};
    NodeRef root = zero;
};

/// One value for each of `nodes` nodes: those of the terminals, and room for the others.
template <typename Value>
std::vector<Value> per_node(std::size_t nodes, const Value& of_zero, const Value& of_one) {
    std::vector<Value> values;
    values.reserve(nodes + first_node);
    values.push_back(of_zero);
    values.push_back(of_one);
    values.resize(std::max<std::size_t>(nodes, first_node));
    return values;
}

/// Nodes without duplicates, in one array, found through an open-addressed table of positions.
class NodeTable {
  public:
    explicit NodeTable(std::size_t node_budget);

    const Node& operator[](NodeRef ref) const { return nodes_[ref]; }

    std::size_t size() const { return nodes_.size(); }

    std::size_t budget() const { return budget_; }

    /// The node with these parts, new or not; `overflow` beyond the budget.
    NodeRef find_or_add(const Node& node) {
        std::size_t slot = hash(node) & mask_;
        while (slots_[slot] != zero) {
            const Node& other = nodes_[slots_[slot]];
            if (other.low == node.low && other.high == node.high && other.level == node.level) {
                return slots_[slot];
            }
            slot = (slot + 1) & mask_;
        }
        return add(node, slot);
    }

    /// Keeps what the roots reach, in the same order, and renames the roots.
    void collect(std::vector<NodeRef*>& roots);

    Diagram extract(NodeRef root) const;

  private:
    static std::size_t hash(const Node& node) {
        std::uint64_t h = (std::uint64_t{node.low} << 32U | node.high) * 0x9E3779B97F4A7C15U;
        h ^= (h >> 29U) + node.level;
        return (h * 0xBF58476D1CE4E5B9U) >> 20U;
    }

    NodeRef add(const Node& node, std::size_t slot);
    void rehash(std::size_t slots);

    std::size_t budget_;
    std::vector<Node> nodes_;
    std::vector<NodeRef> slots_;  ///< `zero`: free
    std::size_t mask_ = 0;
};

/// Remembers results of operations; an old one gives way to a new one in the same place.
class ComputedCache {
  public:
    ComputedCache() : entries_(first_size), mask_(first_size - 1) {}

    /// The operands of an operation and what it is.
    struct Key {
        NodeRef a;
        NodeRef b;
        NodeRef c;
        std::uint32_t task;

        friend bool operator==(const Key&, const Key&) = default;
    };

    /// `overflow` if not known.
    NodeRef find(const Key& key) const {
        const Entry& entry = entries_[hash(key) & mask_];
        return entry.key == key ? entry.result : overflow;
    }

    void store(const Key& key, NodeRef result) {
        if (++stored_ > entries_.size() && entries_.size() < most) {
            grow();
        }
        entries_[hash(key) & mask_] = {key, result};
    }

    void clear();

  private:
    struct Entry {
        Key key{zero, zero, zero, 0};
        NodeRef result = overflow;
    };

    static constexpr std::size_t first_size = 1U << 6U;
    static constexpr std::size_t most = 1U << 21U;  ///< 40 MiB

    /// A place for each result so far: few nodes can take many steps, which must not be forgotten.
    void grow();

    static std::size_t hash(const Key& key) {
        std::uint64_t h = (std::uint64_t{key.a} << 32U | key.b) ^ key.task;
        h = (h ^ std::uint64_t{key.c} * 0xD6E8FEB86659FD93U) * 0x9E3779B97F4A7C15U;
        h ^= h >> 32U;
        return (h * 0x94D049BB133111EBU) >> 24U;
    }

    std::vector<Entry> entries_;
    std::size_t mask_;
    std::size_t stored_ = 0;
};

/// Binary decision diagrams of monotone functions.
///
/// Source: Bryant (1986), IEEE Trans. Comput. 35, 677. The operations keep their own stack, so
///         depth is bounded by memory, not by the thread.
class Bdd {
  public:
    explicit Bdd(std::size_t node_budget)
        : table_(node_budget)
        , steps_left_(steps_for_a_node * node_budget) {}

    NodeRef variable(std::uint32_t level) { return table_.find_or_add({level, zero, one}); }

    NodeRef either(NodeRef f, NodeRef g) { return apply<Operation::either>(f, g); }

    NodeRef both(NodeRef f, NodeRef g) { return apply<Operation::both>(f, g); }

    /// if the variable `level` then `high` else `low`. Requires: both lie below `level`.
    NodeRef decide(const Node& node) {
        return node.low == node.high ? node.low : table_.find_or_add(node);
    }

    const NodeTable& table() const { return table_; }

    void collect(std::vector<NodeRef*>& roots);

  private:
    enum class Operation : std::uint8_t { either, both };

    struct Frame {
        NodeRef f;
        NodeRef g;
        NodeRef low;
        bool has_low;
    };

    template <Operation operation>
    NodeRef apply(NodeRef f, NodeRef g);

    /// The result, if it takes no step; else `overflow`. Orders the operands.
    template <Operation operation>
    NodeRef known(NodeRef& f, NodeRef& g) const;

    NodeTable table_;
    std::size_t steps_left_;
    ComputedCache cache_;
    std::vector<Frame> stack_;
};

/// Families of sets in which no set contains another, cut off at a number of members.
///
/// Most of the work is to throw out what contains another set. Each node knows how many members its
/// sets have and how deep they reach, which often tells at once that there is nothing to throw out.
///
/// Source: Minato (1993), "Zero-suppressed BDDs for set manipulation", DAC; Rauzy (1993), see
///         above.
class Zbdd {
  public:
    explicit Zbdd(std::size_t node_budget);

    NodeRef single(std::uint32_t level) { return node(level, zero, one); }

    /// The minimal sets of both families.
    NodeRef either(NodeRef a, NodeRef b) { return run({Task::either, 0, no_limit, a, b, zero}); }

    /// The minimal unions of a set of each, of at most `most` members, that contain no set of
    /// `but`. Requires: none in `a` and `b` is larger than that.
    NodeRef both(NodeRef a, NodeRef b, NodeRef but, std::uint32_t most) {
        return run({Task::both, 0, most, a, b, but});
    }

    /// The minimal sets that fail the function of a diagram.
    /// Source: Rauzy (1993), eq. of sec. 4: the solutions with x that do not solve the case without
    ///         x.
    NodeRef minimal_solutions(const Diagram& bdd);

    /// A family from another store with the same levels.
    NodeRef copy(const Diagram& family);

    const NodeTable& table() const { return table_; }

    void collect(std::vector<NodeRef*>& roots);

    static constexpr std::uint32_t no_limit = 0x0FFFFFFF;

  private:
    /// `without`: the sets of a that contain no set of b; `without_solutions`: that do not fail the
    /// function b; `truncated`: those of at most `most` members.
    enum class Task : std::uint8_t { either, both, without, truncated, without_solutions };

    struct Frame {
        Task task;
        std::uint8_t stage;
        std::uint32_t most;
        NodeRef a;
        NodeRef b;
        NodeRef but;
        std::array<NodeRef, 3> part{zero, zero, zero};
    };

    /// Of the sets below a node: least and most members; least and most of the deepest levels, from
    /// 1. Larger numbers than fit are 65535.
    struct Extent {
        std::uint16_t fewest;
        std::uint16_t most;
        std::uint16_t nearest;
        std::uint16_t deepest;
    };

    NodeRef run(const Frame& frame);
    NodeRef known(Frame& frame) const;
    NodeRef known_both(Frame& frame) const;
    NodeRef known_without(Frame& frame) const;
    NodeRef known_truncated(const Frame& frame) const;
    NodeRef remembered(const Frame& frame) const;

    NodeRef node(std::uint32_t level, NodeRef low, NodeRef high) {
        if (high == zero) {
            return low;
        }
        const NodeRef ref = table_.find_or_add({level, low, high});
        if (ref == extents_.size()) {
            extents_.push_back(joined(level, low, high));
        }
        return ref;
    }

    Extent joined(std::uint32_t level, NodeRef low, NodeRef high) const;
    void step();
    void step_simple(Frame& frame);
    void step_both(Frame& frame);
    void step_single(Frame& frame);
    void call(Frame frame);
    void finish(NodeRef result);

    NodeTable table_;
    std::vector<Extent> extents_;  ///< one for each node
    std::size_t steps_left_;
    ComputedCache cache_;
    std::vector<Frame> stack_;
    NodeRef result_ = overflow;
    const Diagram* bdd_ = nullptr;  ///< of `without_solutions`
};

}  // namespace adic::supply::cuts
