#pragma once

#include <string_view>

namespace adic {

/// Whether objects and lists stand more than `deepest` deep in each other in a text of JSON.
///
/// To be asked before the text is parsed: a parser that is told to look at the depth itself, by a
/// callback, takes time with the square of the length of a list. Of a text that is no JSON it says
/// something; the parser says that it is none.
/// Cost: O(bytes).
bool is_nested_deeper(std::string_view text, int deepest);

}  // namespace adic
