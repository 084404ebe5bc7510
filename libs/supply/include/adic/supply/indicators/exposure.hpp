#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace adic::supply {

/// Something of value, and whether a measure or a jurisdiction reaches it.
struct ScopedValue {
    double value;
    bool in_scope;
};

/// Part of the value that is in the scope of a measure: sum of values in scope over all.
/// Unit: 1. Source: definition. Requires: values not negative, their sum positive.
double direct_exposure(std::span<const ScopedValue> items);

/// Value of the parts that a jurisdiction controls over the value of the item. The de minimis rule
/// is breached above 0.25 (0.10 for listed destinations).
///
/// Unit: 1. Source: US EAR 734.4. Requires: item_value > 0.
double controlled_content(std::span<const double> controlled_parts, double item_value);

/// A measure that may come: how likely in a year, what part of the value it then takes, and the
/// value.
struct Measure {
    double probability;
    double severity;
    double value;
};

/// EL = sum of probability * severity * value. Unit: that of the values.
/// Source: Kaplan and Garrick (1981), Risk Analysis 1(1), 11.
double expected_loss(std::span<const Measure> measures);

struct TailOptions {
    double tail = 0.05;         ///< the worst one in twenty
    double common_shock = 0.0;  ///< probability of one event that brings all measures at once
};

/// The mean loss in the worst `tail` of all joint outcomes (expected shortfall). With probability
/// `common_shock` all measures come together; otherwise each comes by itself, so likely that its
/// own probability stays what it is: (p - c) / (1 - c).
///
/// Unit:   that of the values.
/// Source: Rockafellar and Uryasev (2002), J. Banking and Finance 26(7), 1443; common shock after
///         Marshall and Olkin (1967), J. Am. Stat. Assoc. 62, 30.
/// Errors: invalid_argument for more than 20 measures (2^20 outcomes), a probability or severity
///         outside [0, 1], a value below 0, a tail outside (0, 1], or a shock more likely than
///         some measure.
/// Cost:   O(n 2^n).
Result<double>
expected_tail_loss(std::span<const Measure> measures, const TailOptions& options = {});

/// Part of the purchases under one tariff.
struct Tariffed {
    double tariff;  ///< 0.19 for 19 %
    double value;
};

/// dC = pass-through * sum of tariff * value. Unit: that of the values.
/// Source: WTO and UNCTAD (2012), "A Practical Guide to Trade Policy Analysis", ch. 2.
double tariff_cost(std::span<const Tariffed> purchases, double pass_through = 1.0);

/// dC over the sum of values. Requires: the sum is positive.
double ad_valorem_equivalent(std::span<const Tariffed> purchases, double pass_through = 1.0);

/// One expert's judgement of a probability: a Beta distribution and its weight in the pool.
struct Judgement {
    double alpha;
    double beta;
    double weight = 1.0;
};

/// The linear opinion pool of the judgements: mean, and the central interval of `level`.
///
/// Unit:   1, a probability.
/// Source: Stone (1961), Ann. Math. Stat. 32, 1339; O'Hagan et al. (2006), "Uncertain Judgements",
///         ch. 9.
/// Errors: invalid_argument for an empty pool, parameters or weights that are not positive, or a
///         level outside (0, 1).
/// Cost:   O(n) per step of a bisection to 1e-12.
Result<Estimate> pooled_probability(std::span<const Judgement> judgements, double level = 0.9);

/// How purchases lie with blocs: their concentration, and how far the largest is from a cap.
struct BlocBalance {
    double hhi;
    double largest_share;
    double over_cap;  ///< largest share less the cap: above 0, the cap is broken
};

/// Balance of `values` by bloc, those inside counted as one bloc if they are given.
/// Unit: 1. Source: Hirschman (1964). Requires: values not negative, sum positive. Cost: O(blocs).
BlocBalance bloc_balance(std::span<const double> values, double cap = 0.5);

}  // namespace adic::supply
