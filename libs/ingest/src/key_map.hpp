#pragma once

#include "adic/base/random.hpp"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace adic::ingest {

/// One number for a sequence of numbers. Different sequences get the same one with the chance of
/// n^2 / 2^65 among n of them.
template <typename... Numbers>
constexpr std::uint64_t fingerprint(Numbers... numbers) {
    std::uint64_t hash = 0;
    ((hash = mix(hash ^ static_cast<std::uint64_t>(numbers))), ...);
    return hash;
}

/// A small value for each 64-bit key, in 8 bytes and the value's own at up to 3/4 load.
///
/// Open addressing in 64 parts that grow one at a time, so growing never doubles the whole. Nothing
/// iterates over it: its order means nothing.
template <typename Value>
class KeyMap {
  public:
    /// The value of the key, and whether it is new (and so has the default value).
    std::pair<Value*, bool> emplace(std::uint64_t key) {
        const std::uint64_t hash = mix(key);
        Part& part = parts_[hash >> 58U];
        if (4 * (part.used + 1) > 3 * part.keys.size()) {
            grow(part);
        }
        const std::size_t slot = place_of(part, stored(key), hash);
        const bool is_new = part.keys[slot] == 0;
        if (is_new) {
            part.keys[slot] = stored(key);
            ++part.used;
        }
        return {&part.values[slot], is_new};
    }

  private:
    struct Part {
        std::vector<std::uint64_t> keys;  ///< 0: free
        std::vector<Value> values;
        std::size_t used = 0;
    };

    /// Zero marks a free slot, so the key 0 is kept as another one that no fact has but by chance.
    static std::uint64_t stored(std::uint64_t key) { return key == 0 ? ~std::uint64_t{0} : key; }

    static std::size_t place_of(const Part& part, std::uint64_t key, std::uint64_t hash) {
        const std::size_t mask = part.keys.size() - 1;
        std::size_t slot = hash & mask;
        while (part.keys[slot] != 0 && part.keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    static void grow(Part& part) {
        Part larger;
        const std::size_t size = part.keys.empty() ? 16 : 2 * part.keys.size();
        larger.keys.resize(size);
        larger.values.resize(size);
        larger.used = part.used;
        for (std::size_t i = 0; i < part.keys.size(); ++i) {
            if (part.keys[i] != 0) {
                const std::size_t slot = place_of(larger, part.keys[i], mix(part.keys[i]));
                larger.keys[slot] = part.keys[i];
                larger.values[slot] = std::move(part.values[i]);
            }
        }
        part = std::move(larger);
    }

    std::array<Part, 64> parts_;
};

}  // namespace adic::ingest
