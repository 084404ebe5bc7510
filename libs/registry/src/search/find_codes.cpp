#include "adic/registry/search/find_codes.hpp"

#include "adic/registry/search/search_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace adic::registry {
namespace {

/// What two words have in common is no more than grammar.
constexpr std::array<std::string_view, 12> common{
    "and",
    "are",
    "except",
    "for",
    "from",
    "not",
    "other",
    "such",
    "than",
    "that",
    "the",
    "with"};

bool tells_something(const std::string& word) {
    constexpr std::size_t shortest = 3;
    return word.size() >= shortest && std::ranges::find(common, word) == common.end();
}

/// "boats" is "boat"; "glass" stays. British spellings are as the lists have them: "armour" is
/// "armor", "fibre" is "fiber".
std::string plain_form(std::string word) {
    constexpr std::size_t shortest = 5;
    if (word.size() >= shortest && word.ends_with('s') && !word.ends_with("ss")) {
        word.pop_back();
    }
    if (word.size() >= shortest && word.ends_with("our")) {
        word.replace(word.size() - 3, 3, "or");
    } else if (word.size() >= shortest && (word.ends_with("bre") || word.ends_with("tre"))) {
        word.replace(word.size() - 2, 2, "er");
    }
    return word;
}

/// Each once, in order.
std::vector<std::string> telling_words(std::string_view text) {
    std::vector<std::string> words;
    for (std::string& word : search_words(text)) {
        word = plain_form(std::move(word));
        if (tells_something(word) && std::ranges::find(words, word) == words.end()) {
            words.push_back(std::move(word));
        }
    }
    return words;
}

/// The words of a code that are asked for, and how long its title is.
struct Shared {
    std::set<std::string> in_title;
    std::set<std::string> in_includes;
    std::size_t title_words = 0;
};

std::set<std::string>
among(const std::vector<std::string>& asked, const std::vector<std::string>& own) {
    std::set<std::string> shared;
    std::ranges::copy_if(own, std::inserter(shared, shared.end()), [&](const std::string& word) {
        return std::ranges::find(asked, word) != asked.end();
    });
    return shared;
}

}  // namespace

std::vector<FoundCode>
find_codes(std::span<const model::ListedCode> codes, std::string_view text, std::size_t most) {
    const std::vector<std::string> asked = telling_words(text);
    std::vector<Shared> shared;
    std::unordered_map<std::string, double> frequency;
    shared.reserve(codes.size());
    for (const model::ListedCode& code : codes) {
        const auto title = telling_words(code.title);
        Shared& one = shared.emplace_back();
        one = {among(asked, title), among(asked, telling_words(code.includes)), title.size()};
        for (const std::string& word : asked) {
            frequency[word] += one.in_title.contains(word) || one.in_includes.contains(word);
        }
    }
    std::vector<std::pair<FoundCode, std::size_t>> found;
    for (std::size_t at = 0; at < codes.size(); ++at) {
        FoundCode one{&codes[at], {}, 0.0};
        for (const std::string& word : asked) {
            const bool is_title = shared[at].in_title.contains(word);
            if (is_title || shared[at].in_includes.contains(word)) {
                // One more, so that a word of all codes still counts a little.
                const double rarity =
                    std::log(static_cast<double>(codes.size() + 1) / frequency[word]);
                one.by.push_back(word);
                one.weight += is_title ? 2 * rarity : rarity;
            }
        }
        if (!one.by.empty()) {
            found.emplace_back(std::move(one), shared[at].title_words);
        }
    }
    std::ranges::sort(found, {}, [](const auto& one) {
        const auto& [hit, title_words] = one;
        return std::tuple(-hit.weight, title_words, hit.code->scheme, hit.code->code);
    });
    found.resize(std::min(found.size(), most));
    std::vector<FoundCode> closest;
    std::ranges::transform(found, std::back_inserter(closest), [](auto& one) {
        return std::move(one.first);
    });
    return closest;
}

}  // namespace adic::registry
