#include "frame/interruption.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <thread>

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction

namespace adic::cli {
namespace {

/// When the first signal came, in nanoseconds; 0: none has come. Written by the handler, which may
/// do nothing else.
std::atomic<std::int64_t> first_signal = 0;
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

/// Who stops a program often tells it twice, as its process and as its group: only what comes later
/// is a second signal.
constexpr std::int64_t one_and_the_same = 500'000'000;

std::int64_t now() {
    constexpr std::int64_t nanoseconds = 1'000'000'000;
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * nanoseconds + time.tv_nsec;
}

extern "C" void note_signal(int number) {
    const std::int64_t time = now();
    std::int64_t none = 0;
    if (!first_signal.compare_exchange_strong(none, time) && time - none > one_and_the_same) {
        std::signal(number, SIG_DFL);
        std::raise(number);
    }
}

constexpr std::array watched{SIGINT, SIGTERM};

}  // namespace

class Interruption::Watch {
  public:
    Watch() {
        first_signal = 0;

        struct sigaction action {};

        action.sa_flags = SA_RESTART;
        action.sa_handler = note_signal;
        for (std::size_t s = 0; s < watched.size(); ++s) {
            sigaction(watched[s], nullptr, &before_[s]);
            if (before_[s].sa_handler != SIG_IGN) {  // nohup, or in the background of a script
                sigaction(watched[s], &action, nullptr);
            }
        }
        watcher_ = std::jthread([this](const std::stop_token& leave) { look(leave); });
    }

    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    ~Watch() {
        for (std::size_t s = 0; s < watched.size(); ++s) {
            sigaction(watched[s], &before_[s], nullptr);
        }
    }

    std::stop_token token() const { return source_.get_token(); }

  private:
    void look(const std::stop_token& leave) {
        constexpr std::chrono::milliseconds nap{20};
        while (!leave.stop_requested()) {
            if (first_signal != 0) {
                source_.request_stop();
                return;
            }
            std::this_thread::sleep_for(nap);
        }
    }

    std::array<struct sigaction, watched.size()> before_{};
    std::stop_source source_;
    std::jthread watcher_;
};

Interruption::Interruption() = default;
Interruption::~Interruption() = default;

std::stop_token Interruption::watch() {
    if (!watch_) {
        watch_ = std::make_unique<Watch>();
    }
    return watch_->token();
}

}  // namespace adic::cli
