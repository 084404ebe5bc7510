#pragma once

#include "adic/base/error.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

namespace adic {

/// Work that is cut into blocks. The answer of a block depends on its number alone, so it may be
/// computed anywhere, at any time, and again.
struct BlockWork {
    std::size_t blocks = 0;
    /// Called on several threads at once. Empty: it was cut short, because somebody asked to stop.
    std::function<std::optional<std::string>(std::size_t block, const std::stop_token& stop)>
        compute = {};
};

/// Takes the answer of a finished block. False: no more are wanted.
using TakeBlock = std::function<bool(std::size_t block, std::string answer)>;

/// Whoever computes blocks: threads of this process, or ranks on several machines.
class Crew {
  public:
    Crew() = default;
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    virtual ~Crew() = default;

    /// Hands the answers of `blocks` to `take`, in any order and never two at once, until all are
    /// there, no more are wanted, or somebody asks to stop. Begins them in the order given.
    ///
    /// Errors: unavailable if the crew cannot go on; what it has handed over stays good.
    virtual std::optional<Error>
    compute(std::span<const std::size_t> blocks, const TakeBlock& take, std::stop_token stop) = 0;
};

/// Threads of this process.
class ThreadCrew : public Crew {
  public:
    /// `threads`: 0 takes as many as the machine has.
    explicit ThreadCrew(BlockWork work, std::size_t threads = 0);

    std::optional<Error> compute(
        std::span<const std::size_t> blocks,
        const TakeBlock& take,
        std::stop_token stop
    ) override;

  private:
    BlockWork work_;
    std::size_t threads_;
};

}  // namespace adic
