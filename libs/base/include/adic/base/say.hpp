#pragma once

#include "adic/base/sayings.hpp"
#include "adic/base/sentence.hpp"

#include <algorithm>
#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic {

/// One of the sayings by its code. A code that the table lacks does not compile.
class SayingOf {
  public:
    consteval SayingOf(const char* code)
        : saying_(std::ranges::find(sayings, std::string_view(code), &Saying::code)) {
        if (saying_ == sayings.end()) {
            throw "the table of sayings has no such code";
        }
    }

    constexpr const Saying& operator*() const { return *saying_; }

  private:
    decltype(sayings)::const_iterator saying_;
};

/// What stands at a place of a saying: as English writes it, and plain, as a page takes it.
struct Said {
    /// A name, or a text of a record.
    Said(std::string_view place, std::string text)
        : name(place)
        , english(std::move(text))
        , plain{english} {}

    Said(std::string_view place, std::string_view text) : Said(place, std::string(text)) {}

    Said(std::string_view place, const char* text) : Said(place, std::string(text)) {}

    /// Several names, in English with commas between them.
    Said(std::string_view place, std::vector<std::string> texts);

    template <std::integral Whole>
    Said(std::string_view place, Whole count) : Said(place, std::to_string(count)) {}

    /// A figure that English writes in a way of its own: rounded, with a sign for per cent.
    Said(std::string_view place, std::string text, double figure);

    std::string_view name;
    std::string english;
    std::vector<std::string> plain;
};

/// The saying with the values at its places. Places that only some cases have are those of a
/// `select`; without a value it says its branch `none`.
///
/// Requires: a value for each other place.
Sentence say(SayingOf saying, const std::vector<Said>& values = {});

/// Sentences as one that has no code itself: "a; b." with "; " between them and "." behind.
Sentence joined(std::vector<Sentence> parts, std::string_view between, std::string_view end);

}  // namespace adic
