#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace adic::shock {

/// A set of positions that is walked in order: 64 of them are skipped at a time, and a walk in
/// order reads the memory in order.
class BitSet {
  public:
    explicit BitSet(std::size_t size) : words_((size + 63) / 64, 0) {}

    void add(std::size_t position) { words_[position / 64] |= std::uint64_t{1} << position % 64; }

    bool has(std::size_t position) const {
        return (words_[position / 64] >> position % 64 & 1U) != 0;
    }

    void clear() { words_.assign(words_.size(), 0); }

    /// Calls `visit(position)` for all of [first, last), in order.
    template <typename Visit>
    void each_in(std::size_t first, std::size_t last, const Visit& visit) const {
        for (std::size_t w = first / 64; w * 64 < last; ++w) {
            for (std::uint64_t rest = words_[w]; rest != 0; rest &= rest - 1) {
                const std::size_t position =
                    w * 64 + static_cast<std::size_t>(std::countr_zero(rest));
                if (position >= first && position < last) {
                    visit(position);
                }
            }
        }
    }

    template <typename Visit>
    void each(const Visit& visit) const {
        each_in(0, words_.size() * 64, visit);
    }

  private:
    std::vector<std::uint64_t> words_;
};

}  // namespace adic::shock
