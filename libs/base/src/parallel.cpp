#include "adic/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace adic {
namespace {

/// The ranges that are left, and the first exception that a body threw.
class Work {
  public:
    Work(
        std::size_t count,
        std::size_t grain,
        const std::function<void(std::size_t begin, std::size_t end)>& body
    )
        : count_(count)
        , grain_(grain)
        , ranges_((count + grain - 1) / grain)
        , body_(body) {}

    std::size_t ranges() const { return ranges_; }

    /// Takes ranges, in order, until none is left or some body has thrown.
    void help() {
        try {
            for (std::size_t range = next_++; range < ranges_; range = next_++) {
                body_(range * grain_, std::min(count_, (range + 1) * grain_));
            }
        } catch (...) {
            next_ = ranges_;
            const std::lock_guard lock(mutex_);
            if (!thrown_) {
                thrown_ = std::current_exception();
            }
        }
    }

    void rethrow() const {
        if (thrown_) {
            std::rethrow_exception(thrown_);
        }
    }

  private:
    std::size_t count_;
    std::size_t grain_;
    std::size_t ranges_;
    const std::function<void(std::size_t begin, std::size_t end)>& body_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_;
    std::exception_ptr thrown_;
};

/// False if the system has no thread left to give; those that run do all the work.
bool add_helper(std::vector<std::jthread>& helpers, Work& work) {
    try {
        helpers.emplace_back([&work] { work.help(); });
        return true;
    } catch (const std::system_error&) {
        return false;
    }
}

void help_on_many_threads(Work& work, std::size_t threads) {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t wanted = threads == 0 ? cores : threads;
    std::vector<std::jthread> helpers;  // joined when it goes out of scope
    while (helpers.size() + 1 < std::min(wanted, work.ranges()) && add_helper(helpers, work)) {
    }
    work.help();
}

}  // namespace

void parallel_ranges(
    std::size_t count,
    std::size_t grain,
    const std::function<void(std::size_t begin, std::size_t end)>& body,
    std::size_t threads
) {
    assert(grain > 0);
    Work work(count, grain, body);
    help_on_many_threads(work, threads);
    work.rethrow();
}

}  // namespace adic
