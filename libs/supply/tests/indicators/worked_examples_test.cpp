// Worked examples with hand calculations, to the printed digits.

#include "adic/supply/indicators/concentration.hpp"
#include "adic/supply/indicators/eu_criticality.hpp"
#include "adic/supply/indicators/exposure.hpp"
#include "adic/supply/indicators/geopolrisk.hpp"
#include "adic/supply/indicators/import_dependence.hpp"
#include "adic/supply/indicators/mineral_leverage.hpp"
#include "adic/supply/indicators/regional_value_content.hpp"
#include "adic/supply/indicators/strategic_dependency.hpp"
#include "adic/supply/indicators/usgs_supply_risk.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using Values = std::vector<double>;

// Worked example: P = 120, M = 430, X = 30, 65 of the imports from the region; use 520.
TEST(ImportDependence, MatchesTheWorkedExample) {
    const UseAmounts amounts{
        .production = 120,
        .imports = 430,
        .exports = 30,
        .imports_from_region = 65};
    EXPECT_DOUBLE_EQ(apparent_use(amounts), 520.0);
    EXPECT_NEAR(import_dependence(amounts).value(), 0.8269, 5e-5);
    EXPECT_NEAR(external_import_dependence(amounts).value(), 0.7019, 5e-5);
    EXPECT_NEAR(self_sufficiency(amounts).value(), 0.2308, 5e-5);
    EXPECT_NEAR(net_import_reliance(amounts).value(), 400.0 / 520.0, 1e-12);
}

TEST(ImportDependence, IsUndefinedWhereNothingIsUsed) {
    for (const UseAmounts& amounts :
         {UseAmounts{.production = 10, .imports = 0, .exports = 10},
          UseAmounts{.production = 10, .imports = 5, .exports = 20}}) {
        EXPECT_FALSE(import_dependence(amounts));
        EXPECT_FALSE(external_import_dependence(amounts));
        EXPECT_FALSE(self_sufficiency(amounts));
        EXPECT_FALSE(net_import_reliance(amounts));
    }
}

// Imports 80 and 20 out of stock meet a use of 100: reliance is all of it, not 1.25 of it.
TEST(NetImportReliance, CountsStockReleaseAsUseToo) {
    const UseAmounts amounts{.imports = 80, .stock_release = 20};
    EXPECT_DOUBLE_EQ(net_import_reliance(amounts).value(), 1.0);
    EXPECT_DOUBLE_EQ(net_import_reliance({.production = 100, .exports = 40}).value(), 0.0);
}

TEST(Concentration, MatchesHandComputedValues) {
    struct Case {
        const char* name;
        Values amounts;
        double hhi;
        double normalised;
        double effective;
    };

    const std::vector<Case> cases{
        {"sole source", {70}, 1.0, 1.0, 1.0},
        {"60/40: 0.36 + 0.16; (0.52 - 0.5) / 0.5", {60, 40}, 0.52, 0.04, 1.0 / 0.52},
        {"four equal", {1, 1, 1, 1}, 0.25, 0.0, 4.0},
        {"50/30/20: 0.25 + 0.09 + 0.04", {5, 3, 2}, 0.38, (0.38 - 1.0 / 3) * 1.5, 1.0 / 0.38},
    };
    for (const Case& c : cases) {
        const double hhi = concentration(c.amounts);
        const auto n = static_cast<double>(c.amounts.size());
        EXPECT_NEAR(hhi, c.hhi, 1e-12) << c.name;
        EXPECT_NEAR(normalised_concentration(hhi, n), c.normalised, 1e-12) << c.name;
        EXPECT_NEAR(effective_suppliers(hhi), c.effective, 1e-12) << c.name;
    }
    EXPECT_NEAR(concentration_ratio(Values{5, 3, 2, 10}, 2), 0.75, 1e-12);
    EXPECT_DOUBLE_EQ(concentration_ratio(Values{5, 3}, 9), 1.0);
}

// World production 2022, World Mining Data: rare earths have n_eff 1.89 at HHI 0.5283.
TEST(Concentration, EffectiveNumberMatchesTheWorkedExample) {
    EXPECT_NEAR(effective_suppliers(0.5283), 1.89, 5e-3);
}

