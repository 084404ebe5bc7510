#pragma once

#include "cuts/circuit.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace adic::supply::cuts {

/// Evaluates a circuit for 64 settings of its events in each word.
class Evaluator {
  public:
    explicit Evaluator(const Circuit& circuit);

    /// `words` holds `width` words for each name, events first: those of the events are read, those
    /// of the gates that the top reaches are written.
    /// Cost: one step for each child and word; components that are cyclic, once for each round
    ///       until nothing changes, at most one round for each of their gates.
    void run(std::span<std::uint64_t> words, std::size_t width) const;

    std::size_t children() const { return children_.size(); }

  private:
    struct Step {
        Ref gate;
        Op op;
        std::uint32_t first;
        std::uint32_t end;
    };

    struct Block {
        std::uint32_t first;
        std::uint32_t end;
        bool cyclic;
    };

    void run_step(const Step& step, std::uint64_t* words, std::size_t width) const;
    void run_cyclic(const Block& block, std::span<std::uint64_t> words, std::size_t width) const;

    std::vector<Block> blocks_;
    std::vector<Step> steps_;
    std::vector<Ref> children_;
};

}  // namespace adic::supply::cuts
