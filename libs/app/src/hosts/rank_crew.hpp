#pragma once

#include "adic/base/blocks.hpp"
#include "adic/base/result.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace adic::app {

struct RankCrewOptions {
    std::vector<std::string> hosts;  ///< one rank on each; a host named twice has two
    std::size_t threads = 0;         ///< of each rank; 0: as many as its host has
    std::filesystem::path program;   ///< adic_ranks, by the same path on every host
    std::string job;                 ///< its bytes
};

/// Ranks on other hosts, started by OpenMPI's mpirun, that ask for blocks until none is left.
///
/// Errors: not_found for a host that has no address; invalid_argument for what is no name of a
///         host; unavailable without the program. What goes wrong later comes from `compute`.
Result<std::unique_ptr<Crew>> create_rank_crew(RankCrewOptions options);

}  // namespace adic::app
