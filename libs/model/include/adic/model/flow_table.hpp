#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace adic::model {

/// Bilateral trade flows in columns: row i says that `importer[i]` bought `value[i]` of
/// `product[i]` from `exporter[i]` in `year[i]`. All columns have the same length.
///
/// Columns, because a world of eight million flows is read from memory once, in order, and an
/// indicator touches two or three of the fields: 22 bytes a flow instead of a record with names.
struct FlowTable {
    std::vector<std::string> states;    ///< identifiers, in the order of their positions
    std::vector<std::string> products;  ///< codes as written ("020130" keeps its zero)
    std::vector<std::uint16_t> year;
    std::vector<std::uint16_t> exporter;  ///< position in `states`
    std::vector<std::uint16_t> importer;  ///< position in `states`
    std::vector<std::uint32_t> product;   ///< position in `products`
    std::vector<double> value;            ///< >= 0, in the currency of the source
    std::vector<double> quantity;         ///< NaN: not known; the column is empty if no row has one

    std::size_t size() const { return value.size(); }
};

}  // namespace adic::model
