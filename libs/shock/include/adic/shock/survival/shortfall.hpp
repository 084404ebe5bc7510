#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/model/material_plan.hpp"

#include <cstdint>
#include <vector>

namespace adic::shock {

/// When the stock is used.
enum class StockRelease {
    first,  ///< before anything else, as stockpile planners count
    last    ///< only for what no measure covers: never leaves more open over all years
};

struct MeasureUse {
    std::uint32_t measure;  ///< position in MaterialPlan::measures
    double amount;
    double cost;
};

/// One year. Figures with bounds are bounded by the harshest and the mildest case; the division
/// among stock and measures is that of the likely case.
struct YearShortfall {
    std::int32_t year;
    Estimate demand = Estimate::exactly(0.0);           ///< military and essential civilian
    Estimate reliable_supply = Estimate::exactly(0.0);  ///< home, and what comes for sure
    Estimate shortfall = Estimate::exactly(0.0);        ///< before stock and measures
    double from_stock = 0.0;
    double stock_left = 0.0;                 ///< at the end of the year
    std::vector<MeasureUse> used = {};       ///< in the order in which they are taken
    Estimate open = Estimate::exactly(0.0);  ///< what nothing covers
};

struct MaterialShortfall {
    std::vector<YearShortfall> years;
    /// Sum of the shortfalls: the stock that alone would cover all years.
    Estimate stock_goal = Estimate::exactly(0.0);
    Estimate open = Estimate::exactly(0.0);
    double cost = 0.0;  ///< of the measures, likely case
};

/// The shortfall of a material by year: demand against reliable supply, then stock, then market
/// responses, then mitigation, each by cost (ties by position).
///
/// Source:   the order of the Stockpile Sizing Module; Schwartz, Thomason (2022), "The RAMF-SM
///           Stockpile Sizing Module", IDA P-22696; docs/explanation/shock-survival.md (K1-K6).
/// Errors:   invalid_argument for a plan without years, years out of order, a negative figure, a
///           share or reliability outside [0, 1].
/// Cost:     O(years * (foreign supplies + measures)).
Result<MaterialShortfall>
material_shortfall(const model::MaterialPlan& plan, StockRelease release = StockRelease::first);

}  // namespace adic::shock
