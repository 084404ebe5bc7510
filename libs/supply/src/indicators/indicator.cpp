#include "adic/supply/indicators/indicator.hpp"

#include "adic/supply/indicators/indicator_context.hpp"
#include "adic/supply/indicators/item_facts.hpp"

#include "list.hpp"

#include <array>

namespace adic::supply {

std::string_view name_of(Flag flag) {
    switch (flag) {
    case Flag::no: return "no";
    case Flag::possible: return "possible";
    case Flag::certain: return "certain";
    }
    return "no";
}

std::span<const Indicator* const> indicators() {
    static constexpr std::array list{
        &import_dependence_indicator,
        &external_import_dependence_indicator,
        &self_sufficiency_indicator,
        &net_import_reliance_indicator,
        &concentration_indicator,
        &normalised_concentration_indicator,
        &effective_suppliers_indicator,
        &largest_shares_indicator,
        &largest_supplier_indicator,
        &outside_concentration_indicator,
        &outside_weight_indicator,
        &outside_substitution_indicator,
        &strategic_dependency_indicator,
        &eu_supply_risk_indicator,
        &eu_economic_importance_indicator,
        &usgs_supply_risk_indicator,
        &geopolrisk_indicator,
        &regional_value_content_indicator,
        &direct_exposure_indicator,
        &controlled_content_indicator,
        &expected_loss_indicator,
        &tariff_indicator,
        &bloc_balance_indicator,
        &outward_leverage_indicator,
        &inward_leverage_indicator,
    };
    return list;
}

const Indicator* find_indicator(std::string_view name) {
    for (const Indicator* indicator : indicators()) {
        if (indicator->name == name) {
            return indicator;
        }
    }
    return nullptr;
}

std::optional<double>
threshold_of(const Indicator& indicator, const IndicatorParameters& parameters) {
    return indicator.threshold == nullptr ? std::nullopt
                                          : std::optional{parameters.*indicator.threshold};
}

Reading evaluate(
    const Indicator& indicator,
    const MapIndex& index,
    const Viewpoint& viewpoint,
    model::ItemIndex item,
    const IndicatorParameters& parameters
) {
    const IndicatorContext context{index, viewpoint, parameters};
    return evaluate(indicator, context, item);
}

Reading
evaluate(const Indicator& indicator, const IndicatorContext& context, model::ItemIndex item) {
    const ItemRecord record{context.tables(), item};
    return indicator.evaluate(ItemFacts{context, record});
}

std::vector<Reading> evaluate_all(const IndicatorContext& context, model::ItemIndex item) {
    const ItemRecord record{context.tables(), item};
    const ItemFacts facts{context, record};
    std::vector<Reading> readings;
    readings.reserve(indicators().size());
    for (const Indicator* indicator : indicators()) {
        readings.push_back(indicator->evaluate(facts));
    }
    return readings;
}

}  // namespace adic::supply
