#include "adic/app/shortfall.hpp"

#include "adic/ingest/material_plan_reader.hpp"

#include <map>
#include <utility>

namespace adic::app {
namespace {

using model::MaterialPlan;
using shock::YearShortfall;

/// Supply of each state that the buyer could get and that does not come, over the years that are
/// short.
std::map<std::string, double>
held_back(const MaterialPlan& plan, const std::vector<YearShortfall>& years) {
    std::map<std::string, double> amounts;
    for (std::size_t y = 0; y < plan.years.size(); ++y) {
        if (years[y].shortfall.likely() <= 0.0) {
            continue;
        }
        for (const model::ForeignSupply& supply : plan.years[y].foreign) {
            amounts[supply.origin] += supply.amount.likely() * supply.share.likely()
                                      * (1.0 - supply.reliability.likely());
        }
    }
    return amounts;
}

Result<PlannedMaterial> planned(MaterialPlan plan, shock::StockRelease release) {
    ADIC_TRY(shock::MaterialShortfall shortfall, shock::material_shortfall(plan, release));
    PlannedMaterial material{std::move(plan), std::move(shortfall), {}, {}, {}};
    for (const YearShortfall& year : material.shortfall.years) {
        if (year.open.likely() > 0.0 && !material.first_open) {
            material.first_open = year.year;
        }
        if (year.open.high() > 0.0 && !material.soonest_open) {
            material.soonest_open = year.year;
        }
    }
    for (const auto& [origin, amount] : held_back(material.plan, material.shortfall.years)) {
        if (amount > material.missing) {
            material.missing = amount;
            material.missing_from = origin;
        }
    }
    return material;
}

}  // namespace

Result<ShortfallAnswer> plan_shortfall(const ShortfallRequest& request) {
    ShortfallAnswer answer;
    ADIC_TRY(
        std::vector<MaterialPlan> plans,
        ingest::read_material_plans(request.plans, answer.report)
    );
    for (MaterialPlan& plan : plans) {
        ADIC_TRY(PlannedMaterial material, planned(std::move(plan), request.release));
        answer.materials.push_back(std::move(material));
    }
    return answer;
}

}  // namespace adic::app
