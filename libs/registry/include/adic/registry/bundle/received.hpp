#pragma once

#include "adic/registry/release/seen_record.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace adic::registry {

/// A record of another state as a bundle gave it: what is generalised stays so.
struct ReceivedRecord {
    std::vector<SeenVersion> versions;  ///< at least one
    std::string to;                     ///< for whom: "MYS", "org:yard", "everyone"
    std::string series;                 ///< of the bundle that gave it
    std::uint64_t number = 0;
};

}  // namespace adic::registry
