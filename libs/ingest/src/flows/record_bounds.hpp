#pragma once

#include <cstddef>
#include <string_view>

namespace adic::ingest {

/// Where the first record ends that ends at or after `at_least`, its line break included; npos if
/// the text stops before. A line break inside a quoted field ends no record (RFC 4180), and only a
/// quote at the start of a field opens one.
///
/// Requires: a record starts at `start`; start < at_least.
/// Cost:     O(bytes between `start` and the result).
std::size_t record_end(std::string_view text, std::size_t start, std::size_t at_least);

}  // namespace adic::ingest
