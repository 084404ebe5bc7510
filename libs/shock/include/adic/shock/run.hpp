#pragma once

#include "adic/base/progress.hpp"

#include <cstddef>
#include <stop_token>

namespace adic::shock {

/// How a long calculation is run. Its answer has the same bytes on any number of threads.
struct Run {
    std::size_t threads = 0;  ///< 0: as many as the machine has
    Progress progress = {};
    std::stop_token stop = {};
};

}  // namespace adic::shock
