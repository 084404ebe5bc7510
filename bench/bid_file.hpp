#pragma once

#include <cstdint>
#include <filesystem>

namespace adic::bench {

/// Writes made-up contracting processes with bids as JSON Lines of compiled releases: parties,
/// items, documents and awards around them, as publishers have them, about 7 kB each.
/// Throws if the file cannot be written.
void write_bid_file(const std::filesystem::path& path, std::uint64_t processes, std::uint64_t seed);

}  // namespace adic::bench
