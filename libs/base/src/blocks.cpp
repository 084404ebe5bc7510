#include "adic/base/blocks.hpp"

#include "adic/base/parallel.hpp"

#include <atomic>
#include <mutex>
#include <utility>

namespace adic {

ThreadCrew::ThreadCrew(BlockWork work, std::size_t threads)
    : work_(std::move(work))
    , threads_(threads) {}

std::optional<Error> ThreadCrew::compute(
    std::span<const std::size_t> blocks,
    const TakeBlock& take,
    std::stop_token stop
) {
    std::mutex taking;
    std::atomic<bool> has_enough = false;
    const auto one = [&](std::size_t begin, std::size_t /*end*/) {
        if (has_enough || stop.stop_requested()) {
            return;
        }
        std::optional<std::string> answer = work_.compute(blocks[begin], stop);
        const std::lock_guard lock(taking);
        if (answer && !has_enough && !take(blocks[begin], *std::move(answer))) {
            has_enough = true;
        }
    };
    parallel_ranges(blocks.size(), 1, one, threads_);
    return std::nullopt;
}

}  // namespace adic
