#pragma once

#include "adic/access/random.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace adic::access {

/// How failures slow down what comes next.
struct ThrottlePolicy {
    std::size_t free_failures = 3;        ///< before any delay
    std::chrono::seconds first_delay{1};  ///< doubled by each further failure
    std::chrono::seconds longest_delay{60};
    std::size_t failures_to_lock = 10;
    std::chrono::minutes lock{15};
    std::chrono::hours memory{1};       ///< failures longer ago are forgotten
    std::size_t most_keys = 1U << 17U;  ///< then those that failed longest ago are forgotten

    /// For addresses, behind which a whole ministry may sit.
    static ThrottlePolicy for_addresses() {
        ThrottlePolicy policy;
        policy.free_failures = 20;
        policy.failures_to_lock = 100;
        return policy;
    }
};

/// Counts failures by key: an account, an address. It knows no accounts, so it treats those that
/// are not there in the same way. Keys are kept as keyed hashes of 16 bytes, so memory is bounded
/// by `most_keys` whatever is sent. Several threads may call it.
class Throttle {
  public:
    Throttle(ThrottlePolicy policy, const RandomSource& random);

    /// How long to wait before the next try; zero: none.
    std::chrono::seconds wait_for(std::string_view key, std::chrono::sys_seconds now) const;

    /// Before a try is looked at: zero lets it go on, and counts it as failed until it is taken
    /// back, so that many at once get no further than one after the other. Else how long to wait.
    /// Cost: O(1).
    std::chrono::seconds attempt(std::string_view key, std::chrono::sys_seconds now);

    /// The try that was let go on was none of a guesser.
    void take_back(std::string_view key, std::chrono::sys_seconds now);

    /// Forgets the failures of the key.
    void succeed(std::string_view key);

    /// How many keys are remembered.
    std::size_t size() const;

  private:
    struct Entry {
        std::string key;
        std::size_t failures = 0;
        std::chrono::sys_seconds last;
        std::chrono::sys_seconds free_at;
    };

    using Entries = std::list<Entry>;

    std::string hashed(std::string_view key) const;
    std::chrono::seconds delay_after(std::size_t failures) const;
    void forget_old(std::chrono::sys_seconds now);

    ThrottlePolicy policy_;
    std::array<unsigned char, 16> secret_{};
    mutable std::mutex mutex_;
    Entries by_age_;  ///< the one that failed longest ago first
    std::unordered_map<std::string, Entries::iterator> entries_;
};

/// The part of an address that its holder cannot choose: an IPv4 address as a whole, the first 64
/// bits of an IPv6 address. Other texts as they are.
std::string throttled_address(std::string_view address);

}  // namespace adic::access
