#include "suggestion.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <optional>

namespace adic::ingest {
namespace {

constexpr std::size_t usual_length = 12;  // of an identifier, to tell what a search will cost

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_but_for_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return lower(x) == lower(y);
    });
}

}  // namespace

bool Suggester::may_search(std::string_view word, std::size_t candidates) const {
    return candidates * (word.size() + 1) * usual_length <= left_;
}

std::string
Suggester::suggest(std::string_view word, std::span<const std::string_view> candidates) {
    if (!may_search(word, candidates.size())) {
        return {};
    }
    left_ -= candidates.size() * (word.size() + 1) * usual_length;
    const std::string_view bare = trimmed(word);
    const auto same = std::ranges::find_if(candidates, [&](std::string_view candidate) {
        return same_but_for_case(bare, candidate);
    });
    const auto nearest =
        same != candidates.end() ? std::optional{*same} : nearest_word(bare, candidates);
    return nearest ? "; did you mean '" + std::string(*nearest) + "'?" : std::string{};
}

std::string listed(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        text.append(text.empty() ? "" : ", ").append(word);
    }
    return text;
}

}  // namespace adic::ingest
