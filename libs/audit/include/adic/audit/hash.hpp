#pragma once

#include "adic/base/result.hpp"

#include <array>
#include <string>
#include <string_view>

namespace adic::audit {

/// A SHA-256 digest.
using Hash = std::array<unsigned char, 32>;

/// The hash of an entry as a leaf of the tree: SHA-256 of a zero byte and the entry.
///
/// Source: RFC 9162 (2021), "Certificate Transparency Version 2.0", 2.1.1; (G1) in
///         docs/explanation/audit.md.
Hash leaf_hash(std::string_view entry);

/// The hash of a node above two others: SHA-256 of a one byte, the left and the right hash. The
/// first byte keeps a node from passing for an entry.
///
/// Source: RFC 9162, 2.1.1; (G2).
Hash node_hash(const Hash& left, const Hash& right);

/// The root of a tree without entries: SHA-256 of nothing.
///
/// Source: RFC 9162, 2.1.1; (G3).
Hash empty_root();

/// 44 characters of base 64 (RFC 4648, section 4).
std::string to_base64(const Hash& hash);

/// Errors: invalid_argument unless `text` is just what `to_base64` writes.
Result<Hash> parse_hash(std::string_view text);

}  // namespace adic::audit
