#pragma once

#include "adic/base/error.hpp"
#include "adic/base/progress.hpp"

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace adic::shock {

/// Answers that a long calculation had computed before it was stopped, by key: it asks here before
/// it computes. Keys are digests of all that an answer depends on.
class KeptWork {
  public:
    KeptWork() = default;
    KeptWork(const KeptWork&) = delete;
    KeptWork& operator=(const KeptWork&) = delete;
    virtual ~KeptWork() = default;

    /// Comes before all else: what the calculation is about, as a digest.
    /// Errors: conflict if what was kept is about something else; others as it is kept.
    virtual std::optional<Error> open(std::string_view inputs) = 0;

    /// Valid until the next `keep`.
    virtual std::optional<std::string_view> find(std::string_view key) const = 0;

    /// Requires: the key is not there yet.
    virtual std::optional<Error> keep(std::string_view key, std::string answer) = 0;
};

/// How a long calculation is run. Its answer has the same bytes on any number of threads.
struct Run {
    std::size_t threads = 0;  ///< 0: as many as the machine has
    Progress progress = {};
    std::stop_token stop = {};
    KeptWork* kept = nullptr;  ///< null: nothing is known, and nothing is kept
};

}  // namespace adic::shock