// Recorded 0.5 and 0.3: spread thin the rest adds nothing (0.34); a new supplier would add 0.04;
// the largest supplier holding it too gives 0.7^2 + 0.3^2.
TEST(ConcentrationBounds, TakeTheRestAsThinAndAsTheLargestSuppliers) {
    const Estimate bounds = concentration_bounds(Values{0.5, 0.3});
    EXPECT_NEAR(bounds.low(), 0.34, 1e-12);
    EXPECT_NEAR(bounds.likely(), 0.34, 1e-12);
    EXPECT_NEAR(bounds.high(), 0.58, 1e-12);
    EXPECT_NEAR(concentration_bounds(Values{}).high(), 1.0, 1e-12);
    EXPECT_NEAR(concentration_bounds(Values{0.6, 0.4}).high(), 0.52, 1e-12);
}

// Var of a sum over a Dirichlet distribution has no simple form, but its mean has:
// E sum s^2 = sum (k s^2 + s) / (k + 1) = (200 * 0.38 + 1) / 201 = 0.3831.
TEST(DirichletInterval, HoldsTheMeanAndNarrowsWithEvidence) {
    const Values shares{0.5, 0.3, 0.2};
    const auto loose = dirichlet_interval(shares, {.evidence = 50});
    const auto tight = dirichlet_interval(shares, {.evidence = 2000});
    const auto usual = dirichlet_interval(shares);
    ASSERT_TRUE(loose && tight && usual);
    EXPECT_LT(usual->low(), 77.0 / 201.0);
    EXPECT_GT(usual->high(), 77.0 / 201.0);
    EXPECT_LT(tight->high() - tight->low(), usual->high() - usual->low());
    EXPECT_LT(usual->high() - usual->low(), loose->high() - loose->low());
    EXPECT_DOUBLE_EQ(usual->likely(), 0.38);
    EXPECT_TRUE(*usual == *dirichlet_interval(shares)) << "the same seed gives the same interval";
}

TEST(DirichletInterval, RefusesWhatIsNoDistribution) {
    EXPECT_FALSE(dirichlet_interval(Values{}));
    EXPECT_FALSE(dirichlet_interval(Values{0.0, 0.0}));
    EXPECT_FALSE(dirichlet_interval(Values{0.5, -0.1}));
    EXPECT_FALSE(dirichlet_interval(Values{0.5, std::nan("")}));
    EXPECT_FALSE(dirichlet_interval(Values{0.5}, {.evidence = 0.0}));
    EXPECT_FALSE(dirichlet_interval(Values{0.5}, {.level = 1.0}));
    EXPECT_FALSE(dirichlet_interval(Values{0.5}, {.draws = 0}));
}

// Worked example: outside suppliers 60, 25, 15; inside 40; exports 70: all three criteria hold.
TEST(StrategicDependency, MatchesTheWorkedExample) {
    const Values outside{60, 25, 15};
    const DependencyAmounts amounts{outside, 40, 70};
    EXPECT_NEAR(outside_concentration(amounts), 0.445, 1e-12);
    EXPECT_NEAR(outside_weight(amounts), 0.714, 5e-4);
    EXPECT_NEAR(outside_substitution(amounts), 1.43, 5e-3);
    EXPECT_EQ(criteria_met(amounts), 3);
    EXPECT_DOUBLE_EQ(outside_substitution({outside, 40, 0}), 9999.0);
    EXPECT_EQ(criteria_met({Values{}, 40, 70}), 0);
}

// Worked example: world supply 3.146, own sourcing 1.764, SR 2.1309, EI 4.7469.
TEST(EuCriticality, MatchesTheWorkedExample) {
    const std::vector<GovernedShare> world{{0.70, 6.0, 1.0}, {0.20, 4.0, 1.1}, {0.10, 3.0, 1.0}};
    const std::vector<GovernedShare> own{{0.50, 6.0, 1.0}, {0.30, 2.0, 0.8}, {0.20, 3.0, 1.0}};
    EXPECT_NEAR(governed_concentration(world), 3.146, 5e-4);
    EXPECT_NEAR(governed_concentration(own), 1.764, 5e-4);
    const SupplyRiskInputs inputs{
        .global_supply = governed_concentration(world),
        .own_sourcing = governed_concentration(own),
        .import_reliance = 0.76923,
        .recycling_input_rate = 0.06,
        .substitution = 0.98755};
    EXPECT_NEAR(supply_risk(inputs).value(), 2.1309, 5e-5);
    const std::vector<SectorUse> uses{{0.5, 150}, {0.3, 80}, {0.2, 40}};
    EXPECT_NEAR(economic_importance(uses, 220, 0.976), 4.7469, 5e-5);
}

