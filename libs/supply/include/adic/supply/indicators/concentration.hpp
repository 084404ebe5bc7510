#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/supply/indicators/shares.hpp"

#include <cstdint>
#include <span>

namespace adic::supply {

/// Herfindahl-Hirschman index: the sum of squared shares. The amounts need not add up to one.
///
/// Unit:     1, in [1/n, 1] for n suppliers; 1 means a single source. Times 10 000: the US scale.
/// Source:   Hirschman (1964), "The Paternity of an Index", Am. Econ. Rev. 54(5), 761.
/// Requires: no amount negative, total positive.
/// Cost:     O(n).
double concentration(std::span<const double> amounts);

/// (HHI - 1/n) / (1 - 1/n): 0 for equal shares, 1 for a single source, whatever the number n of
/// suppliers. One supplier alone gives 1.
///
/// Unit: 1. Source: Hall and Tideman (1967), J. Am. Stat. Assoc. 62, 162. Requires: n > 0.
double normalised_concentration(double hhi, double suppliers);

/// 1 / HHI: how many suppliers of equal size would be as concentrated.
///
/// Unit: suppliers. Source: Adelman (1969), Rev. Econ. Stat. 51, 99. Requires: hhi > 0.
double effective_suppliers(double hhi);

/// The part of the total that the `count` largest hold.
///
/// Unit: 1. Requires: no amount negative, total positive. Cost: O(n log n).
double concentration_ratio(std::span<const double> amounts, std::size_t count);

/// HHI bounds when recorded shares leave a remainder r open: spread thin it adds nothing; the most
/// it adds is when the largest supplier holds it too, 2 r s_max + r^2 (r^2 if it is a new
/// supplier).
///
/// Unit: 1. Requires: shares in [0, 1]. Cost: O(n).
Estimate concentration_bounds(std::span<const double> recorded_shares);

struct DirichletOptions {
    double evidence = 200.0;  ///< kappa: the shares are known as if from this many observations
    double level = 0.95;      ///< central probability of the interval
    std::uint32_t draws = 10'000;  ///< the ends of the interval move by less than 1 % of its width
    std::uint64_t seed = 1;
};

/// The central interval of the HHI when shares follow a Dirichlet distribution around `shares` with
/// parameters evidence * share. `likely` is the HHI of `shares` themselves, kept inside.
///
/// Unit:     1.
/// Source:   gamma variates by Marsaglia and Tsang (2000), ACM TOMS 26(3), 363.
/// Requires: no share negative, total positive, evidence > 0, 0 < level < 1, draws > 0.
/// Errors:   invalid_argument where this does not hold.
/// Cost:     O(draws * n).
Result<Estimate>
dirichlet_interval(std::span<const double> shares, const DirichletOptions& options = {});

}  // namespace adic::supply
