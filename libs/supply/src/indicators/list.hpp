#pragma once

#include "adic/supply/indicators/indicator.hpp"

namespace adic::supply {

extern const Indicator import_dependence_indicator;
extern const Indicator external_import_dependence_indicator;
extern const Indicator self_sufficiency_indicator;
extern const Indicator net_import_reliance_indicator;
extern const Indicator concentration_indicator;
extern const Indicator normalised_concentration_indicator;
extern const Indicator effective_suppliers_indicator;
extern const Indicator largest_shares_indicator;
extern const Indicator largest_supplier_indicator;
extern const Indicator outside_concentration_indicator;
extern const Indicator outside_weight_indicator;
extern const Indicator outside_substitution_indicator;
extern const Indicator strategic_dependency_indicator;
extern const Indicator eu_supply_risk_indicator;
extern const Indicator eu_economic_importance_indicator;
extern const Indicator usgs_supply_risk_indicator;
extern const Indicator geopolrisk_indicator;
extern const Indicator regional_value_content_indicator;
extern const Indicator direct_exposure_indicator;
extern const Indicator controlled_content_indicator;
extern const Indicator expected_loss_indicator;
extern const Indicator tariff_indicator;
extern const Indicator bloc_balance_indicator;
extern const Indicator outward_leverage_indicator;
extern const Indicator inward_leverage_indicator;

}  // namespace adic::supply
