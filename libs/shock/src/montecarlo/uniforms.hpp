#pragma once

#include "adic/shock/montecarlo/montecarlo.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace adic::shock {

/// What a number is drawn for. The first ones decide most, so they get the best Sobol dimensions.
enum class Drawn : std::uint8_t {
    cause,
    common_factor,
    happens,
    duration,
    start,
    severity,
    reach,
    cover,
    store,
    recovery,
    processing,
    approved,
    quota,
    backlog_share,
    backlog_days,
    rate,
    probability,
    cause_probability,
    correlation,
    share,
    unrecorded,
    change,
    end,
};

inline constexpr std::uint32_t replicates = 16;

/// The numbers that runs are made of: number `index` of kind `what` in run `run` is a pure function
/// of these and the seed, whatever else is drawn.
///
/// Source: docs/explanation/shock-montecarlo.md (M1, M8); Sobol' (1967), USSR Comput. Math. Math.
///         Phys. 7(4), 86, with the direction numbers of Joe, Kuo (2008), SIAM J. Sci. Comput. 30,
///         2635; digital shifts after L'Ecuyer, Lemieux (2002), in "Modeling Uncertainty", 419.
class Uniforms {
  public:
    /// `counts`: how many numbers of each kind there are, for the dimensions of quasi-random runs.
    using Counts = std::array<std::uint32_t, static_cast<std::size_t>(Drawn::end)>;

    Uniforms(std::uint64_t seed, Sampling sampling, const Counts& counts);

    /// In (0, 1).
    double draw(std::uint64_t run, Drawn what, std::uint32_t index) const;

  private:
    double quasi(std::uint64_t run, std::uint32_t dimension) const;

    std::uint64_t seed_;
    Sampling sampling_;
    std::array<std::uint32_t, static_cast<std::size_t>(Drawn::end)> first_dimension_{};
    std::uint32_t dimensions_ = 0;
    std::vector<std::uint32_t> directions_;  ///< bit * dimensions + dimension
    std::vector<std::uint32_t> shifts_;      ///< replicate * dimensions + dimension
};

}  // namespace adic::shock
