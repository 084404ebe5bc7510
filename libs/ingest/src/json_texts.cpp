#include "json_texts.hpp"

#include <algorithm>
#include <string>

namespace adic::ingest {
namespace {

/// Without bars, and without two blanks beside each other, between which no text could end.
std::string plain(std::string_view json) {
    std::string text;
    for (const char c : json) {
        if (c == '|') {
            text += "\\u007c";
        } else if (c == ' ' && text.ends_with(' ')) {
            text += "\\u0020";
        } else {
            text += c;
        }
    }
    return text;
}

/// Neither within a letter nor beside a blank, which a table takes away.
bool may_end_at(std::string_view text, std::size_t at) {
    const bool is_in_letter = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    return !is_in_letter && text[at] != ' ' && text[at - 1] != ' ';
}

}  // namespace

model::Words in_texts(std::string_view json) {
    constexpr std::size_t longest = 8'000;
    const std::string text = plain(json);
    model::Words texts;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t size = std::min(longest, text.size() - at);
        while (at + size < text.size() && !may_end_at(text, at + size)) {
            --size;
        }
        texts.push_back(text.substr(at, size));
        at += size;
    }
    return texts;
}

}  // namespace adic::ingest
