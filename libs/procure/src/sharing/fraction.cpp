#include "adic/procure/fraction.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <numeric>

namespace adic::procure {
namespace {

using Whole = boost::multiprecision::cpp_int;

/// The largest whole number that is not above the fraction.
Whole floor_of(const Fraction& fraction) {
    const Whole over = numerator(fraction);
    const Whole under = denominator(fraction);
    Whole quotient = over / under;
    return over < 0 && quotient * under != over ? Whole{quotient - 1} : quotient;
}

}  // namespace

double to_double(const Fraction& fraction) {
    return fraction.convert_to<double>();
}

std::string to_text(const Fraction& fraction) {
    const Whole under = denominator(fraction);
    return under == 1 ? numerator(fraction).str() : fraction.str();
}

std::optional<Fraction> parse_fraction(std::string_view text) {
    constexpr std::size_t most_digits = 9;
    const bool is_negative = text.starts_with('-');
    const std::string_view digits = text.substr(is_negative ? 1 : 0);
    const auto point = digits.find('.');
    const auto whole = parse_whole(digits.substr(0, point));
    if (!whole || digits.substr(0, point).size() > most_digits) {
        return std::nullopt;
    }
    Fraction value = *whole;
    if (point != std::string_view::npos) {
        const std::string_view decimals = digits.substr(point + 1);
        const auto parts = parse_whole(decimals);
        if (!parts || decimals.size() > most_digits) {
            return std::nullopt;
        }
        Whole scale = 1;
        for (std::size_t i = 0; i < decimals.size(); ++i) {
            scale *= 10;
        }
        value += Fraction(Whole(*parts), scale);
    }
    return is_negative ? Fraction(-value) : value;
}

std::int64_t nearest(const Fraction& fraction) {
    const Fraction half(1, 2);
    const Whole size = floor_of(abs(fraction) + half);
    return static_cast<std::int64_t>(fraction < 0 ? Whole{-size} : size);
}

std::vector<std::int64_t> rounded(const std::vector<Fraction>& shares) {
    std::vector<std::int64_t> whole;
    std::vector<Fraction> remainders;
    Fraction left = 0;
    for (const Fraction& share : shares) {
        const Whole floor = floor_of(share);
        whole.push_back(static_cast<std::int64_t>(floor));
        remainders.push_back(share - Fraction{floor});
        left += remainders.back();
    }
    std::vector<std::size_t> order(shares.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return remainders[a] > remainders[b];
    });
    const auto extra = static_cast<std::size_t>(numerator(left));
    for (std::size_t e = 0; e < extra; ++e) {
        ++whole[order[e]];
    }
    return whole;
}

}  // namespace adic::procure
