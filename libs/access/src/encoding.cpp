#include "encoding.hpp"

#include "adic/base/sha256.hpp"

#include <algorithm>
#include <cstdint>

#include <sodium.h>

namespace adic::access {
namespace {

constexpr std::string_view base32_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr unsigned base32_bits = 5;

int value_of_hex(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    constexpr int ten = 10;
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + ten;
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + ten : -1;
}

}  // namespace

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: bytes are what a text is
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());  // NOLINT: bytes are what a text is
}

std::string base64url_of(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
    text.pop_back();  // the final zero
    return text;
}

std::optional<std::string> bytes_of_base64url(std::string_view text) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(
        bytes_of(bytes),
        bytes.size(),
        text.data(),
        text.size(),
        nullptr,
        &size,
        &end,
        variant
    );
    if (failed != 0 || end != text.data() + text.size()) {
        return std::nullopt;
    }
    bytes.resize(size);
    return bytes;
}

std::string base32_of(std::string_view bytes) {
    std::string text;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char byte : bytes) {
        held = (held << 8U) | static_cast<unsigned char>(byte);
        bits += 8;
        while (bits >= base32_bits) {
            bits -= base32_bits;
            text += base32_digits[(held >> bits) & 31U];
        }
        held &= (1U << bits) - 1U;
    }
    if (bits > 0) {
        text += base32_digits[(held << (base32_bits - bits)) & 31U];
    }
    return text;
}

std::optional<std::string> bytes_of_base32(std::string_view text) {
    while (text.ends_with('=')) {
        text.remove_suffix(1);
    }
    std::string bytes;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const char capital = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        const std::size_t digit = base32_digits.find(capital);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        held = (held << base32_bits) | static_cast<std::uint32_t>(digit);
        bits += base32_bits;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>((held >> bits) & 0xFFU);
            held &= (1U << bits) - 1U;
        }
    }
    if (bits >= base32_bits || held != 0) {
        return std::nullopt;
    }
    return bytes;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string encoded;
    for (const char c : text) {
        if (unreserved.find(c) != std::string_view::npos) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return encoded;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? value_of_hex(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? value_of_hex(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        constexpr int sixteen = 16;
        decoded += static_cast<char>(high * sixteen + low);
        i += 2;
    }
    return decoded;
}

bool is_same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string stored_form(std::string_view secret) {
    return to_hex(sha256(secret));
}

std::string tamed(std::string_view text, std::size_t most) {
    std::string shown{text.substr(0, most)};
    std::ranges::replace_if(
        shown,
        [](char c) { return c < ' ' || c > '~'; },
        '?'
    );
    return shown;
}

}  // namespace adic::access
