#pragma once

#include <cstdint>
#include <initializer_list>

namespace adic::access {

/// A set of values of an enumeration of fewer than 32 values that count from 0.
template <typename Enum>
class SetOf {
  public:
    constexpr SetOf() = default;

    constexpr SetOf(std::initializer_list<Enum> values) {
        for (const Enum value : values) {
            add(value);
        }
    }

    /// As `bits` gave it. Bits that are no value of the enumeration are the caller's to refuse.
    static constexpr SetOf from_bits(std::uint32_t bits) {
        SetOf set;
        set.bits_ = bits;
        return set;
    }

    constexpr void add(Enum value) { bits_ |= bit(value); }

    constexpr bool has(Enum value) const { return (bits_ & bit(value)) != 0; }

    constexpr bool has_any_of(SetOf other) const { return (bits_ & other.bits_) != 0; }

    constexpr bool has_all_of(SetOf other) const { return (bits_ & other.bits_) == other.bits_; }

    constexpr bool is_empty() const { return bits_ == 0; }

    constexpr std::uint32_t bits() const { return bits_; }

    constexpr SetOf without(SetOf other) const { return from_bits(bits_ & ~other.bits_); }

    friend constexpr SetOf operator|(SetOf a, SetOf b) { return from_bits(a.bits_ | b.bits_); }

    friend constexpr SetOf operator&(SetOf a, SetOf b) { return from_bits(a.bits_ & b.bits_); }

    friend constexpr bool operator==(SetOf, SetOf) = default;

  private:
    static constexpr std::uint32_t bit(Enum value) {
        return std::uint32_t{1} << static_cast<std::uint32_t>(value);
    }

    std::uint32_t bits_ = 0;
};

}  // namespace adic::access
