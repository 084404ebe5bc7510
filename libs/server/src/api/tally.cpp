#include "api/tally.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace adic::server {

void Tally::count(
    std::string_view method,
    std::string_view route,
    int status,
    std::chrono::nanoseconds took
) {
    const double seconds = std::chrono::duration<double>(took).count();
    const auto bound = std::ranges::lower_bound(bounds, seconds);
    const std::lock_guard lock(using_);
    Row& row = rows_[{std::string(method), std::string(route), status}];
    ++row.within[static_cast<std::size_t>(bound - bounds.begin())];
    ++row.count;
    row.seconds += seconds;
}

std::string Tally::text(std::size_t jobs_running, std::size_t jobs_waiting) const {
    std::string text =
        "# HELP adic_http_request_seconds How long requests took.\n"
        "# TYPE adic_http_request_seconds histogram\n";
    const std::lock_guard lock(using_);
    for (const auto& [key, row] : rows_) {
        const std::string labels = fmt::format(
            "method=\"{}\",route=\"{}\",status=\"{}\"",
            key.method,
            key.route,
            key.status
        );
        std::uint64_t sum = 0;
        for (std::size_t b = 0; b < bounds.size(); ++b) {
            sum += row.within[b];
            text += fmt::format(
                "adic_http_request_seconds_bucket{{{},le=\"{}\"}} {}\n",
                labels,
                bounds[b],
                sum
            );
        }
        text += fmt::format(
            "adic_http_request_seconds_bucket{{{0},le=\"+Inf\"}} {1}\n"
            "adic_http_request_seconds_sum{{{0}}} {2}\n"
            "adic_http_request_seconds_count{{{0}}} {1}\n",
            labels,
            row.count,
            row.seconds
        );
    }
    text += fmt::format(
        "# HELP adic_jobs Jobs that run or wait.\n# TYPE adic_jobs gauge\n"
        "adic_jobs{{state=\"running\"}} {}\nadic_jobs{{state=\"waiting\"}} {}\n",
        jobs_running,
        jobs_waiting
    );
    return text;
}

}  // namespace adic::server
