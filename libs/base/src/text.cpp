#include "adic/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <numeric>
#include <utility>

namespace adic {
namespace {

constexpr double smallest_written_out = 1e-4;
constexpr double largest_written_out = 1e15;

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before;  // rows of a[i - 2], a[i - 1] and a[i]
    std::vector<std::size_t> last;
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        before = std::exchange(last, row);
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = last[j] + (a[i] == b[j] ? 0U : 1U);
            row[j + 1] = std::min({replaced, row[j] + 1, last[j + 1] + 1});
            if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j]) {
                row[j + 1] = std::min(row[j + 1], before[j - 1] + 1);
            }
        }
    }
    return row[b.size()];
}

/// One row of the table of well-formed byte sequences: Unicode standard, table 3-7. Bytes after
/// the second are continuations, 80 to BF.
struct Utf8Form {
    unsigned first_from;
    unsigned first_to;
    std::size_t length;
    unsigned second_from;
    unsigned second_to;
};

constexpr std::array<Utf8Form, 8> utf8_forms{{
    {0xC2, 0xDF, 2, 0x80, 0xBF},
    {0xE0, 0xE0, 3, 0xA0, 0xBF},  // below A0: overlong
    {0xE1, 0xEC, 3, 0x80, 0xBF},
    {0xED, 0xED, 3, 0x80, 0x9F},  // above 9F: surrogates
    {0xEE, 0xEF, 3, 0x80, 0xBF},
    {0xF0, 0xF0, 4, 0x90, 0xBF},  // below 90: overlong
    {0xF1, 0xF3, 4, 0x80, 0xBF},
    {0xF4, 0xF4, 4, 0x80, 0x8F},  // above 8F: beyond U+10FFFF
}};

unsigned byte_at(std::string_view text, std::size_t position) {
    return static_cast<unsigned char>(text[position]);
}

bool has_form(std::string_view text, const Utf8Form& form) {
    if (text.size() < form.length || byte_at(text, 1) < form.second_from
        || byte_at(text, 1) > form.second_to) {
        return false;
    }
    for (std::size_t i = 2; i < form.length; ++i) {
        if ((byte_at(text, i) & 0xC0U) != 0x80U) {
            return false;
        }
    }
    return true;
}

/// Length of the well-formed UTF-8 character beyond ASCII at the start of `text`, or 0.
std::size_t utf8_character(std::string_view text) {
    const unsigned first = byte_at(text, 0);
    for (const Utf8Form& form : utf8_forms) {
        if (first >= form.first_from && first <= form.first_to) {
            return has_form(text, form) ? form.length : 0;
        }
    }
    return 0;
}

/// Number of ASCII characters at the start of `text`. Most cells are nothing else.
std::size_t leading_ascii(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    std::size_t length = 0;
    for (std::uint64_t word = 0; length + sizeof word <= text.size(); length += sizeof word) {
        std::memcpy(&word, text.data() + length, sizeof word);
        if ((word & high_bits) != 0) {
            break;
        }
    }
    while (length < text.size() && byte_at(text, length) < 0x80U) {
        ++length;
    }
    return length;
}

}  // namespace

std::optional<double> parse_decimal(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) {
            return std::nullopt;
        }
    }
    double value = 0.0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::optional<std::uint64_t> parse_whole(std::string_view text) {
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) {
        return std::nullopt;
    }
    return value;
}

std::string to_shortest(double value) {
    std::array<char, 32> buffer{};
    char* const end = buffer.data() + buffer.size();
    const double size = std::abs(value);
    // People and spreadsheets read 9000000 better than 9e+06.
    const bool is_written_out = size >= smallest_written_out && size < largest_written_out;
    const auto result = is_written_out
                            ? std::to_chars(buffer.data(), end, value, std::chars_format::fixed)
                            : std::to_chars(buffer.data(), end, value);
    return {buffer.data(), result.ptr};
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t stop = text.find(separator); stop != std::string_view::npos;
         stop = text.find(separator)) {
        parts.push_back(text.substr(0, stop));
        text.remove_prefix(stop + 1);
    }
    parts.push_back(text);
    return parts;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::string_view>
nearest_word(std::string_view word, std::span<const std::string_view> candidates) {
    constexpr std::size_t longest_word = 64;  // a cell can be a megabyte; a slip of the hand is not
    if (word.size() > longest_word) {
        return std::nullopt;
    }
    std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
    std::optional<std::string_view> nearest;
    for (const std::string_view candidate : candidates) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best) {
            best = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

bool is_utf8(std::string_view text) {
    text.remove_prefix(leading_ascii(text));
    while (!text.empty()) {
        const std::size_t length = utf8_character(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
        text.remove_prefix(leading_ascii(text));
    }
    return true;
}

bool has_steering_character(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool is_line = byte == '\t' || byte == '\n' || byte == '\r';
        if ((byte < 0x20 && !is_line) || byte == 0x7F) {
            return true;
        }
        const std::string_view rest = text.substr(i);
        const unsigned last = rest.size() > 2 ? static_cast<unsigned char>(rest[2]) : 0U;
        if ((rest.starts_with("\xC2") && static_cast<unsigned char>(rest[1]) < 0xA0)
            || (rest.starts_with("\xE2\x80") && last >= 0xA8 && last <= 0xAE)
            || (rest.starts_with("\xE2\x81") && last >= 0xA6 && last <= 0xA9)) {
            return true;
        }
    }
    return false;
}

}  // namespace adic
