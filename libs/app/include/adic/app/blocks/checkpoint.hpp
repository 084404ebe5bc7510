#pragma once

#include "adic/base/result.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::app {

/// What a long calculation had finished when it was saved.
struct Checkpoint {
    std::string inputs;  ///< digest of all that the answers depend on
    /// By block; empty: not finished.
    std::vector<std::optional<std::string>> answers;

    std::size_t finished() const;
};

/// The checkpoint as the bytes of its file: docs/reference/checkpoints.md.
std::string write_checkpoint(const Checkpoint& checkpoint);

/// Errors: invalid_argument if the bytes are no checkpoint, end too early, or are not as they were
///         written. The message does not name the file.
/// Cost:   O(bytes); nothing is taken on trust: no more memory than the bytes have, and one slot
///         for each block up to `most_blocks`.
Result<Checkpoint> parse_checkpoint(std::string_view bytes);

/// A sweep or simulation of this many blocks would be cut into larger ones.
inline constexpr std::size_t most_blocks = 10'000'000;

/// The file that keeps work nobody named one for: in the current folder, under a name that other
/// inputs do not take.
std::filesystem::path fallback_checkpoint(std::string_view inputs);

/// Reads the file at `path` as work on `inputs`, cut into `blocks`; empty: into as many as it says.
/// A file that is not there is an empty checkpoint.
///
/// Errors: invalid_argument as `parse_checkpoint`; conflict if it belongs to other inputs;
///         unavailable if it cannot be read.
Result<Checkpoint> load_checkpoint(
    const std::filesystem::path& path,
    const std::string& inputs,
    std::optional<std::size_t> blocks = {}
);

/// Writes the file as a whole: into a new file beside it that takes its name when all bytes are on
/// the disk, so that a power cut leaves the old one or the new one.
///
/// Errors: unavailable.
std::optional<Error>
save_checkpoint(const std::filesystem::path& path, const Checkpoint& checkpoint);

}  // namespace adic::app
