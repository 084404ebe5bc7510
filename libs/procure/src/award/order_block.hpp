#pragma once

#include "adic/procure/money.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace adic::procure {

/// From the fewest pieces to the most; of none, the fewest are more.
struct Span {
    std::int64_t least = 0;
    std::int64_t most = 0;
};

/// An order in one of its price brackets: whole lots from `least` to `most` pieces, which cost
/// `base` and `price` for each.
struct OrderBracket {
    std::size_t source = 0;  ///< of the instance
    std::int64_t least = 1;
    std::int64_t most = 0;
    std::int64_t lot = 1;
    Cents base = 0;
    Cents price = 0;
};

/// What all states together may get of an item from a supplier in a year.
struct BlockOrder {
    std::size_t supplier = 0;
    std::vector<OrderBracket> brackets = {};  ///< rising

    std::int64_t most() const { return brackets.back().most; }
};

/// Buyers that may be served by the same orders.
struct BlockNeed {
    std::int64_t pieces = 0;
    std::vector<std::size_t> buyers = {};  ///< of the instance
};

/// Some of the orders have to be of so many suppliers.
struct BlockSuppliers {
    std::vector<std::size_t> orders = {};
    std::size_t least = 0;
};

/// Orders that serve the same needs, and no others: mostly an item in a year.
struct OrderBlock {
    std::vector<BlockOrder> orders = {};
    std::vector<BlockNeed> needs = {};
    /// By order and need: what a piece costs on its way; empty: it may not go there.
    std::vector<std::optional<Cents>> ways = {};
    std::vector<BlockSuppliers> suppliers = {};

    std::optional<Cents> way(std::size_t order, std::size_t need) const {
        return ways[order * needs.size() + need];
    }
};

/// Within what an order has to stay, and what is added to its cost.
struct OrderTerms {
    std::int64_t least = 0;  ///< pieces; above 0: something has to be ordered
    std::int64_t most = 0;
    double surcharge = 0.0;  ///< of a piece, not below 0
    double charge = 0.0;     ///< of the order, not below 0

    friend bool operator==(const OrderTerms&, const OrderTerms&) = default;
};

struct BlockPlan {
    enum class Kind : std::uint8_t {
        found,
        impossible,  ///< nothing serves all needs
        undecided    ///< nothing was found; there may be something
    };

    Kind kind = Kind::undecided;
    double bound = 0.0;                      ///< no plan costs less, with what is added
    Cents cost = 0;                          ///< of this one, without
    std::vector<std::int64_t> ordered = {};  ///< by order, with spare pieces
    std::vector<std::int64_t> carried = {};  ///< by order and need
};

struct BlockOptions {
    double relative_gap = 0.0;       ///< to its bound, with which a plan is enough
    std::size_t most_nodes = 2'000;  ///< a second or so; nearly all blocks take fewer than fifty
};

/// The cheapest plan of a block.
///
/// What an order costs as a function of the pieces that are needed of it has jumps; its convex
/// envelope between the fewest and the most pieces that may be ordered makes of the block a flow
/// of least cost. The search branches on the number of pieces of the order that the envelope
/// is furthest below, so that all that an order knows (brackets, lots, least orders) is in one
/// function.
///
/// Unit:   cents.
/// Source: Falk and Soland (1969), "An algorithm for separable nonconvex programming problems",
///         Management Science 15(9), for envelopes and branching; Busacker and Gowen (1961), "A
///         procedure for determining a family of minimum-cost network flow patterns", Operations
///         Research Office Technical Paper 15, for the flow.
/// Requires: terms of each order.
/// Cost:   a flow for each of at most `most_nodes` nodes. Where they do not do, the bound is
///         that of what is left; where no plan is found by then, the block is undecided.
BlockPlan plan_block(
    const OrderBlock& block,
    const std::vector<OrderTerms>& terms,
    const BlockOptions& options = {}
);

}  // namespace adic::procure
