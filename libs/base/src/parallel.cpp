#include "adic/base/parallel.hpp"

#include <algorithm>
#include <cassert>

#include <tbb/parallel_for.h>

namespace adic {

void parallel_ranges(
    std::size_t count,
    std::size_t grain,
    const std::function<void(std::size_t begin, std::size_t end)>& body
) {
    assert(grain > 0);
    const std::size_t ranges = (count + grain - 1) / grain;
    tbb::parallel_for(std::size_t{0}, ranges, [&](std::size_t range) {
        body(range * grain, std::min(count, (range + 1) * grain));
    });
}

}  // namespace adic
