#pragma once

#include "award/split_purchase.hpp"

#include <cstddef>
#include <stop_token>
#include <vector>

namespace adic::procure {

struct SplitSearchOptions {
    double relative_gap = 1e-9;  ///< to the bound, with which the search is content
    std::size_t most_nodes = 300;
    std::size_t most_block_nodes = 2'000;  ///< of each block that is planned
    std::stop_token stop = {};
};

struct SplitSearchResult {
    bool is_infeasible = false;         ///< proven
    bool is_stopped = false;            ///< on request; what is there is true, if not the best
    Cents cost = 0;                     ///< of the plans
    Cents bound = 0;                    ///< no plan costs less, if there is one
    std::vector<BlockPlan> plans = {};  ///< of each block; empty: none found
};

/// The cheapest plan of a purchase that is split into blocks.
///
/// Each block is planned by itself at prices of what ties them: a piece of a capacity, and the part
/// that an order bears of what its supplier costs. The sum is a bound for any prices (Lagrangian
/// relaxation); they are moved along its subgradient. The search branches on who delivers
/// anything at all, then on how much is ordered where a capacity is shared. Plans are made by
/// planning each block anew within what the others leave.
///
/// What blocks leave undecided, and what is open after `most_nodes`, stays in the bound.
///
/// Source: Geoffrion (1974), "Lagrangean relaxation for integer programming", Mathematical
///         Programming Study 2; Held, Wolfe and Crowder (1974), "Validation of subgradient
///         optimization", Mathematical Programming 6.
/// Cost:   about ten plans of each block for each node. No clock decides anything.
SplitSearchResult search_split(const SplitPurchase& purchase, const SplitSearchOptions& options);

}  // namespace adic::procure
