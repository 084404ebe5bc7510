#include "adic/registry/search/find_codes.hpp"

#include "adic/registry/search/search_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <ranges>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace adic::registry {
namespace {

/// What two texts have in common with them is no more than grammar: of English, of Indonesian and
/// Malay, and of Vietnamese without its marks.
constexpr std::array common = std::to_array<std::string_view>(
    {"and",  "are",   "but",   "except", "for",  "from", "not",   "other",  "our",  "such", "than",
     "that", "the",   "with",  "atau",   "bagi", "dan",  "dari",  "dengan", "kami", "kita", "oleh",
     "pada", "serta", "untuk", "yang",   "cac",  "cho",  "chung", "cua",    "toi",  "voi"}
);

/// Of what follows them a thing is part or use: "batteries for radios".
constexpr std::array purposes = std::to_array<std::string_view>({"for", "untuk", "bagi", "cho"});

/// For whom or of what size a thing is, or that it is a part of one: not what it is.
constexpr std::array qualifying = std::to_array<std::string_view>(
    {"army",   "combat", "heavy",    "infantry", "light",   "military",    "naval",
     "navy",   "part",   "small",    "soldier",  "spare",   "tactical",    "askar",
     "berat",  "cadang", "ganti",    "lapangan", "militer", "pertempuran", "prajurit",
     "ringan", "suku",   "taktikal", "taktis",   "tempur",  "tentara",     "tentera"}
);

bool is_in(std::span<const std::string_view> list, const std::string& word) {
    return std::ranges::find(list, word) != list.end();
}

bool tells_something(const std::string& word) {
    constexpr std::size_t shortest = 3;
    return word.size() >= shortest && !is_in(common, word);
}

/// "boats" is "boat", "batteries" is "battery"; "glass" stays. British spellings are as the lists
/// have them: "armour" is "armor", "fibre" is "fiber".
std::string plain_form(std::string word) {
    constexpr std::size_t shortest = 5;
    if (word.size() >= shortest && word.ends_with("ies")) {
        word.replace(word.size() - 3, 3, "y");
    } else if (word.size() >= shortest && word.ends_with('s') && !word.ends_with("ss")) {
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

/// The words of the text for which codes are sought, each once, with their places in it.
struct Asked {
    std::vector<std::string> words;
    std::vector<bool> names_it;  ///< says what the thing is
    std::unordered_map<std::string, std::size_t> places;
};

Asked asked_words(std::string_view text) {
    Asked asked;
    bool is_purpose = false;
    for (std::string& word : search_words(text)) {
        is_purpose = is_purpose || is_in(purposes, word);
        word = plain_form(std::move(word));
        if (tells_something(word) && asked.places.emplace(word, asked.words.size()).second) {
            asked.names_it.push_back(!is_purpose && !is_in(qualifying, word));
            asked.words.push_back(std::move(word));
        }
    }
    // Where no word says what the thing is, for whom it is has to do.
    if (std::ranges::find(asked.names_it, true) == asked.names_it.end()) {
        asked.names_it.assign(asked.words.size(), true);
    }
    return asked;
}

/// The words of a text that are asked for, by their places.
using Places = std::set<std::size_t>;

Places places_of(const std::vector<std::string>& words, const Asked& asked) {
    Places places;
    for (const std::string& word : words) {
        if (const auto place = asked.places.find(word); place != asked.places.end()) {
            places.insert(place->second);
        }
    }
    return places;
}

/// The words that a code shares, and how long its title is.
struct Shared {
    Places in_title;
    Places in_name;  ///< of a thing that it includes, of which the text has the whole name
    Places anywhere;
    std::size_t title_words = 0;
};

Shared shared_words(const model::ListedCode& code, const Asked& asked) {
    const auto title = telling_words(code.title);
    Shared shared{places_of(title, asked), {}, {}, title.size()};
    shared.anywhere = shared.in_title;
    for (const auto part : code.includes | std::views::split(';')) {
        const auto name = telling_words(std::string_view(part.begin(), part.end()));
        const Places places = places_of(name, asked);
        const bool is_whole = std::ranges::all_of(name, [&](const std::string& word) {
            return is_in(qualifying, word) || asked.places.contains(word);
        });
        if (is_whole) {
            shared.in_name.insert(places.begin(), places.end());
        }
        shared.anywhere.insert(places.begin(), places.end());
    }
    return shared;
}

/// How often what a code shares counts, by where it stands.
double times(const Shared& shared, std::size_t word) {
    constexpr double in_name = 3.0;
    constexpr double in_title = 2.0;
    return shared.in_name.contains(word)    ? in_name
           : shared.in_title.contains(word) ? in_title
                                            : 1.0;
}

/// Without codes found a second time, by the words of another list, and without those that are far
/// from the closest of their scheme. Requires: the closest come first.
void keep_close(std::vector<FoundCode>& found) {
    constexpr double least_part = 0.5;
    std::map<std::string_view, double> closest;
    std::set<std::pair<std::string_view, std::string_view>> seen;
    std::erase_if(found, [&](const FoundCode& one) {
        const double best = closest.try_emplace(one.code->scheme, one.weight).first->second;
        return one.weight < least_part * best
               || !seen.emplace(one.code->scheme, one.code->code).second;
    });
}

}  // namespace

std::vector<FoundCode>
find_codes(std::span<const model::ListedCode> codes, std::string_view text, std::size_t most) {
    const Asked asked = asked_words(text);
    std::vector<Shared> shared;
    std::vector<double> frequency(asked.words.size());
    shared.reserve(codes.size());
    for (const model::ListedCode& code : codes) {
        shared.push_back(shared_words(code, asked));
        for (const std::size_t word : shared.back().anywhere) {
            frequency[word] += 1;
        }
    }
    std::vector<std::pair<FoundCode, std::size_t>> found;
    for (std::size_t at = 0; at < codes.size(); ++at) {
        FoundCode one{&codes[at], {}, 0.0};
        bool is_named = false;
        for (const std::size_t word : shared[at].anywhere) {
            constexpr double qualifying_part = 0.25;
            // One more, so that a word of all codes still counts a little.
            const double rarity = std::log(static_cast<double>(codes.size() + 1) / frequency[word]);
            one.by.push_back(asked.words[word]);
            one.weight +=
                times(shared[at], word) * rarity * (asked.names_it[word] ? 1.0 : qualifying_part);
            is_named = is_named || asked.names_it[word];
        }
        if (is_named) {
            found.emplace_back(std::move(one), shared[at].title_words);
        }
    }
    std::ranges::sort(found, {}, [](const auto& one) {
        const auto& [hit, title_words] = one;
        return std::tuple(-hit.weight, title_words, hit.code->scheme, hit.code->code);
    });
    std::vector<FoundCode> closest;
    std::ranges::transform(found, std::back_inserter(closest), [](auto& one) {
        return std::move(one.first);
    });
    keep_close(closest);
    closest.resize(std::min(closest.size(), most));
    return closest;
}

}  // namespace adic::registry
