#pragma once

#include <memory>
#include <stop_token>

namespace adic::cli {

/// Ctrl-C and the termination signal as a request to stop, so that a long calculation can keep
/// what it has done. A second signal ends the program at once. What is ignored stays ignored.
/// Before `watch` is called, and after this goes out of scope, signals do what they always do.
class Interruption {
  public:
    Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    ~Interruption();

    /// Watches from now on. One Interruption watches at a time.
    std::stop_token watch();

  private:
    class Watch;
    std::unique_ptr<Watch> watch_;
};

}  // namespace adic::cli
