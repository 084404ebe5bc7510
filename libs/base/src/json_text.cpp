#include "adic/base/json_text.hpp"

#include <cstddef>

namespace adic {
namespace {

/// The place of the quote that ends the string which begins before `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] != '"') {
        at += text[at] == '\\' ? 2U : 1U;
    }
    return at;
}

}  // namespace

bool is_nested_deeper(std::string_view text, int deepest) {
    int depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        switch (text[at]) {
        case '"': at = end_of_string(text, at + 1); break;
        case '{':
        case '[':
            if (++depth > deepest) {
                return true;
            }
            break;
        case '}':
        case ']': --depth; break;
        default: break;
        }
    }
    return false;
}

}  // namespace adic
