#include "render/text_width.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace adic::cli {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view no_break_space = "\xC2\xA0";   // U+00A0
constexpr std::string_view ellipsis = "\xE2\x80\xA6";     // U+2026

struct Range {
    char32_t first;
    char32_t last;
};

/// Marks that sit on the character before them, and characters that show nothing.
constexpr std::array no_width{
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD}, Range{0x0610, 0x061A},
    Range{0x064B, 0x065F}, Range{0x0E31, 0x0E31},                         // Thai
    Range{0x0E34, 0x0E3A}, Range{0x0E47, 0x0E4E}, Range{0x0EB1, 0x0EB1},  // Lao
    Range{0x0EB4, 0x0EBC}, Range{0x0EC8, 0x0ECD}, Range{0x102D, 0x1030},  // Myanmar
    Range{0x1032, 0x1037}, Range{0x1039, 0x103A}, Range{0x17B4, 0x17B5},  // Khmer
    Range{0x17B7, 0x17BD}, Range{0x17C6, 0x17C6}, Range{0x17C9, 0x17D3}, Range{0x1AB0, 0x1AFF},
    Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E}, Range{0x2060, 0x2064},
    Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}, Range{0xFEFF, 0xFEFF},
};

/// Source: Unicode Standard Annex 11, East Asian Width, classes W and F, by block.
constexpr std::array wide{
    Range{0x1100, 0x115F},
    Range{0x2E80, 0x303E},
    Range{0x3041, 0x33FF},
    Range{0x3400, 0x4DBF},
    Range{0x4E00, 0x9FFF},
    Range{0xA000, 0xA4CF},
    Range{0xAC00, 0xD7A3},
    Range{0xF900, 0xFAFF},
    Range{0xFE30, 0xFE6F},
    Range{0xFF00, 0xFF60},
    Range{0xFFE0, 0xFFE6},
    Range{0x1F300, 0x1F6FF},
    Range{0x1F900, 0x1F9FF},
    Range{0x20000, 0x3FFFD},
};

template <std::size_t n>
bool is_in(char32_t character, const std::array<Range, n>& ranges) {
    return std::ranges::any_of(ranges, [&](Range range) {
        return range.first <= character && character <= range.last;
    });
}

/// Bytes of the character that starts with `lead`; 1 for a byte that starts none.
std::size_t length_of(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    if (byte < 0xC0) {
        return 1;
    }
    if (byte < 0xE0) {
        return 2;
    }
    return byte < 0xF0 ? 3 : 4;
}

char32_t decode(std::string_view character) {
    if (character.size() == 1) {
        return static_cast<unsigned char>(character[0]);
    }
    const auto lead = static_cast<unsigned char>(character[0]);
    char32_t value = lead & (0xFFU >> (character.size() + 1));
    for (const char c : character.substr(1)) {
        value = (value << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
    }
    return value;
}

std::size_t width_of(std::string_view character) {
    const char32_t value = decode(character);
    if (value < 0x300) {
        return 1;
    }
    if (is_in(value, no_width)) {
        return 0;
    }
    return is_in(value, wide) ? 2 : 1;
}

/// The longest beginning of `text` that takes at most `width` columns, and marks after it.
std::string_view fitting(std::string_view text, std::size_t width) {
    std::size_t used = 0;
    std::size_t end = 0;
    while (end < text.size()) {
        const std::string_view character = text.substr(end, length_of(text[end]));
        used += width_of(character);
        if (used > width) {
            break;
        }
        end += character.size();
    }
    return text.substr(0, end);
}

bool is_control(std::string_view character) {
    const char32_t value = decode(character);
    const bool is_c0_or_c1 = value < 0x20 || (value >= 0x7F && value < 0xA0);
    const bool turns_direction =
        (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
    return is_c0_or_c1 || turns_direction;
}

std::string_view safe(std::string_view character) {
    if (character == "\n" || character == "\t" || character == "\r") {
        return " ";
    }
    return !is_utf8(character) || is_control(character) ? replacement : character;
}

/// The no-break spaces that `text` starts with, at most `most` of them.
std::string_view indent_of(std::string_view text, std::size_t most) {
    std::size_t end = 0;
    while (end / no_break_space.size() < most && text.substr(end).starts_with(no_break_space)) {
        end += no_break_space.size();
    }
    return text.substr(0, end);
}

}  // namespace

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        std::string_view character = text.substr(i, length_of(text[i]));
        if (!is_utf8(character)) {
            character = text.substr(i, 1);
        }
        result += safe(character);
        i += character.size();
    }
    return result;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size(); i += length_of(text[i])) {
        width += width_of(text.substr(i, length_of(text[i])));
    }
    return width;
}

std::string shortened(std::string_view text, std::size_t width) {
    if (display_width(text) <= width) {
        return std::string(text);
    }
    std::string_view kept = fitting(text, width - 1);
    while (!kept.empty() && kept.back() == ' ') {
        kept.remove_suffix(1);
    }
    return std::string(kept) + std::string(ellipsis);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t given_width) {
    const std::string_view indent = indent_of(text, given_width / 2);
    const std::size_t width = given_width - indent.size() / no_break_space.size();
    std::vector<std::string> lines;
    text = trimmed(text.substr(indent.size()));
    while (display_width(text) > width) {
        std::string_view line = fitting(text, width);
        const bool ends_at_a_word = text[line.size()] == ' ';
        const auto space = line.rfind(' ');
        if (!ends_at_a_word && space != std::string_view::npos) {
            line = line.substr(0, space);
        }
        text = trimmed(text.substr(line.size()));
        lines.emplace_back(trimmed(line));
    }
    lines.emplace_back(text);
    for (std::string& line : lines) {
        line.insert(0, indent);
    }
    return lines;
}

}  // namespace adic::cli
