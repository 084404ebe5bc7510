#pragma once

#include "adic/model/fault_tree.hpp"

#include <cstdint>

namespace adic::bench {

/// A layered supply structure: suppliers that share countries and chokepoints, items that take
/// several suppliers and items of the layer below, some of which have a substitute.
struct SupplyTreeShape {
    std::uint32_t gates = 400;
    std::uint32_t leaves = 150;
    std::uint32_t layers = 5;
    /// Suppliers of an item that must all fail, at least and at most.
    std::uint32_t least_suppliers = 1;
    std::uint32_t most_suppliers = 4;
    double substitute = 0.3;       ///< part of the inputs that have one
    std::uint32_t top_inputs = 0;  ///< items that the top takes; 0: all of the last layer
};

/// The same shape and seed give the same tree on every machine.
model::FaultTree supply_tree(const SupplyTreeShape& shape, std::uint64_t seed);

}  // namespace adic::bench
