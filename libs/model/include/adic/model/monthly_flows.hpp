#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace adic::model {

/// What one state reported to have exported, month by month, in columns: row i says that in
/// `month[i]` `exporter[i]` sold `quantity[i]` of `product[i]` to `importer[i]`. All columns have
/// the same length; no two rows have the same month, exporter, importer and product.
///
/// A month without a row is one without a reported export.
struct MonthlyFlows {
    std::vector<std::string> states;    ///< identifiers, in the order of their positions
    std::vector<std::string> products;  ///< codes as written ("020130" keeps its zero)
    std::vector<std::chrono::year_month> month;
    std::vector<std::uint16_t> exporter;  ///< position in `states`
    std::vector<std::uint16_t> importer;  ///< position in `states`
    std::vector<std::uint32_t> product;   ///< position in `products`
    std::vector<double> quantity;         ///< kg, >= 0; NaN: not reported
    std::vector<double> value;            ///< >= 0, in the currency of the source

    std::size_t size() const { return month.size(); }
};

}  // namespace adic::model
