#pragma once

#include "adic/model/firm_network.hpp"
#include "adic/shock/cascade/cascade.hpp"

#include <cstdint>

namespace adic::bench {

/// The systemic risk of closing `closed`, as anybody would write it down first: every firm anew in
/// every step, one cascade at a time, all sectors' firms replace each other.
///
/// Source: docs/explanation/shock-cascade.md (C1)-(C7), with none of the measured code.
/// Cost:   steps (links + firms).
shock::SystemicRisk
plain_cascade(const model::FirmNetwork& network, std::uint32_t closed, double tolerance);

}  // namespace adic::bench
