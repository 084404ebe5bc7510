#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adic::model {

/// From this quantity on, one costs so much.
struct PriceBreak {
    double from = 1.0;   ///< pieces, at least 0
    double price = 0.0;  ///< of one, at least 0

    friend bool operator==(const PriceBreak&, const PriceBreak&) = default;
};

enum class BreakRule {
    all_units,   ///< the price of the bracket that the quantity is in counts for all of it
    incremental  ///< the price of a bracket counts for what lies in it
};

/// By rising quantity, the first from 0 or 1 piece; prices need not fall.
struct PriceList {
    std::vector<PriceBreak> breaks;
    BreakRule rule = BreakRule::all_units;
    /// More may be bought than is needed, where that is cheaper: 50 at 92 instead of 49 at 100.
    bool may_buy_more = true;
};

enum class LearningTheory {
    crawford,  ///< of the unit: the n-th costs T1 n^b
    wright     ///< of the cumulative average: n cost T1 n^b each
};

/// What one more made does to the cost of the next.
struct LearningCurve {
    double first_unit = 0.0;  ///< T1, without non-recurring cost
    double slope = 0.85;      ///< what doubling the number leaves of the cost, above 0, at most 1
    LearningTheory theory = LearningTheory::crawford;
};

}  // namespace adic::model
