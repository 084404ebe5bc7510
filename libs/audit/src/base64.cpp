#include "base64.hpp"

#include <array>
#include <cstdint>

namespace adic::audit {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<int, 256> values_of_letters() {
    std::array<int, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<int>(i);
    }
    return values;
}

constexpr std::array<int, 256> letter_values = values_of_letters();

}  // namespace

std::string base64_of(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::string_view three = bytes.substr(i, 3);
        std::uint32_t bits = 0;
        for (std::size_t b = 0; b < 3; ++b) {
            bits = (bits << 8U) | (b < three.size() ? static_cast<unsigned char>(three[b]) : 0U);
        }
        for (std::size_t letter = 0; letter < 4; ++letter) {
            text += letter <= three.size() ? alphabet[(bits >> (18U - 6U * letter)) & 0x3FU] : '=';
        }
    }
    return text;
}

std::optional<std::string> bytes_of_base64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    const std::size_t end = text.find_last_not_of('=');
    const std::string_view letters = end == std::string_view::npos ? "" : text.substr(0, end + 1);
    std::string bytes;
    bytes.reserve(letters.size());
    std::uint32_t bits = 0;
    unsigned waiting = 0;
    for (const char letter : letters) {
        const int value = letter_values[static_cast<unsigned char>(letter)];
        if (value < 0) {
            return std::nullopt;
        }
        bits = ((bits << 6U) | static_cast<std::uint32_t>(value)) & 0xFFFFU;
        waiting += 6;
        if (waiting >= 8) {
            waiting -= 8;
            bytes += static_cast<char>((bits >> waiting) & 0xFFU);
        }
    }
    // Too much padding, or bits that no byte took, would be a second way to write the same.
    if (base64_of(bytes) != text) {
        return std::nullopt;
    }
    return bytes;
}

}  // namespace adic::audit
