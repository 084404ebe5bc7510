#pragma once

#include <array>
#include <cstddef>

namespace adic::supply::cuts {

/// What the probability of the top is worked out for: every event at its low, likely and high
/// probability. The last two carry up to the top what is not known exactly about the likely value
/// of modules.
enum Pass : std::size_t { low, likely, high, likely_least, likely_most };

constexpr std::size_t passes = 5;

/// One probability for each pass.
using PassValues = std::array<double, passes>;

}  // namespace adic::supply::cuts
