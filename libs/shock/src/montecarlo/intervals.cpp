#include "adic/shock/montecarlo/intervals.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>

namespace adic::shock {
namespace {

/// An estimate whose ends rounding may have put on the wrong side of the middle.
Estimate ordered(double low, double likely, double high) {
    const auto made = Estimate::create(std::min(low, likely), likely, std::max(high, likely));
    return made ? *made : Estimate::exactly(likely);
}

}  // namespace

Estimate wilson_interval(double hits, double runs, double deviate) {
    assert(runs > 0 && deviate > 0);
    const double p = std::clamp(hits / runs, 0.0, 1.0);
    const double z2 = deviate * deviate / runs;
    const double middle = (p + z2 / 2) / (1 + z2);
    const double half = deviate * std::sqrt(p * (1 - p) / runs + z2 / (4 * runs)) / (1 + z2);
    return ordered(std::max(0.0, middle - half), p, std::min(1.0, middle + half));
}

Estimate exact_interval(std::uint64_t hits, std::uint64_t runs, double confidence) {
    assert(runs > 0 && hits <= runs);
    const double tail = (1 - confidence) / 2;
    const auto k = static_cast<double>(hits);
    const auto n = static_cast<double>(runs);
    const double low = hits == 0 ? 0.0 : boost::math::ibeta_inv(k, n - k + 1, tail);
    const double high = hits == runs ? 1.0 : boost::math::ibetac_inv(k + 1, n - k, tail);
    return ordered(low, k / n, high);
}

QuantileRanks quantile_ranks(std::uint64_t runs, double level, double confidence) {
    assert(runs > 0);
    const boost::math::binomial below(static_cast<double>(runs), level);
    const double tail = (1 - confidence) / 2;
    // P(fewer than `rank` runs are below the quantile).
    const auto fewer_than = [&](std::uint64_t rank) {
        return rank == 0 ? 0.0 : boost::math::cdf(below, static_cast<double>(rank) - 1);
    };
    std::uint64_t low = 0;
    std::uint64_t high = runs + 1;
    for (std::uint64_t left = 0, right = runs; left <= right;) {  // the last rank within the tail
        const std::uint64_t middle = (left + right) / 2;
        if (fewer_than(middle) <= tail) {
            low = middle;
            left = middle + 1;
        } else if (middle == 0) {
            break;
        } else {
            right = middle - 1;
        }
    }
    for (std::uint64_t left = 1, right = runs; left <= right;) {  // the first beyond the other
        const std::uint64_t middle = (left + right) / 2;
        if (fewer_than(middle) >= 1 - tail) {
            high = middle;
            right = middle - 1;
        } else {
            left = middle + 1;
        }
    }
    const double above = high > runs ? 1.0 : fewer_than(high);
    return {low, high, above - fewer_than(low)};
}

double two_sided_deviate(double confidence, double degrees_of_freedom) {
    const double tail = (1 - confidence) / 2;
    if (!std::isfinite(degrees_of_freedom)) {
        return boost::math::quantile(boost::math::complement(boost::math::normal(), tail));
    }
    const boost::math::students_t student(std::max(degrees_of_freedom, 1.0));
    return boost::math::quantile(boost::math::complement(student, tail));
}

Estimate mean_interval(std::span<const double> values, double confidence) {
    assert(!values.empty());
    const auto n = static_cast<double>(values.size());
    double sum = 0;
    for (const double value : values) {
        sum += value;
    }
    const double mean = sum / n;
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    if (values.size() < 2) {
        return Estimate::exactly(mean);
    }
    const double half = two_sided_deviate(confidence, n - 1) * std::sqrt(squares / (n - 1) / n);
    return ordered(mean - half, mean, mean + half);
}

}  // namespace adic::shock
