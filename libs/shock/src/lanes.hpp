#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace adic::shock {

/// So many cascades go through the links side by side: a row of levels is one line of the cache.
inline constexpr std::size_t lanes = 8;

/// Two doubles that every x86-64 and ARM64 processor adds at once. Compilers make poor code of
/// vectors that are wider than those of the processor that they build for.
using Pair = double __attribute__((vector_size(16)));
using PairMask = std::int64_t __attribute__((vector_size(16)));

/// One number of each of the cascades; arithmetic is number by number.
struct alignas(64) Lanes {
    std::array<Pair, lanes / 2> pairs;

    static Lanes all(double x) {
        const Pair both{x, x};
        return {{both, both, both, both}};
    }

    double operator[](std::size_t lane) const { return pairs[lane / 2][lane % 2]; }

    void set(std::size_t lane, double value) { pairs[lane / 2][lane % 2] = value; }
};

/// `combine` of the pairs of two rows.
template <typename Combine>
inline Lanes combined(const Lanes& x, const Lanes& y, const Combine& combine) {
    const auto& a = x.pairs;
    const auto& b = y.pairs;
    return {{combine(a[0], b[0]), combine(a[1], b[1]), combine(a[2], b[2]), combine(a[3], b[3])}};
}

inline Lanes operator+(const Lanes& x, const Lanes& y) {
    return combined(x, y, [](Pair a, Pair b) { return a + b; });
}

inline Lanes operator-(const Lanes& x, const Lanes& y) {
    return combined(x, y, [](Pair a, Pair b) { return a - b; });
}

inline Lanes operator*(const Lanes& x, const Lanes& y) {
    return combined(x, y, [](Pair a, Pair b) { return a * b; });
}

inline Lanes lesser(const Lanes& x, const Lanes& y) {
    return combined(x, y, [](Pair a, Pair b) { return a < b ? a : b; });
}

inline Lanes greater(const Lanes& x, const Lanes& y) {
    return combined(x, y, [](Pair a, Pair b) { return a > b ? a : b; });
}

/// x += weight * y.
inline void add_scaled(Lanes& x, double weight, const Lanes& y) {
    x = x + Lanes::all(weight) * y;
}

/// Which of the cascades are meant.
struct alignas(64) LaneMask {
    std::array<PairMask, lanes / 2> pairs;

    void set(std::size_t lane, bool on) { pairs[lane / 2][lane % 2] = on ? -1 : 0; }
};

/// Whether the rows differ in a lane of the mask.
inline bool differ(const Lanes& x, const Lanes& y, const LaneMask& mask) {
    const auto differs = [&](std::size_t i) { return (x.pairs[i] != y.pairs[i]) & mask.pairs[i]; };
    const PairMask any = (differs(0) | differs(1)) | (differs(2) | differs(3));
    return (any[0] | any[1]) != 0;
}

}  // namespace adic::shock
