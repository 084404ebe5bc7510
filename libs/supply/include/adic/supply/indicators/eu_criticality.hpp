#pragma once

#include "adic/base/result.hpp"

#include <optional>
#include <span>

namespace adic::supply {

/// One supplier country as the European Commission's method sees it.
struct GovernedShare {
    double share;        ///< of the supply, in [0, 1]
    double governance;   ///< `scaled_governance`: 0 good .. 10 bad
    double restriction;  ///< t: 0.8 inside the union, 1, above 1 with an export restriction
};

/// 2 (2.5 - estimate): a World Governance Indicator turned round, from -2.5..2.5 to
/// 10 bad .. 0 good.
///
/// Unit: 1. Source: Blengini et al. (2017), EUR 28654.
double scaled_governance(double estimate);

/// HHI_WGI,t = sum of share^2 * governance * t.
///
/// Unit: 1, 0..10 (t = 1). Source: European Commission, guidelines of 2017, doi 10.2873/769526.
/// Cost: O(suppliers).
double governed_concentration(std::span<const GovernedShare> suppliers);

/// IR = (imports - exports) / (production + imports - exports), kept in [0, 1] as the method asks.
/// Empty where use is not positive.
std::optional<double> import_reliance(double production, double imports, double exports);

/// Old scrap that goes back into production over primary and secondary input. Empty where the input
/// is not positive.
std::optional<double> recycling_input_rate(double old_scrap, double primary, double secondary);

/// How well one substitute serves in one application.
struct Substitute {
    double part;              ///< of the application that it takes over, in [0, 1]
    double production;        ///< SP: 0.8 if its world output is larger than the material's, else 1
    double criticality;       ///< SCr: 0.8 if it is not critical, else 1
    double co_production;     ///< SCo: 0.8 main product, 0.9 both, 1 by-product
    double cost_performance;  ///< SCP: 0.7 .. 1
};

struct Application {
    double share;  ///< of the material's use
    std::span<const Substitute> substitutes;
};

/// SI_SR = sum over applications of share * (sum of part * (SP SCr SCo)^(1/3) + what is left).
/// Unit: 1, at most 1. Source: as above. Cost: O(substitutes).
double substitution_for_supply_risk(std::span<const Application> applications);

/// SI_EI = sum over applications of share * (sum of part * SCP + what is left).
double substitution_for_economic_importance(std::span<const Application> applications);

/// The two supplies, and what stands between a supply at risk and the user.
struct SupplyRiskInputs {
    std::optional<double> global_supply = std::nullopt;  ///< governed concentration of world supply
    std::optional<double> own_sourcing =
        std::nullopt;  ///< the same of what is bought and made at home
    double import_reliance = 1.0;
    double recycling_input_rate = 0.0;
    double substitution = 1.0;
};

/// SR = (HHI_global * IR/2 + HHI_own * (1 - IR/2)) * (1 - EoL_RIR) * SI_SR. With one supply set
/// only, that one stands for both. Empty if there is none.
///
/// Unit: 1, from 0; critical from 1. Source: as above.
std::optional<double> supply_risk(const SupplyRiskInputs& inputs);

/// A sector that uses the material.
struct SectorUse {
    double share;        ///< A_s: part of the material's use
    double value_added;  ///< Q_s
};

/// EI = sum of share * value added / the largest value added * 10 * SI_EI.
///
/// Unit: 1, 0..10; important from 2.8. Source: as above. Requires: largest_value_added > 0.
double economic_importance(
    std::span<const SectorUse> uses,
    double largest_value_added,
    double substitution
);

}  // namespace adic::supply
