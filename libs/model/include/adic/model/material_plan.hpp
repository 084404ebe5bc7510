#pragma once

#include "adic/base/estimate.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::model {

/// What one state makes of a material in a year of a planning scenario, and how much of it comes.
struct ForeignSupply {
    std::string origin;
    Estimate amount;       ///< made or exported there
    Estimate share;        ///< part of it that the buyer can get at all, in [0, 1]
    Estimate reliability;  ///< part of that which still comes in the scenario, in [0, 1]
};

struct PlanYear {
    std::int32_t year;
    Estimate military_demand;
    Estimate civilian_demand;  ///< the essential part
    Estimate home_supply;
    std::vector<ForeignSupply> foreign = {};
};

/// Market responses come by themselves (thrift, substitution, imports at a higher price) and
/// before what a state has to do.
enum class MeasureKind { market_response, mitigation };

std::string_view name_of(MeasureKind kind);
std::optional<MeasureKind> parse_measure_kind(std::string_view text);

/// Something that covers part of a shortfall.
struct ShortfallMeasure {
    std::string id;
    MeasureKind kind;
    Estimate unit_cost;
    Estimate most_per_year;
    std::int32_t first_year;  ///< nothing before it
};

/// One material in a planning scenario, year by year. All amounts are in its unit.
struct MaterialPlan {
    std::string id;
    std::string unit;
    Estimate stock = Estimate::exactly(0.0);  ///< at the start of the first year
    std::vector<PlanYear> years = {};         ///< in order, each once
    std::vector<ShortfallMeasure> measures = {};
};

}  // namespace adic::model
