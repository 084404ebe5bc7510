#pragma once

#include <cstdint>
#include <string>

namespace adic::supply {

/// Every threshold and default that an indicator takes. None is compiled into a formula: a reader
/// who holds another view sets another value, and the page of the indicator prints what was used.
struct IndicatorParameters {
    /// The bloc whose members count as near in external import dependence and regional content.
    std::string region = "ASEAN";

    /// Below this covered share a reading is marked as thinly covered: a fifth missing can hide the
    /// second largest supplier of most markets.
    double least_covered = 0.8;

    /// Import dependence that asks for attention. Half, as in the second criterion of SWD(2021)
    /// 352.
    double import_dependence = 0.5;

    /// Self-sufficiency below which home production does not meet half of the use.
    double self_sufficiency = 0.5;

    /// Net import reliance above half of consumption: the level the USGS charts single out.
    double net_import_reliance = 0.5;

    /// HHI: highly concentrated above 1800 of 10 000, US DOJ and FTC Merger Guidelines 2023.
    double concentration = 0.18;

    /// Fewer than this many suppliers of equal size: the inverse of the HHI threshold 0.18.
    double effective_suppliers = 1.0 / 0.18;

    /// How many of the largest suppliers the concentration ratio adds up; three is the customary
    /// CR3.
    std::uint32_t largest_count = 3;

    /// Three suppliers that hold more than this leave no room for a fourth of their size.
    double largest_shares = 0.75;

    /// One supplier's share: benchmark of Regulation (EU) 2024/1252, article 5, for any one
    /// country.
    double largest_supplier = 0.65;

    /// CDI1, concentration of outside suppliers: European Commission SWD(2021) 352.
    double outside_concentration = 0.4;

    /// CDI2, weight of outside suppliers in all purchases: European Commission SWD(2021) 352.
    double outside_weight = 0.5;

    /// CDI3, purchases outside over exports: European Commission SWD(2021) 352.
    double outside_substitution = 1.0;

    /// CDI3 when there are no exports at all, as the Commission and CEPII print it.
    double no_exports = 9999.0;

    /// Criteria of strategic dependency that have to hold together: all three, SWD(2021) 352.
    double strategic_dependency = 3.0;

    /// Critical at and above: European Commission, guidelines of 2017.
    double eu_supply_risk = 1.0;
    double eu_economic_importance = 2.8;

    /// Smallest substitution index that the guidelines of 2017 allow for supply risk: the geometric
    /// mean of the smallest substitute production, criticality and co-production values, 0.8 each.
    double least_substitution_sr = 0.8;

    /// The same for economic importance: full substitution at equal cost and performance, 0.7.
    double least_substitution_ei = 0.7;

    /// Largest trade variable t that a supplier of unknown origin may have. The study of 2023
    /// prints values from 0.8 to 1.4.
    double largest_trade_restriction = 1.4;

    /// Nassar and Fortier (2021), USGS OFR 2021-1045: at and above this a commodity is critical.
    double usgs_supply_risk = 0.40;

    /// Regional value content that makes a good originating: ATIGA, article 28.
    double regional_value_content = 0.40;

    /// Controlled content above which re-export falls under the jurisdiction: EAR 734.4, the
    /// general level; 0.10 applies to destinations that the regulation lists.
    double controlled_content = 0.25;

    /// Part of an item's value under one control list that asks for attention; the de minimis
    /// level.
    double direct_exposure = 0.25;

    /// Largest share that one outside bloc should hold: half, so that the others can outweigh it.
    double bloc_cap = 0.5;

    /// Share of the supply that is expected to be lost in a year: one part in twenty.
    double expected_loss = 0.05;

    /// Additional cost by tariffs, as part of the value: one part in twenty.
    double tariff_cost = 0.05;

    /// Additional tariff that is possible where none is recorded: doubling the price, which the
    /// measures of recent years reach and seldom pass.
    double largest_tariff = 1.0;

    /// Part of a tariff that the buyer ends up paying: all of it; the range found is half to all.
    double pass_through = 1.0;
    double least_pass_through = 0.5;

    /// Inward leverage, share of use that one partner can withhold and nothing replaces.
    double inward_leverage = 0.5;

    /// Concentration of the Dirichlet distribution of uncertain shares: 200 draws' worth of
    /// evidence, which puts a share of one half within 0.43 and 0.57 in 19 of 20 draws.
    double dirichlet_evidence = 200.0;
};

}  // namespace adic::supply
