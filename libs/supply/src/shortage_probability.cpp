#include "shortage_probability.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace adic::supply {

double ShortageProbability::operator()(std::span<const LossTerm> terms, double limit) {
    assert(limit >= 0.0 && limit <= 1.0 + 1e-6);
    constexpr double steps = 1000.0;
    const auto last = static_cast<std::size_t>(std::floor(limit * steps + 1e-6));
    mass_.assign(last + 1, 0.0);
    mass_[0] = 1.0;
    std::size_t reached = 0;  // no mass lies beyond
    double beyond = 0.0;
    for (const LossTerm& term : terms) {
        const auto step = static_cast<std::size_t>(std::lround(term.weight * steps));
        if (step == 0) {
            continue;
        }
        for (std::size_t lost = reached + 1; lost-- > 0;) {
            const double moved = mass_[lost] * term.probability;
            mass_[lost] -= moved;
            if (lost + step <= last) {
                mass_[lost + step] += moved;
            } else {
                beyond += moved;
            }
        }
        reached = std::min(last, reached + step);
    }
    return beyond;
}

}  // namespace adic::supply
