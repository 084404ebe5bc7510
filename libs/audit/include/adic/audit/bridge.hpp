#pragma once

#include "adic/audit/head.hpp"
#include "adic/audit/log.hpp"
#include "adic/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace adic::audit {

/// Proof that a signed head continues an earlier one: what a witness needs who does not have the
/// log. docs/reference/audit-log.md, "Bridges".
struct Bridge {
    TreeHead earlier;
    SignedHead later;
    Proof proof;

    /// Whether the proof leads from the one to the other.
    bool holds() const { return proves_consistency(earlier, later.head.tree, proof); }
};

inline constexpr std::size_t longest_bridge = std::size_t{1} << 16U;

/// The bridge from the first `size` entries of the log to `later`.
///
/// Errors: conflict if `later` is not a head of this log, or of fewer entries.
Result<Bridge> make_bridge(const LogReader& log, std::uint64_t size, const SignedHead& later);

std::string write_bridge(const Bridge& bridge);

/// Errors: invalid_argument unless it is what `write_bridge` writes. Whether it holds is another
///         question.
Result<Bridge> parse_bridge(std::string_view text);

/// As `parse_bridge`, of a file. Errors: also not_found, unavailable.
Result<Bridge> read_bridge_file(const std::filesystem::path& path);

}  // namespace adic::audit
