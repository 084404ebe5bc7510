#pragma once

#include "adic/base/estimate.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace adic::shock {

/// Interval of a probability of which `hits` of `runs` independent runs are known; fractions are
/// what estimates with other variances amount to.
///
/// Source:   Wilson (1927), "Probable inference, the law of succession, and statistical inference",
///           J. Am. Stat. Assoc. 22, 209; docs/explanation/shock-montecarlo.md (M6).
/// Requires: 0 <= hits <= runs, runs > 0, `deviate` > 0: the normal quantile, or Student's.
Estimate wilson_interval(double hits, double runs, double deviate);

/// The interval of a probability that covers it at least as often as `confidence` says, whatever
/// it is.
///
/// Source:   Clopper, Pearson (1934), "The use of confidence or fiducial limits", Biometrika 26,
///           404; docs/explanation/shock-montecarlo.md (M7).
/// Requires: hits <= runs, runs > 0, confidence in (0, 1).
Estimate exact_interval(std::uint64_t hits, std::uint64_t runs, double confidence);

/// Ranks, from 1, of the order statistics between which a quantile lies. 0 or runs + 1: no order
/// statistic bounds it.
struct QuantileRanks {
    std::uint64_t low;
    std::uint64_t high;
    double coverage;  ///< the probability that they do, for a continuous distribution
};

/// Source:   Conover (1999), "Practical Nonparametric Statistics", 3rd ed., sec. 3.2;
///           docs/explanation/shock-montecarlo.md (M5).
/// Requires: runs > 0, level and confidence in (0, 1).
QuantileRanks quantile_ranks(std::uint64_t runs, double level, double confidence);

/// The quantile of Student's distribution that leaves (1 - confidence) / 2 above it; of the normal
/// one for infinitely many degrees of freedom.
double two_sided_deviate(double confidence, double degrees_of_freedom);

/// The mean of independent values, with its interval by Student's distribution.
/// Requires: not empty; one value has the interval of its own value.
Estimate mean_interval(std::span<const double> values, double confidence);

}  // namespace adic::shock