TEST(EuCriticality, StandsOnOneSupplyWhereTheOtherIsMissing) {
    const SupplyRiskInputs world{.global_supply = 2.0, .import_reliance = 0.3};
    const SupplyRiskInputs own{.own_sourcing = 2.0, .import_reliance = 0.9};
    EXPECT_DOUBLE_EQ(supply_risk(world).value(), 2.0);
    EXPECT_DOUBLE_EQ(supply_risk(own).value(), 2.0);
    EXPECT_FALSE(supply_risk({}));
}

TEST(EuCriticality, MatchesHandComputedParts) {
    EXPECT_DOUBLE_EQ(scaled_governance(2.5), 0.0);
    EXPECT_DOUBLE_EQ(scaled_governance(-2.5), 10.0);
    EXPECT_NEAR(import_reliance(120, 430, 30).value(), 0.76923, 5e-6);
    EXPECT_DOUBLE_EQ(import_reliance(100, 0, 50).value(), 0.0);
    EXPECT_FALSE(import_reliance(10, 0, 10));
    EXPECT_DOUBLE_EQ(recycling_input_rate(6, 94, 6).value(), 0.06);
    // Half of the use can be replaced in 0.4 by a substitute with SP, SCr, SCo = 0.8: cube root
    // 0.8.
    const std::vector<Substitute> substitutes{{0.4, 0.8, 0.8, 0.8, 0.7}};
    const std::vector<Application> applications{{0.5, substitutes}, {0.5, {}}};
    EXPECT_NEAR(substitution_for_supply_risk(applications), 0.5 * (0.32 + 0.6) + 0.5, 1e-12);
    EXPECT_NEAR(
        substitution_for_economic_importance(applications),
        0.5 * (0.28 + 0.6) + 0.5,
        1e-12
    );
}

// Worked example: PS (.6,.25,.15), ASI (.5,.3,.2), WSI (.8,.4,.1); TE 0.84, EV 0.35.
TEST(UsgsSupplyRisk, MatchesTheWorkedExample) {
    const std::vector<Producer> producers{{0.6, 0.5, 0.8}, {0.25, 0.3, 0.4}, {0.15, 0.2, 0.1}};
    EXPECT_NEAR(disruption_potential(producers), 0.15195, 5e-6);
    EXPECT_NEAR(usgs_supply_risk({0.15195, 0.84, 0.35}), 0.3548, 5e-5);
    EXPECT_EQ(usgs_supply_risk({0.15195, 0.0, 0.35}), 0.0);
}

TEST(UsgsSupplyRisk, ScalesVulnerabilityToItsRange) {
    const std::vector<UsingIndustry> industries{{100, 5, 10}, {200, 1, 20}};
    EXPECT_NEAR(economic_vulnerability(industries, 1000), (50.0 + 10.0) / 1000.0, 1e-12);
    EXPECT_EQ(normalised_vulnerability(Values{2, 4, 3}), (Values{0.0, 1.0, 0.5}));
    EXPECT_EQ(normalised_vulnerability(Values{3, 3}), (Values{0.0, 0.0}));
    EXPECT_TRUE(normalised_vulnerability(Values{}).empty());
}

// HHI 0.5, 60 from a state with g 0.8, 20 from one with 0.2, 20 made at home: 0.5 * 52 / 100.
TEST(Geopolrisk, MatchesHandComputedValues) {
    const std::vector<UnstableImport> imports{{60, 0.8}, {20, 0.2}};
    EXPECT_NEAR(geopolrisk(0.5, imports, 20).value(), 0.26, 1e-12);
    EXPECT_FALSE(geopolrisk(0.5, {}, 0));
    EXPECT_DOUBLE_EQ(political_instability(2.5), 0.0);
    EXPECT_DOUBLE_EQ(political_instability(0.0), 0.5);
    EXPECT_DOUBLE_EQ(political_instability(-3.1), 1.0);
    EXPECT_DOUBLE_EQ(characterisation_factor(geopolrisk_midpoint(0.26, 10), 1.3), 2.0);
}

// Worked example: 0.7 * 0.95 * 0.7 outward, 0.55 * 0.9 * 0.9 inward, ratio 1.045.
TEST(MineralLeverage, MatchesTheWorkedExample) {
    const LeverageTerm outward{0.7, 0.95, 0.3};
    const LeverageTerm inward{0.55, 0.9, 0.1};
    EXPECT_NEAR(leverage(outward), 0.4655, 5e-5);
    EXPECT_NEAR(leverage(inward), 0.4455, 5e-5);
    const std::vector<LeverageTerm> out{outward};
    const std::vector<LeverageTerm> in{inward};
    EXPECT_NEAR(leverage_ratio(out, in).value(), 1.045, 5e-4);
    EXPECT_FALSE(leverage_ratio(out, {}));
    const std::vector<Stage> stages{{100, 2}, {50, 6}};
    EXPECT_DOUBLE_EQ(value_kept(stages, 1000), 0.5);
}

