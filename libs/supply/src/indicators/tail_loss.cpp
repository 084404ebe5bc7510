#include "adic/supply/indicators/exposure.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

namespace adic::supply {
namespace {

constexpr std::size_t most_measures = 20;

bool is_valid(std::span<const Measure> measures, const TailOptions& options) {
    const auto is_part = [](double x) { return x >= 0.0 && x <= 1.0; };
    if (measures.size() > most_measures || !is_part(options.common_shock)
        || !(options.tail > 0.0 && options.tail <= 1.0)) {
        return false;
    }
    return std::ranges::all_of(measures, [&](const Measure& m) {
        return is_part(m.probability) && is_part(m.severity) && m.value >= 0.0
               && std::isfinite(m.value) && m.probability >= options.common_shock;
    });
}

struct Outcome {
    double loss;
    double probability;
};

std::vector<Outcome> joint_outcomes(std::span<const Measure> measures, double shock) {
    std::vector<Outcome> outcomes;
    outcomes.reserve((std::size_t{1} << measures.size()) + 1);
    double all = 0.0;
    outcomes.push_back({0.0, 1.0 - shock});
    for (const Measure& m : measures) {
        const double loss = m.severity * m.value;
        const double p = shock < 1.0 ? (m.probability - shock) / (1.0 - shock) : 0.0;
        all += loss;
        const std::size_t n = outcomes.size();
        for (std::size_t i = 0; i < n; ++i) {
            outcomes.push_back({outcomes[i].loss + loss, outcomes[i].probability * p});
            outcomes[i].probability *= 1.0 - p;
        }
    }
    outcomes.push_back({all, shock});
    return outcomes;
}

}  // namespace

Result<double> expected_tail_loss(std::span<const Measure> measures, const TailOptions& options) {
    if (!is_valid(measures, options)) {
        return Error{
            ErrorCode::invalid_argument,
            "an expected tail loss needs at most 20 measures, probabilities and severities between "
            "0 "
            "and 1, values of at least 0, a tail above 0, and a common shock no more likely than "
            "any "
            "measure",
            {}};
    }
    std::vector<Outcome> outcomes = joint_outcomes(measures, options.common_shock);
    std::ranges::sort(outcomes, std::greater{}, &Outcome::loss);
    double left = options.tail;
    double sum = 0.0;
    for (const Outcome& outcome : outcomes) {
        const double taken = std::min(left, outcome.probability);
        sum += taken * outcome.loss;
        left -= taken;
    }
    return sum / options.tail;
}

}  // namespace adic::supply
