#include "adic/registry/search/search_words.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace adic::registry {
namespace {

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Most texts are ASCII, for which the rules come down to this.
std::vector<std::string> ascii_words(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text) {
        const bool is_upper = c >= 'A' && c <= 'Z';
        const bool is_part = is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_part) {
            word += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    return words;
}

void must_succeed(UErrorCode code) {
    if (U_FAILURE(code) != 0) {
        throw std::runtime_error(std::string("ICU has no data for words: ") + u_errorName(code));
    }
}

/// One for each thread: an iterator is not shared, and is dear to make.
icu::BreakIterator& word_breaks() {
    thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
        UErrorCode code = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(
            icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), code)
        );
        must_succeed(code);
        return made;
    }();
    return *breaks;
}

const icu::Normalizer2& normaliser(bool is_composing) {
    UErrorCode code = U_ZERO_ERROR;
    const icu::Normalizer2* found = is_composing ? icu::Normalizer2::getNFKCCasefoldInstance(code)
                                                 : icu::Normalizer2::getNFDInstance(code);
    must_succeed(code);
    return *found;
}

/// Marks of Latin letters alone: those of other scripts are vowels and tones that tell words apart.
bool is_accent(UChar32 c) {
    constexpr UChar32 first = 0x0300;
    constexpr UChar32 last = 0x036F;
    return c >= first && c <= last;
}

/// Letters with a stroke are no compositions.
UChar32 without_stroke(UChar32 c) {
    switch (c) {
    case 0x0111: return 'd';
    case 0x0142: return 'l';
    case 0x00F8: return 'o';
    default: return c;
    }
}

icu::UnicodeString folded(std::string_view text) {
    UErrorCode code = U_ZERO_ERROR;
    const auto bytes = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))
    );
    const icu::UnicodeString lower = normaliser(true).normalize(bytes, code);
    const icu::UnicodeString parted = normaliser(false).normalize(lower, code);
    must_succeed(code);
    icu::UnicodeString plain;
    for (std::int32_t c = 0; c < parted.length(); c = parted.moveIndex32(c, 1)) {
        const UChar32 letter = parted.char32At(c);
        if (!is_accent(letter)) {
            plain.append(without_stroke(letter));
        }
    }
    return plain;
}

}  // namespace

std::vector<std::string> search_words(std::string_view text) {
    constexpr std::size_t longest = 1 << 24;
    text = text.substr(0, longest);
    if (is_ascii(text)) {
        return ascii_words(text);
    }
    const icu::UnicodeString plain = folded(text);
    icu::BreakIterator& breaks = word_breaks();
    breaks.setText(plain);
    std::vector<std::string> words;
    std::int32_t from = breaks.first();
    for (std::int32_t to = breaks.next(); to != icu::BreakIterator::DONE; to = breaks.next()) {
        if (breaks.getRuleStatus() >= UBRK_WORD_NONE_LIMIT) {
            std::string word;
            plain.tempSubStringBetween(from, to).toUTF8String(word);
            words.push_back(std::move(word));
        }
        from = to;
    }
    return words;
}

}  // namespace adic::registry
