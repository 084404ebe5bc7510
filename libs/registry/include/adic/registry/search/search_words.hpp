#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace adic::registry {

/// The words of a text as search compares them: in lower case, without accents of Latin letters
/// ("Đà Nẵng" has "da" and "nang"), compatible characters made one. Scripts without blanks between
/// words (Thai, Lao, Khmer, Burmese, Chinese) are parted by the dictionaries of ICU.
///
/// In order, with repetitions. Bytes that are no UTF-8 part words.
/// Source: Unicode Standard Annex 29 (word boundaries) and 15 (NFKC_Casefold), through ICU.
/// Cost:   O(bytes).
std::vector<std::string> search_words(std::string_view text);

}  // namespace adic::registry
