#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace adic::ingest {

/// Finds the bytes that mean something in CSV (the separator, the quote, control characters),
/// eight bytes of text at a time. The text must be followed by eight zero bytes: they are found,
/// and so end every search.
class CsvScan {
  public:
    CsvScan(const char* begin, char separator) : base_(begin), separators_(repeated(separator)) {
        load();
    }

    /// The next such byte.
    const char* next() {
        while (mask_ == 0) {
            base_ += sizeof(std::uint64_t);
            load();
        }
        const char* const found = base_ + std::countr_zero(mask_) / 8;
        mask_ &= mask_ - 1;
        return found;
    }

    /// No byte of 0x80 or above was met so far.
    bool only_ascii() const { return (seen_ & high_bits) == 0; }

  private:
    static constexpr std::uint64_t ones = 0x0101'0101'0101'0101U;
    static constexpr std::uint64_t high_bits = 0x80U * ones;

    static constexpr std::uint64_t repeated(char byte) {
        return ones * static_cast<unsigned char>(byte);
    }

    /// Sets the high bit of each byte of `word` that is zero, and no other bit.
    static constexpr std::uint64_t zero_bytes(std::uint64_t word) {
        constexpr std::uint64_t low_bits = ~high_bits;
        return ~(((word & low_bits) + low_bits) | word | low_bits);
    }

    void load() {
        std::uint64_t word = 0;
        std::memcpy(&word, base_, sizeof word);
        if constexpr (std::endian::native == std::endian::big) {
            word = __builtin_bswap64(word);
        }
        constexpr std::uint64_t control = 0xE0U * ones;  // control characters are those below 0x20
        mask_ = zero_bytes(word ^ separators_) | zero_bytes(word ^ repeated('"'))
                | zero_bytes(word & control);
        seen_ |= word;
    }

    const char* base_;
    std::uint64_t separators_;
    std::uint64_t mask_ = 0;
    std::uint64_t seen_ = 0;
};

}  // namespace adic::ingest
