#pragma once

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic {

/// What stands in a sentence, by name: "states" of {"PHL", "VNM"}.
using SentenceValues = std::vector<std::pair<std::string_view, std::vector<std::string>>>;

/// What the program says of a case: in English, and as a code with values, by which a page says the
/// same in its reader's language. A code is stable: what means something else gets another one.
/// say() makes it (base/say.hpp); what no page shows may be a text alone.
struct Sentence {
    Sentence() = default;

    Sentence(std::string english) : text(std::move(english)) {}

    Sentence(const char* english) : text(english) {}

    std::string text = {};
    std::string_view code = {};
    SentenceValues values = {};
    std::vector<Sentence> parts = {};  ///< of one that has no code itself: what it says in turn

    friend bool operator==(const Sentence&, const Sentence&) = default;
};

inline std::vector<std::string> texts_of(std::span<const Sentence> sentences) {
    std::vector<std::string> texts;
    texts.reserve(sentences.size());
    std::ranges::transform(sentences, std::back_inserter(texts), &Sentence::text);
    return texts;
}

}  // namespace adic
