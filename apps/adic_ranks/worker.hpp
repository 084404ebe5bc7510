#pragma once

#include "messages.hpp"

#include <cstddef>
#include <string>

namespace adic::ranks {

/// A rank that computes: asks the first rank for blocks, one for each of its threads, until there
/// are none.
void work(const Ranks& ranks, std::string job, std::size_t threads);

}  // namespace adic::ranks
