#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::docs {

/// A command of a document and what it says that one sees.
struct Example {
    std::size_t line;                     ///< of the opening fence, 1-based
    std::string script;                   ///< the text of a ```sh block
    std::optional<std::string> expected;  ///< the text of the ```text block that comes next, if any
};

/// The ```sh blocks of a Markdown text, in order. A ```text block belongs to the ```sh block before
/// it if no other block and no heading stands between them.
std::vector<Example> list_examples(std::string_view markdown);

/// Whether the output is what the document shows: line by line, without spaces at line ends; spaces
/// that do not break count as spaces. In the document a line `...` stands for any number of lines,
/// and `...` within a line for any text.
bool matches(std::string_view output, std::string_view expected);

}  // namespace adic::docs
