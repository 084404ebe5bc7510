#pragma once

#include "adic/base/result.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

namespace adic::app {

/// A file descriptor that is closed when this goes out of scope.
class Descriptor {
  public:
    Descriptor() = default;

    explicit Descriptor(int number) : number_(number) {}

    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }

    int number() const { return number_; }

    bool is_open() const { return number_ >= 0; }

  private:
    int number_ = -1;
};

/// A program that runs beside this one, in a process group of its own so that Ctrl-C does not reach
/// it. Ended, with all that it started in that group, when this goes out of scope.
class Process {
  public:
    /// Errors: not_found if there is no such program; unavailable if it cannot be started.
    static Result<Process> start(const std::vector<std::string>& words);

    Process(Process&& other) noexcept;
    Process& operator=(Process&&) = delete;
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();

    /// Where all that it prints can be read. Does not block.
    const Descriptor& printed() const { return printed_; }

    bool has_ended();

    /// Asks it to end, and after `patience` ends it.
    void end(std::chrono::milliseconds patience);

  private:
    Process(pid_t id, Descriptor printed) : id_(id), printed_(std::move(printed)) {}

    pid_t id_;  ///< 0: it has ended
    Descriptor printed_;
};

}  // namespace adic::app
