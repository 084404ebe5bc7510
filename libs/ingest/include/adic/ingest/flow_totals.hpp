#pragma once

#include "adic/model/flow_table.hpp"

#include <cstdint>
#include <vector>

namespace adic::ingest {

/// Which fields of a flow tell totals apart; the others are added up.
struct FlowGrouping {
    bool year = false;
    bool exporter = false;
    bool importer = false;
    bool product = false;
};

/// Sums of flows, one row a group, in the order of (year, exporter, importer, product). A column
/// that is not in the grouping is empty, the others have the same length.
struct FlowTotals {
    std::vector<std::uint16_t> year;
    std::vector<std::uint16_t> exporter;  ///< position in the table's `states`
    std::vector<std::uint16_t> importer;  ///< position in the table's `states`
    std::vector<std::uint32_t> product;   ///< position in the table's `products`
    std::vector<double> value;
    std::vector<double> quantity;               ///< sum of the known ones; NaN if none is known
    std::vector<std::uint32_t> flows;           ///< rows in the group
    std::vector<std::uint32_t> quantity_known;  ///< rows in the group whose quantity is known

    std::size_t size() const { return value.size(); }
};

/// Sums of value and quantity in each group. A group's rows are added in the order of the table,
/// so that the bytes of a total do not depend on the number of threads.
///
/// Requires: fewer than 2^32 rows; at most 2^15 states and 2^20 products, as `read_flows` gives.
/// Cost:     O(rows + groups log groups); memory: 24 bytes a row besides the totals.
FlowTotals aggregate_flows(const model::FlowTable& flows, const FlowGrouping& by);

}  // namespace adic::ingest
