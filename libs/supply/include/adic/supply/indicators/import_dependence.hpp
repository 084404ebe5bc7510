#pragma once

#include <optional>

namespace adic::supply {

/// What was made, bought and sold of one thing in one period, all in the same unit and with
/// re-exports left out of both imports and exports.
struct UseAmounts {
    double production = 0.0;
    double imports = 0.0;
    double exports = 0.0;
    double imports_from_region = 0.0;  ///< of which from partners that count as near
    double stock_release = 0.0;        ///< out of stock, less what was put in
};

/// Apparent use: production + imports - exports. Unit: that of the amounts.
double apparent_use(const UseAmounts& amounts);

/// imports / apparent use. Empty: undefined, as apparent use is not positive.
///
/// Unit: 1. Above 1 where more is sold than made.
/// Source: FAO (2001), "Food Balance Sheets: A Handbook", import dependency and self-sufficiency.
std::optional<double> import_dependence(const UseAmounts& amounts);

/// The part of it that comes from beyond the region: (imports - imports from the region) / use.
std::optional<double> external_import_dependence(const UseAmounts& amounts);

/// production / apparent use. Unit: 1. Above 1 for a net exporter.
std::optional<double> self_sufficiency(const UseAmounts& amounts);

/// max(0, imports - exports + stock release) / apparent consumption, where consumption counts the
/// stock release too: the part of it that home production does not meet.
///
/// Unit: 1, in [0, 1]. Source: USGS, Mineral Commodity Summaries, appendix B (definition).
std::optional<double> net_import_reliance(const UseAmounts& amounts);

}  // namespace adic::supply
