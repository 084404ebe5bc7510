#pragma once

#include "adic/base/estimate.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace adic::supply {

/// A share, or a weight of one, that is known within bounds. Requires: 0 <= low <= likely <= high.
struct ShareRange {
    double low;
    double likely;
    double high;

    static constexpr ShareRange exactly(double value) { return {value, value, value}; }
};

/// A supplier's share and what it counts for in a weighted concentration (1 in the plain one).
struct WeightedShare {
    ShareRange share;
    ShareRange weight{1.0, 1.0, 1.0};
};

/// The shares of a market, as far as they are known.
///
/// A completion of them gives every known supplier a share within its bounds and hands the rest, if
/// `unknown` allows as much, to any number of suppliers, known ones included, so that all add up
/// to one. Shares that add up to more than one already are taken as they stand (rounding).
struct MarketShares {
    std::vector<WeightedShare> known;
    ShareRange unknown{0.0, 0.0, 0.0};         ///< whose supplier is not known
    ShareRange unknown_weight{1.0, 1.0, 1.0};  ///< of a supplier that is not among the known
};

/// The unknown part of shares of which `known` (and `unnamed`, amounts without a supplier) is all
/// that is recorded.
///
/// Where the likely shares leave no more than `rounding` open, the recorded suppliers are all there
/// are, and intervals trade against each other only. Otherwise all that the low shares leave open
/// may be with somebody unknown.
ShareRange
unknown_part(std::span<const ShareRange> known, ShareRange unnamed, double rounding = 0.001);

/// The completion with the most equal shares: every known share is raised to one level as far as
/// its bounds allow, and the unknown part, as large as it can be, is spread thin.
/// It is the least in the order of majorization, so any measure of inequality is smallest there.
///
/// Source: water filling; Marshall, Olkin, Arnold (2011), "Inequalities", 2nd ed., ch. 1 and 5.
/// Cost:   O(n log n).
std::vector<double> most_equal_shares(const MarketShares& market);

/// Sum over suppliers of weight * share^2, over all completions.
///
/// low    exact: a convex function over a box and a plane, by water filling in share * weight; the
///        unknown part spread thin adds nothing.
/// high   exact for point shares and for up to 24 interval shares of ordinary size (branch and
/// bound
///        over the corners, as the maximum of a convex function is at one); when the search stops
///        after 4096 nodes, an outer bound by the chords of the squares, too high by at most a
///        quarter of the squared width of one share times its weight.
/// likely the likely shares, the unknown part spread thin.
///
/// Unit: 1 times that of the weights. Cost: O(n log n) for point shares, else O(n^2 log n) as a
/// rule.
Estimate weighted_square_sum(const MarketShares& market);

/// Sum over suppliers of weight * share, over all completions: exact at both ends (a linear
/// function over a box and a plane: what the low shares leave open goes to the least or the
/// largest weights). `likely` gives the likely unknown part the likely weight of an unknown
/// supplier.
///
/// Unit: that of the weights. Cost: O(n log n).
Estimate weighted_share_sum(const MarketShares& market);

/// An amount of something with one supplier: `high` may be infinite.
struct AmountRange {
    double low;
    double likely;
    double high;
};

/// The shares that amounts are of their sum. `unallocated` is with suppliers that are not recorded.
/// Each share lies between its amount at its least with all others at their most, and the reverse;
/// that the shares move together is not used, so figures made of them are outer bounds unless the
/// amounts are exact.
///
/// Requires: 0 <= low <= likely <= high, likely finite. Cost: O(n).
MarketShares shares_of_amounts(std::span<const AmountRange> amounts, AmountRange unallocated);

/// The largest share of one supplier, over all completions: exact at both ends. Cost: O(n log n).
Estimate largest_share(const MarketShares& market);

/// The sum of the `count` largest shares. low exact; high exact for point shares, else an outer
/// bound (the largest possible shares, and what the smallest possible others leave). O(n log n).
Estimate largest_shares(const MarketShares& market, std::size_t count);

}  // namespace adic::supply
