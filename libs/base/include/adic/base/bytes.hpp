#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace adic {

/// Values as bytes that are the same on every machine: whole numbers and bits of doubles in eight
/// bytes, the lowest first; a text after its length.
class ByteWriter {
  public:
    void whole(std::uint64_t value) {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            bytes_ += static_cast<char>((value >> shift) & 0xFFU);
        }
    }

    void number(double value) { whole(std::bit_cast<std::uint64_t>(value)); }

    void text(std::string_view value) {
        whole(value.size());
        bytes_ += value;
    }

    std::string bytes() && { return std::move(bytes_); }

  private:
    std::string bytes_;
};

/// Reads what a ByteWriter wrote. Past the end, or where a text would end there, every value is
/// zero or empty and `has_failed` stays true: a reader looks at it once, after the last value.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : left_(bytes) {}

    std::uint64_t whole() {
        constexpr std::size_t size = 8;
        const std::string_view part = take(size);
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < part.size(); ++i) {
            value |= std::uint64_t{static_cast<unsigned char>(part[i])} << (8 * i);
        }
        return value;
    }

    double number() { return std::bit_cast<double>(whole()); }

    /// A view into the bytes.
    std::string_view text() { return take(whole()); }

    std::string_view left() const { return left_; }

    bool has_failed() const { return has_failed_; }

    /// Everything was there, and nothing is left over.
    bool is_done() const { return !has_failed_ && left_.empty(); }

  private:
    std::string_view take(std::uint64_t size) {
        if (has_failed_ || size > left_.size()) {
            has_failed_ = true;
            return {};
        }
        const std::string_view part = left_.substr(0, size);
        left_.remove_prefix(size);
        return part;
    }

    std::string_view left_;
    bool has_failed_ = false;
};

}  // namespace adic
