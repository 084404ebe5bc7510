#pragma once

#include <cstddef>
#include <functional>

namespace adic {

/// Calls `body(begin, end)` on disjoint ranges that cover [0, count), on `threads` threads, or on
/// as many as the machine has if that is 0. Each range holds at most `grain` positions and starts
/// at a multiple of it, so a caller that writes one slot per range, and adds the slots up in order,
/// gets the same bytes on any number of threads.
///
/// Requires: grain > 0; `body` writes only what belongs to its range.
void parallel_ranges(
    std::size_t count,
    std::size_t grain,
    const std::function<void(std::size_t begin, std::size_t end)>& body,
    std::size_t threads = 0
);

}  // namespace adic
