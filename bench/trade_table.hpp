#pragma once

#include "adic/model/input_output_table.hpp"

#include <cstdint>

namespace adic::bench {

/// An inter-regional input-output table: regions of very unequal size trade most with themselves, a
/// quarter of the pairs of sectors does not trade, two fifths of the pairs of industries abroad
/// neither.
model::InputOutputTable trade_table(std::size_t regions, std::size_t sectors, std::uint64_t seed);

}  // namespace adic::bench
