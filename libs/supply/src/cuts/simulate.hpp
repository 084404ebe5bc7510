#pragma once

#include "cuts/circuit.hpp"
#include "cuts/passes.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace adic::supply::cuts {

struct SimulationOptions {
    std::uint64_t trials;  ///< rounded up to whole blocks of 512
    std::uint64_t seed;
    std::uint64_t stream;  ///< different for every circuit under one seed
    std::size_t counted;   ///< the pass for which `with_event` is counted
};

struct Simulation {
    std::uint64_t trials = 0;
    std::array<std::uint64_t, passes> failed{};  ///< trials in which the top failed
    std::vector<std::uint64_t> event;            ///< trials with each event, in the counted pass
    std::vector<std::uint64_t> with_event;       ///< of those, with the top failed
};

/// Monte Carlo on a circuit, 64 trials in each bit of a word. All passes use the same random
/// numbers, so what is larger for every event is larger in the result.
///
/// Cost: trials / 64 steps for each child and pass, on all threads; trials are cut down so that it
///       stays below some 10^10 steps.
Simulation simulate(
    const Circuit& circuit,
    const std::vector<PassValues>& events,
    const SimulationOptions& options
);

/// The 95 % interval for a proportion.
/// Source: Wilson (1927), "Probable inference", J. Am. Stat. Assoc. 22, 209.
struct Proportion {
    double low;
    double high;
};

Proportion wilson_interval(std::uint64_t hits, std::uint64_t trials);

}  // namespace adic::supply::cuts
