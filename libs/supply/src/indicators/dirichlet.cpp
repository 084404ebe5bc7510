#include "adic/base/random.hpp"
#include "adic/supply/indicators/concentration.hpp"

#include "estimates.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace adic::supply {
namespace {

/// A standard normal variate by the polar method of Marsaglia and Bray (1964).
double normal(RandomStream& random) {
    double u = 0.0;
    double s = 0.0;
    do {
        u = 2.0 * random.uniform() - 1.0;
        const double v = 2.0 * random.uniform() - 1.0;
        s = u * u + v * v;
    } while (s >= 1.0 || s == 0.0);
    return u * std::sqrt(-2.0 * std::log(s) / s);
}

/// A gamma variate with scale 1, for shape >= 1: Marsaglia and Tsang (2000), section 6.
double gamma_above_one(double shape, RandomStream& random) {
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / std::sqrt(9.0 * d);
    for (;;) {
        const double x = normal(random);
        const double cube = std::pow(1.0 + c * x, 3.0);
        const double u = random.uniform();
        if (cube > 0.0 && std::log(u) < 0.5 * x * x + d - d * cube + d * std::log(cube)) {
            return d * cube;
        }
    }
}

/// The same for any shape > 0; below one by the step of shape + 1 and a power.
double gamma(double shape, RandomStream& random) {
    if (shape >= 1.0) {
        return gamma_above_one(shape, random);
    }
    const double larger = gamma_above_one(shape + 1.0, random);
    return larger * std::pow(1.0 - random.uniform(), 1.0 / shape);
}

bool is_valid(std::span<const double> shares, const DirichletOptions& options) {
    double total = 0.0;
    for (const double share : shares) {
        if (!(share >= 0.0 && std::isfinite(share))) {
            return false;
        }
        total += share;
    }
    return total > 0.0 && std::isfinite(total) && options.evidence > 0.0
           && std::isfinite(options.evidence) && options.level > 0.0 && options.level < 1.0
           && options.draws > 0;
}

}  // namespace

Result<Estimate>
dirichlet_interval(std::span<const double> shares, const DirichletOptions& options) {
    if (!is_valid(shares, options)) {
        return Error{
            ErrorCode::invalid_argument,
            "a Dirichlet interval needs shares of at least 0 with a positive sum, positive "
            "evidence, "
            "a level between 0 and 1, and at least one draw",
            {}};
    }
    double total = 0.0;
    for (const double share : shares) {
        total += share;
    }
    std::vector<double> drawn(options.draws);
    std::vector<double> parts(shares.size());
    for (std::uint32_t n = 0; n < options.draws; ++n) {
        RandomStream random{options.seed, n};
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const double shape = options.evidence * shares[i] / total;
            parts[i] = shape > 0.0 ? gamma(shape, random) : 0.0;
        }
        // Shapes so small that every part is drawn as nothing belong to one supplier alone.
        const bool vanished = std::ranges::all_of(parts, [](double part) { return part <= 0.0; });
        drawn[n] = vanished ? 1.0 : concentration(parts);
    }
    std::ranges::sort(drawn);
    const auto quantile = [&](double q) {
        return drawn[static_cast<std::size_t>(q * static_cast<double>(drawn.size() - 1) + 0.5)];
    };
    const double tail = (1.0 - options.level) / 2.0;
    return bracket(quantile(tail), concentration(shares), quantile(1.0 - tail));
}

}  // namespace adic::supply
