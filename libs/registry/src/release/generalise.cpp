#include "adic/registry/release/generalise.hpp"

#include "adic/base/text.hpp"

#include <cmath>
#include <cstdint>
#include <utility>

namespace adic::registry {
namespace {

using model::FieldValue;
using model::Generalisation;

/// The ends of the band of 1, 2, 5, 10, 20, ... that a number above 0 lies in.
std::pair<double, double> band_of(double value) {
    double decade = std::pow(10.0, std::floor(std::log10(value)));
    // Rounding may put a power of ten on the wrong side.
    if (decade * 10.0 <= value) {
        decade *= 10.0;
    } else if (decade > value) {
        decade /= 10.0;
    }
    constexpr double two = 2.0;
    constexpr double five = 5.0;
    if (value < two * decade) {
        return {decade, two * decade};
    }
    return value < five * decade ? std::pair{two * decade, five * decade}
                                 : std::pair{five * decade, 10.0 * decade};
}

/// An end of a band in plain digits: people read it.
std::string end_text(double value) {
    constexpr double least = 1.0;
    constexpr double most = 1e15;
    const double size = std::abs(value);
    return size >= least && size < most ? std::to_string(static_cast<std::int64_t>(value))
                                        : to_shortest(value);
}

std::string band_of_number(double value) {
    if (value == 0.0) {
        return "0";
    }
    const auto [low, high] = band_of(std::abs(value));
    return value > 0.0 ? end_text(low) + " to " + end_text(high)
                       : end_text(-high) + " to " + end_text(-low);
}

/// Whole numbers have bands without a common end: 1, 2 to 4, 5 to 9, 10 to 19.
std::string band_of_count(std::uint64_t count) {
    if (count == 0) {
        return "0";
    }
    const auto [low, high] = band_of(static_cast<double>(count));
    const double last = high - 1.0;
    return low == last ? end_text(low) : end_text(low) + " to " + end_text(last);
}

std::optional<std::string> band(const FieldValue& value) {
    if (const auto* number = std::get_if<double>(&value)) {
        return band_of_number(*number);
    }
    if (const auto* whole = std::get_if<std::int64_t>(&value); whole != nullptr && *whole >= 0) {
        return band_of_count(static_cast<std::uint64_t>(*whole));
    }
    return std::nullopt;
}

std::optional<std::string> year(const FieldValue& value) {
    const auto* day = std::get_if<std::chrono::sys_days>(&value);
    if (day == nullptr) {
        return std::nullopt;
    }
    return std::to_string(static_cast<int>(std::chrono::year_month_day{*day}.year()));
}

std::optional<std::string> heading(const FieldValue& value) {
    constexpr std::size_t kept = 4;
    const auto* code = std::get_if<std::string>(&value);
    if (code == nullptr || code->size() <= kept) {
        return std::nullopt;
    }
    return code->substr(0, kept);
}

std::optional<std::string> last_part(const FieldValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    const std::size_t comma = text == nullptr ? std::string::npos : text->rfind(',');
    if (comma == std::string::npos) {
        return std::nullopt;
    }
    const std::string_view part = trimmed(std::string_view{*text}.substr(comma + 1));
    return part.empty() ? std::nullopt : std::optional{std::string(part)};
}

std::optional<std::string> number_of_it(const FieldValue& value) {
    const auto* words = std::get_if<model::Words>(&value);
    return words == nullptr ? std::nullopt : std::optional{band_of_count(words->size())};
}

}  // namespace

std::optional<std::string> generalise(const model::FieldSpec& field, const FieldValue& value) {
    switch (field.generalisation) {
    case Generalisation::withheld: return std::nullopt;
    case Generalisation::band: return band(value);
    case Generalisation::year: return year(value);
    case Generalisation::heading: return heading(value);
    case Generalisation::last_part: return last_part(value);
    case Generalisation::number_of_it: break;
    }
    return number_of_it(value);
}

std::optional<std::pair<double, double>> read_band(std::string_view text) {
    constexpr std::string_view between = " to ";
    const std::size_t at = text.find(between);
    const auto low = parse_decimal(text.substr(0, at));
    const auto high =
        at == std::string_view::npos ? low : parse_decimal(text.substr(at + between.size()));
    if (!low || !high || *low > *high) {
        return std::nullopt;
    }
    return std::pair{*low, *high};
}

}  // namespace adic::registry
