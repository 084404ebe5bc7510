#include "adic/supply/indicators/exposure.hpp"

#include "estimates.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/special_functions/beta.hpp>

namespace adic::supply {
namespace {

bool is_valid(std::span<const Judgement> judgements, double level) {
    const auto is_good = [](double x) { return x > 0.0 && std::isfinite(x); };
    return !judgements.empty() && level > 0.0 && level < 1.0
           && std::ranges::all_of(judgements, [&](const Judgement& j) {
                  return is_good(j.alpha) && is_good(j.beta) && is_good(j.weight);
              });
}

double total_weight(std::span<const Judgement> judgements) {
    double sum = 0.0;
    for (const Judgement& j : judgements) {
        sum += j.weight;
    }
    return sum;
}

/// Probability under the pool that the unknown probability is at most x.
double pooled_below(std::span<const Judgement> judgements, double x) {
    double sum = 0.0;
    for (const Judgement& j : judgements) {
        sum += j.weight * boost::math::ibeta(j.alpha, j.beta, x);
    }
    return sum / total_weight(judgements);
}

double pooled_quantile(std::span<const Judgement> judgements, double q) {
    double low = 0.0;
    double high = 1.0;
    while (high - low > 1e-12) {
        const double middle = 0.5 * (low + high);
        (pooled_below(judgements, middle) < q ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

}  // namespace

Result<Estimate> pooled_probability(std::span<const Judgement> judgements, double level) {
    if (!is_valid(judgements, level)) {
        return Error{
            ErrorCode::invalid_argument,
            "an opinion pool needs at least one judgement, parameters and weights above 0, and a "
            "level "
            "between 0 and 1",
            {}};
    }
    double mean = 0.0;
    for (const Judgement& j : judgements) {
        mean += j.weight * j.alpha / (j.alpha + j.beta);
    }
    mean /= total_weight(judgements);
    const double tail = (1.0 - level) / 2.0;
    return bracket(
        pooled_quantile(judgements, tail),
        mean,
        pooled_quantile(judgements, 1.0 - tail)
    );
}

}  // namespace adic::supply