// Worked example: FOB 1000, VNM 560 gives 0.44; so does the cost book 180 + 120 + 60 + 30 + 50.
TEST(RegionalValueContent, MatchesTheWorkedExampleInBothForms) {
    const double indirect = regional_value_content_indirect(1000, 560);
    const double direct = regional_value_content_direct(1000, {180, 120, 60, 30, 50});
    EXPECT_NEAR(indirect, 0.44, 1e-12);
    EXPECT_NEAR(direct, indirect, 1e-12) << "the cost book balances";
}

// Worked example: values US 300, RU 120, KR 180, EU 200, CN 80, ASEAN 120.
TEST(Exposure, MatchesTheWorkedExample) {
    const std::vector<Measure> measures{
        {0.02, 0.9, 300},
        {0.35, 1.0, 120},
        {0.01, 0.7, 180},
        {0.02, 0.8, 200},
        {0.10, 0.9, 80},
        {0.005, 0.5, 120}};
    EXPECT_NEAR(expected_loss(measures), 59.36, 5e-3);
    const BlocBalance balance = bloc_balance(Values{300, 120, 180, 200, 80, 120});
    EXPECT_NEAR(balance.hhi, 0.1976, 5e-5);
    EXPECT_NEAR(balance.over_cap, -0.2, 1e-12);
    const std::vector<Tariffed>
        purchases{{0.19, 300}, {0.0, 120}, {0.0, 180}, {0.10, 200}, {0.0, 80}, {0.0, 120}};
    EXPECT_NEAR(tariff_cost(purchases), 77.0, 1e-9);
    EXPECT_NEAR(ad_valorem_equivalent(purchases), 0.077, 1e-12);
    EXPECT_NEAR(ad_valorem_equivalent(purchases, 0.5), 0.0385, 1e-12);
    EXPECT_NEAR(controlled_content(Values{130, 50}, 1000), 0.18, 1e-12);
    const IndicatorParameters parameters;
    EXPECT_LT(controlled_content(Values{130, 50}, 1000), parameters.controlled_content);
    const std::vector<ScopedValue> items{{100, true}, {300, false}};
    EXPECT_DOUBLE_EQ(direct_exposure(items), 0.25);
}

// Two measures of 100 with p 0.1: both 0.01, one 0.18, none 0.81. The worst 5 % are all of "both"
// and 0.04 of "one": (0.01 * 200 + 0.04 * 100) / 0.05 = 120. Wholly common: both in 0.1, so 200.
TEST(TailLoss, MatchesHandComputedValues) {
    const std::vector<Measure> measures{{0.1, 1.0, 100}, {0.1, 1.0, 100}};
    EXPECT_NEAR(*expected_tail_loss(measures), 120.0, 1e-9);
    EXPECT_NEAR(*expected_tail_loss(measures, {.common_shock = 0.1}), 200.0, 1e-9);
    EXPECT_NEAR(*expected_tail_loss(measures, {.tail = 1.0}), expected_loss(measures), 1e-9);
    EXPECT_NEAR(
        *expected_tail_loss(measures, {.tail = 1.0, .common_shock = 0.05}),
        expected_loss(measures),
        1e-9
    );
    EXPECT_FALSE(expected_tail_loss(std::vector<Measure>(21)));
    EXPECT_FALSE(expected_tail_loss(measures, {.common_shock = 0.2}));
    EXPECT_FALSE(expected_tail_loss(measures, {.tail = 0.0}));
}

// Beta(1, 1) is uniform: its central 90 % is 0.05 to 0.95. Two experts average their means.
TEST(OpinionPool, MatchesHandComputedValues) {
    const auto uniform = pooled_probability(std::vector<Judgement>{{1, 1}});
    ASSERT_TRUE(uniform);
    EXPECT_NEAR(uniform->low(), 0.05, 1e-9);
    EXPECT_NEAR(uniform->high(), 0.95, 1e-9);
    const auto pool = pooled_probability(std::vector<Judgement>{{1, 9, 3}, {4, 6, 1}});
    ASSERT_TRUE(pool);
    EXPECT_NEAR(pool->likely(), (3 * 0.1 + 0.4) / 4, 1e-12);
    EXPECT_LT(pool->low(), pool->likely());
    EXPECT_FALSE(pooled_probability({}));
    EXPECT_FALSE(pooled_probability(std::vector<Judgement>{{0, 1}}));
}

}  // namespace
}  // namespace adic::supply
