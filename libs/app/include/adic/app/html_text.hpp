#pragma once

#include <string>
#include <string_view>

namespace adic::app {

/// `text` as HTML and SVG show it: markup characters as references, control characters and broken
/// bytes as U+FFFD.
std::string html(std::string_view text);

/// `text` in at most `characters` characters, with an ellipsis where some had to go.
std::string shortened_text(std::string_view text, std::size_t characters);

}  // namespace adic::app
