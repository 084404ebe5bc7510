#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace adic::cli {

/// `text` made safe to show on a terminal: well-formed UTF-8 without control characters. Whatever
/// else it holds (escape sequences, broken bytes) becomes U+FFFD; line breaks and tabs
/// become spaces.
std::string printable(std::string_view text);

/// Columns that `text` takes on a terminal: combining marks take none, East Asian wide characters
/// and pictographs two.
/// Requires: well-formed UTF-8.
std::size_t display_width(std::string_view text);

/// `text` in at most `width` columns; if something had to go, it ends in an ellipsis.
/// Requires: well-formed UTF-8, width > 0.
std::string shortened(std::string_view text, std::size_t width);

/// `text` in lines of at most `width` columns, broken at spaces, and inside a word only where the
/// word alone is wider. Never inside a character. At least one line. No-break spaces at its start
/// indent every line.
/// Requires: well-formed UTF-8, width > 1.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace adic::cli
