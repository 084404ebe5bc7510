#include "adic/registry/search/find_codes.hpp"

#include "adic/registry/search/search_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
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
    std::unordered_set<std::string> known;
    for (std::string& word : search_words(text)) {
        word = plain_form(std::move(word));
        if (tells_something(word) && known.insert(word).second) {
            words.push_back(std::move(word));
        }
    }
    return words;
}

/// The words of a text that are asked for, by their places among those that are.
using Places = std::set<std::size_t>;

Places places_of(
    const std::vector<std::string>& words,
    const std::unordered_map<std::string, std::size_t>& asked
) {
    Places places;
    for (const std::string& word : words) {
        if (const auto place = asked.find(word); place != asked.end()) {
            places.insert(place->second);
        }
    }
    return places;
}

/// The words that a code shares, and how long its title is.
struct Shared {
    Places in_title;
    Places anywhere;
    std::size_t title_words = 0;
};

}  // namespace

std::vector<FoundCode>
find_codes(std::span<const model::ListedCode> codes, std::string_view text, std::size_t most) {
    const std::vector<std::string> words = telling_words(text);
    std::unordered_map<std::string, std::size_t> asked;
    for (const std::string& word : words) {
        asked.emplace(word, asked.size());
    }
    std::vector<Shared> shared;
    std::vector<double> frequency(words.size());
    shared.reserve(codes.size());
    for (const model::ListedCode& code : codes) {
        const auto title = telling_words(code.title);
        Shared one{places_of(title, asked), {}, title.size()};
        one.anywhere = places_of(telling_words(code.includes), asked);
        one.anywhere.insert(one.in_title.begin(), one.in_title.end());
        for (const std::size_t word : one.anywhere) {
            frequency[word] += 1;
        }
        shared.push_back(std::move(one));
    }
    std::vector<std::pair<FoundCode, std::size_t>> found;
    for (std::size_t at = 0; at < codes.size(); ++at) {
        FoundCode one{&codes[at], {}, 0.0};
        for (const std::size_t word : shared[at].anywhere) {
            // One more, so that a word of all codes still counts a little.
            const double rarity = std::log(static_cast<double>(codes.size() + 1) / frequency[word]);
            one.by.push_back(words[word]);
            one.weight += shared[at].in_title.contains(word) ? 2 * rarity : rarity;
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
