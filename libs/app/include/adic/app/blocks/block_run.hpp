#pragma once

#include "adic/base/blocks.hpp"
#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace adic::app {

/// How a long calculation is run, watched, stopped and taken up again.
struct BlockRun {
    std::string step;  ///< what the progress line says
    Progress progress = {};
    std::stop_token stop = {};
    std::string inputs = {};  ///< digest of all that the answers depend on
    /// Where to go on from and to save into; empty: finished work is only kept if the run is
    /// stopped, in a file called after the inputs.
    std::filesystem::path checkpoint = {};
    std::chrono::milliseconds save_every{30'000};  ///< work that a power cut may cost
    /// The command line that goes on from a checkpoint, for the message that says so.
    std::function<std::string(const std::filesystem::path&)> resuming = {};
};

enum class Merged { wants_more, has_enough };

/// Takes up the answer of one block: called in the order of the blocks, never twice for one.
/// Errors: the answer is not what a block answers.
using MergeBlock = std::function<Result<Merged>(std::size_t block, std::string_view answer)>;

/// Has the blocks computed by the crew, and merges their answers in order: what comes out has the
/// same bytes on any crew, and no matter how often it was stopped and taken up again.
///
/// Errors: interrupted if `run.stop` was asked for before the end, and whatever error the crew ends
///         with; both messages say where the finished work is and how to go on. Those of
///         `load_checkpoint` and `save_checkpoint`, and of `merge`.
std::optional<Error>
run_blocks(std::size_t blocks, Crew& crew, const MergeBlock& merge, const BlockRun& run);

}  // namespace adic::app
