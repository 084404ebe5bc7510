#pragma once

#include <span>
#include <vector>

namespace adic::supply {

/// A supplier that fails on its own with `probability` and takes `weight` of the supply with it.
struct LossTerm {
    double weight;       ///< in [0, 1]
    double probability;  ///< in [0, 1]
};

/// Probability that independent losses add up to more than `limit`, weights rounded to 1/1000.
///
/// A dynamic programme over the lost thousandths: what has gone beyond the limit has done its harm
/// and needs no place of its own, so the table ends there. Requires: limit in [0, 1]. Cost: O(terms
/// * limit * 1000).
class ShortageProbability {
  public:
    double operator()(std::span<const LossTerm> terms, double limit);

  private:
    std::vector<double> mass_;  ///< kept between calls, to allocate once
};

}  // namespace adic::supply
