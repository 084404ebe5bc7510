#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

namespace adic::procure {

/// Exact: what is shared is money, and a proof about it has no rounding in it.
using Fraction = boost::multiprecision::cpp_rational;

double to_double(const Fraction& fraction);

/// "76250/3", or "25000".
std::string to_text(const Fraction& fraction);

/// "0.35" or "-4": up to nine digits on each side of the point. Empty for all else.
std::optional<Fraction> parse_fraction(std::string_view text);

/// The nearest whole number; halves go away from zero.
/// Requires: it fits into 64 bits.
std::int64_t nearest(const Fraction& fraction);

/// Whole numbers that add up to the sum of the fractions, which has to be whole: each is rounded
/// down, and those with the largest remainders get what is left; of equal remainders the first.
/// Source: largest remainder method (Hamilton). Cost: O(n log n).
std::vector<std::int64_t> rounded(const std::vector<Fraction>& shares);

}  // namespace adic::procure
