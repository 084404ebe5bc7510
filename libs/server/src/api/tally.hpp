#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace adic::server {

/// How many requests each route has answered and how long they took, in the text format of
/// Prometheus (0.0.4). It counts requests, never records.
class Tally {
  public:
    void count(
        std::string_view method,
        std::string_view route,
        int status,
        std::chrono::nanoseconds took
    );

    /// The lines, and with them what is true just now.
    std::string text(std::size_t jobs_running, std::size_t jobs_waiting) const;

  private:
    static constexpr std::array<double, 10>
        bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 10.0};

    struct Row {
        std::array<std::uint64_t, bounds.size() + 1> within{};
        std::uint64_t count = 0;
        double seconds = 0.0;
    };

    struct Key {
        std::string method;
        std::string route;
        int status;

        friend auto operator<=>(const Key&, const Key&) = default;
    };

    mutable std::mutex using_;
    std::map<Key, Row> rows_;
};

}  // namespace adic::server
