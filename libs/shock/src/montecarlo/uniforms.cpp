#include "montecarlo/uniforms.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <cassert>

#include <boost/random/sobol.hpp>

namespace adic::shock {
namespace {

/// Points of one replicate that have directions of their own: two million.
constexpr std::uint32_t direction_bits = 21;

/// Beyond these, numbers are drawn independently: what decides most comes first.
constexpr std::uint32_t most_dimensions = 1'024;

std::vector<std::uint32_t> directions_of(std::uint32_t dimensions) {
    boost::random::sobol_engine<std::uint32_t, 32> points(dimensions);
    std::vector<std::uint32_t> directions;
    for (std::uint32_t bit = 0; bit < direction_bits; ++bit) {
        // The engine's point n is that of Gray code n + 1; this one has the single bit `bit`.
        points.seed((1U << (bit + 1)) - 2);
        for (std::uint32_t dimension = 0; dimension < dimensions; ++dimension) {
            directions.push_back(points());
        }
    }
    return directions;
}

}  // namespace

Uniforms::Uniforms(std::uint64_t seed, Sampling sampling, const Counts& counts)
    : seed_(seed)
    , sampling_(sampling) {
    for (std::size_t kind = 0; kind < counts.size(); ++kind) {
        first_dimension_[kind] = dimensions_;
        dimensions_ = std::min(most_dimensions, dimensions_ + counts[kind]);
    }
    if (sampling_ == Sampling::quasi_random && dimensions_ > 0) {
        directions_ = directions_of(dimensions_);
        for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
            RandomStream random(mix(seed_) ^ 0x5348494654U, replicate);
            for (std::uint32_t dimension = 0; dimension < dimensions_; ++dimension) {
                shifts_.push_back(static_cast<std::uint32_t>(random.bits() >> 32U));
            }
        }
    }
}

double Uniforms::quasi(std::uint64_t run, std::uint32_t dimension) const {
    const std::uint64_t block = run / runs_per_block;
    const auto replicate = static_cast<std::uint32_t>(block % replicates);
    const std::uint64_t point = block / replicates * runs_per_block + run % runs_per_block;
    std::uint64_t code = point ^ (point >> 1U);
    std::uint32_t digits = shifts_[replicate * dimensions_ + dimension];
    for (std::uint32_t bit = 0; code != 0 && bit < direction_bits; ++bit, code >>= 1U) {
        if ((code & 1U) != 0) {
            digits ^= directions_[bit * dimensions_ + dimension];
        }
    }
    constexpr double half = 0.5;
    return (digits + half) * 0x1.0p-32;
}

double Uniforms::draw(std::uint64_t run, Drawn what, std::uint32_t index) const {
    const auto kind = static_cast<std::size_t>(what);
    if (sampling_ == Sampling::quasi_random) {
        const std::uint64_t dimension = std::uint64_t{first_dimension_[kind]} + index;
        const bool has_its_own = kind + 1 < first_dimension_.size()
                                     ? dimension < first_dimension_[kind + 1]
                                     : dimension < dimensions_;
        if (has_its_own) {
            return quasi(run, static_cast<std::uint32_t>(dimension));
        }
    }
    const std::uint64_t what_for = (static_cast<std::uint64_t>(kind) << 32U) | index;
    const bool in_pairs = sampling_ == Sampling::antithetic;
    RandomStream random(seed_ ^ mix(what_for), in_pairs ? run / 2 : run);
    const double u = std::max(random.uniform(), 0x1.0p-54);
    return in_pairs && run % 2 == 1 ? std::min(1 - u, 1 - 0x1.0p-53) : u;
}

}  // namespace adic::shock
