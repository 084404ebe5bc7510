#pragma once

#include "adic/model/listed_code.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::registry {

/// A code that may be meant, with the words for which it is offered.
struct FoundCode {
    const model::ListedCode* code = nullptr;
    std::vector<std::string> by;  ///< words of the text, in its order
    double weight = 0.0;          ///< above 0; more is closer
};

/// Codes whose titles or what they include share words with a text, the closest first: candidates,
/// for people to confirm. A word weighs the logarithm of how rare it is among the codes (inverse
/// document frequency): twice that in a title, thrice in the name of a thing that is included if
/// the text has all of that name, a quarter where it says for whom or what a thing is or of what
/// size ("combat", "small", what stands after "for"). A code needs a word that says more, if the
/// text has any. Left out is what weighs less than half of the closest of its scheme; a code of two
/// lists is found once. A plural in -s is its singular, and a British spelling the American one. Of
/// equal weight those come first whose title has fewer words, then by scheme and code.
///
/// Source: inverse document frequency: Sparck Jones (1972), "A statistical interpretation of term
///         specificity and its application in retrieval", J. Documentation 28(1).
/// Cost:   O(bytes of the codes and of the text).
std::vector<FoundCode>
find_codes(std::span<const model::ListedCode> codes, std::string_view text, std::size_t most);

}  // namespace adic::registry
