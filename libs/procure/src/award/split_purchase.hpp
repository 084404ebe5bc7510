#pragma once

#include "adic/procure/award.hpp"

#include "award/instance.hpp"
#include "award/order_block.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace adic::procure {

/// Loads of orders on something of which there is only so much.
struct SharedCapacity {
    struct Use {
        std::size_t order = 0;
        std::int64_t load = 1;  ///< of a piece; above 0
    };

    std::int64_t capacity = 0;
    std::vector<Use> uses = {};
};

/// A purchase as blocks, which nothing ties together but what suppliers cost if they deliver
/// anything at all, and capacities. Orders are counted over all blocks.
struct SplitPurchase {
    std::vector<OrderBlock> blocks = {};
    std::vector<std::size_t> first_order = {};    ///< of each block, and the number of all
    std::vector<std::size_t> block_of = {};       ///< by order
    std::vector<SharedCapacity> capacities = {};  ///< those that could be broken
    std::vector<Cents> supplier_costs = {};
    bool is_impossible = false;  ///< a need that nobody serves, or too few suppliers

    std::size_t orders() const { return block_of.size(); }

    const BlockOrder& order(std::size_t o) const {
        return blocks[block_of[o]].orders[o - first_order[block_of[o]]];
    }
};

/// Whether a purchase is nothing but orders, needs, vetoes, capacities, and suppliers or pieces of
/// an item. Packages, and rules on what is paid, tie more together.
bool can_split(const AwardProblem& problem);

/// Requires: can_split of the problem, nothing dropped.
/// Cost:     O(links (needs of a block) + rules * orders).
SplitPurchase split(const Instance& instance);

/// Requires: a plan of each block.
std::vector<AwardDelivery> deliveries_of(
    const Instance& instance,
    const SplitPurchase& purchase,
    const std::vector<BlockPlan>& plans
);

}  // namespace adic::procure
