#pragma once

#include "adic/procure/award.hpp"

#include <cstdint>

namespace adic::bench {

struct PurchaseSize {
    std::size_t items = 200;
    std::size_t states = 11;
    std::size_t suppliers = 40;
    std::size_t offers = 8;   ///< of each item; from that many suppliers
    std::size_t years = 1;    ///< in each of which states need something; with storage if above 1
    bool with_shares = true;  ///< budgets and rules on a bloc, on content and on exposure
};

/// A made-up purchase: three price brackets and a fixed cost of each order, fixed costs
/// and capacities of suppliers over all items, budgets, vetoes, two sources for each tenth item,
/// and rules on a bloc, on content and on exposure.
procure::AwardProblem make_purchase(const PurchaseSize& size, std::uint64_t seed);

}  // namespace adic::bench
