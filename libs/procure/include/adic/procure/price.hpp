#pragma once

#include "adic/base/result.hpp"
#include "adic/model/purchase.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace adic::procure {

using model::BreakRule;
using model::LearningCurve;
using model::LearningTheory;
using model::PriceBreak;
using model::PriceList;

/// Reads "1:100,50:92": from how many pieces on one costs how much, in rising order.
/// Errors: invalid_argument with the part that is wrong, and what would be right.
Result<PriceList> parse_price_breaks(std::string_view text);

/// What a quantity costs. Of all-units breaks, the least of buying it and of buying up to a later
/// break, if more may be bought; of incremental ones, the sum of what lies in each bracket.
///
/// Source: Hadley and Whitin (1963), "Analysis of Inventory Systems", section 2-11.
/// Requires: breaks in rising order, the first not above the quantity, unless it is 0.
/// Cost: O(breaks).
double cost_of(const PriceList& prices, double quantity);

/// What the units `first` to `last` of one line cost.
///
///     Crawford: sum of T1 n^b over n = first .. last
///     Wright:   T1 (last^(b+1) - (first-1)^(b+1))
///     b = log2(slope)
///
/// Source: Wright (1936), "Factors affecting the cost of airplanes", Journal of the Aeronautical
///         Sciences 3; Crawford (1944); the two are not interchangeable.
/// Requires: 1 <= first, slope above 0. Cost: O(units) for Crawford.
double lot_cost(const LearningCurve& curve, std::uint64_t first, std::uint64_t last);

/// The unit whose cost is the average of the lot's, by Crawford: (sum n^b / q)^(1/b).
/// Requires: slope below 1. Cost: O(units).
double lot_midpoint(const LearningCurve& curve, std::uint64_t first, std::uint64_t last);

/// The same by an integral instead of the sum.
/// Source: Asher (1956), "Cost-quantity relationships in the airframe industry", RAND R-291.
double asher_midpoint(const LearningCurve& curve, std::uint64_t first, std::uint64_t last);

/// What several lines cost that each make some and each begin to learn by itself.
double lines_cost(const LearningCurve& curve, const std::vector<std::uint64_t>& made);

/// The unit that a line goes on at after a break of production in which it lost part of what it had
/// learnt: the one whose cost is nearest to that of the next unit then.
///
///     y = y_m + forgotten (T1 - y_m),  m = made + 1;
///     Crawford: goes on at (y / T1)^(1/b), rounded
///
/// Source: the retrograde method: Anderlohr (1969), "What production breaks cost", Industrial
///         Engineering 1(9); GAO (2020), "Cost Estimating and Assessment Guide", appendix VII.
/// Requires: forgotten in [0, 1]. Cost: O(log made).
std::uint64_t unit_after_break(const LearningCurve& curve, std::uint64_t made, double forgotten);

}  // namespace adic::procure
