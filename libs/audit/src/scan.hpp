#pragma once

#include "adic/audit/log.hpp"

#include "files.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::audit {

/// The files of a log.
struct LogPaths {
    explicit LogPaths(const std::filesystem::path& folder)
        : entries(folder / "entries")
        , hashes(folder / "hashes")
        , head(folder / "head")
        , announced(folder / "announced") {}

    std::filesystem::path entries;
    std::filesystem::path hashes;
    std::filesystem::path head;
    std::filesystem::path announced;
};

inline constexpr std::size_t hash_bytes = std::tuple_size_v<Hash>;

/// Reads a stored hash. Errors: conflict if the file ends before it.
Result<Hash> read_stored(const File& hashes, std::uint64_t position);

/// Nothing if there is no file.
Result<std::optional<SignedHead>> read_head(const std::filesystem::path& path);

/// What one pass over the files of a log found, and what a writer goes on from.
struct Scan {
    LogState state;
    Frontier frontier;
    std::uint64_t entries_end = 0;
    std::uint64_t good_hashes = 0;   ///< stored hashes before the first that is wrong or missing
    std::uint64_t hashes_bytes = 0;  ///< the length of the file
    std::vector<Hash> later_hashes;  ///< for a repair: what should stand from there on
};

enum class ScanFor { reading, repair };

struct OpenLog {
    const File& entries;
    const File& hashes;
    ScanFor purpose;
    std::function<void(const Event& event)> take = {};
};

Result<Scan> scan_log(const OpenLog& log, std::optional<SignedHead> head);

}  // namespace adic::audit
