#pragma once

#include "adic/app/blocks/block_run.hpp"
#include "adic/app/blocks/job.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace adic::app {

/// Where a long calculation is computed, and how it is watched and stopped.
struct Computing {
    std::size_t threads = 0;              ///< on each host; 0: as many as it has
    std::vector<std::string> hosts = {};  ///< empty: this one, without MPI
    std::filesystem::path ranks = {};     ///< the program that computes on hosts; empty: none
    Progress progress = {};
    std::stop_token stop = {};
    std::filesystem::path checkpoint = {};  ///< as BlockRun::checkpoint
    std::function<std::string(const std::filesystem::path&)> resuming = {};
};

/// Has the job's blocks computed by threads of this process, or by ranks on the hosts, and merges
/// their answers in order. `work` is what `open_job` would make of the job.
///
/// Errors: those of `run_blocks`, and of the hosts: docs/reference/hosts.md.
std::optional<Error> compute(
    const Job& job,
    const BlockWork& work,
    const MergeBlock& merge,
    const Computing& computing,
    std::string_view step
);

}  // namespace adic::app
