#include "adic/app/html_text.hpp"

#include "adic/base/text.hpp"

namespace adic::app {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The bytes of the character at `start`; one byte if they are no character.
std::string_view character_at(std::string_view text, std::size_t start) {
    std::size_t end = start + 1;
    while (end < text.size() && continues(text[end])) {
        ++end;
    }
    const std::string_view character = text.substr(start, end - start);
    return is_utf8(character) ? character : text.substr(start, 1);
}

std::string_view reference(std::string_view character) {
    if (character.size() > 1) {
        return character;
    }
    switch (character[0]) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\n':
    case '\t': return " ";
    default: break;
    }
    const auto byte = static_cast<unsigned char>(character[0]);
    return byte < 0x20 || byte >= 0x7F ? replacement : character;
}

}  // namespace

std::string html(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view character = character_at(text, i);
        result += reference(character);
        i += character.size();
    }
    return result;
}

std::string shortened_text(std::string_view text, std::size_t characters) {
    std::size_t count = 0;
    std::size_t kept = 0;  // bytes of the first `characters` - 1 characters
    for (std::size_t i = 0; i < text.size(); i += character_at(text, i).size()) {
        if (++count < characters) {
            kept = i + character_at(text, i).size();
        }
    }
    if (count <= characters) {
        return std::string(text);
    }
    return std::string(trimmed(text.substr(0, kept))) + "\xE2\x80\xA6";
}

}  // namespace adic::app
