#pragma once

#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/bid_process.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace adic::ingest {

/// Processes are handed out in this many slots: those of one slot in the order of the file, one at
/// a time; those of two slots perhaps at once.
inline constexpr std::size_t process_slots = 16;

/// A line of a file, and a file that is one document, may not be larger.
inline constexpr std::size_t largest_process_text = std::size_t{256} << 20U;

/// Takes a process, and the line that it stands on (0: the file is one document). The process lives
/// until the call returns.
using TakeProcess =
    std::function<void(std::size_t slot, std::uint64_t line, const model::BidProcess& process)>;

struct ProcessReading {
    std::size_t threads = 0;  ///< 0: as many as the machine has
    Progress progress = {};
};

/// Reads contracting processes from the Open Contracting Data Standard, 1.0 or 1.1, with the
/// extension for bids: JSON Lines of which each is a compiled release, a release, a package or an
/// array of these; or one document of that kind on many lines; plain, gzip or zstd.
///
/// Releases of one process in one package are put together in the order of their dates. Processes
/// that stand on several lines are handed out as often. An identifier may be a text or a whole
/// number. A member of another type than the standard gives it counts as absent.
///
/// A line that is no JSON, or too long, and a process without ocid are reported as errors; the
/// others are handed out all the same.
///
/// Source: OCDS 1.1.5; bids extension 1.1.5.
/// Errors: not_found, unavailable for a file that cannot be read.
/// Cost:   O(bytes) time on all threads, memory of one block of 16 MiB or of the longest line.
Result<std::uint64_t> read_bid_processes(
    const std::filesystem::path& file,
    const ProcessReading& how,
    ImportReport& report,
    const TakeProcess& take
);

/// The same of a text in memory; `name` stands for the file in the report. Gives the number of
/// processes, as above.
Result<std::uint64_t> parse_bid_processes(
    std::string_view text,
    const std::string& name,
    const ProcessReading& how,
    ImportReport& report,
    const TakeProcess& take
);

}  // namespace adic::ingest
