#include "document.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace adic::docs {
namespace {

constexpr std::string_view fence = "```";
constexpr std::string_view anything = "...";

std::string_view without_end_spaces(std::string_view line) {
    const std::size_t last = line.find_last_not_of(" \t\r");
    return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// Lines without spaces at their ends, and without empty lines at the end of all.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines = split(text, '\n');
    std::transform(lines.begin(), lines.end(), lines.begin(), without_end_spaces);
    while (!lines.empty() && lines.back().empty()) {
        lines.pop_back();
    }
    return lines;
}

/// `...` in `expected` stands for any text; everything else for itself.
bool line_matches(std::string_view line, std::string_view expected) {
    std::size_t gap = expected.find(anything);
    if (gap == std::string_view::npos) {
        return line == expected;
    }
    if (!line.starts_with(expected.substr(0, gap))) {
        return false;
    }
    line.remove_prefix(gap);
    expected.remove_prefix(gap + anything.size());
    // The leftmost place of each piece between gaps leaves the most room for those after it.
    while ((gap = expected.find(anything)) != std::string_view::npos) {
        const std::size_t place = line.find(expected.substr(0, gap));
        if (place == std::string_view::npos) {
            return false;
        }
        line.remove_prefix(place + gap);
        expected.remove_prefix(gap + anything.size());
    }
    return line.ends_with(expected);
}

/// Spaces that do not break, which tables use, look like any other in a document.
std::string with_plain_spaces(std::string_view text) {
    constexpr std::string_view no_break_space = "\xC2\xA0";
    std::string plain;
    while (!text.empty()) {
        const std::size_t place = text.find(no_break_space);
        plain += text.substr(0, place);
        if (place == std::string_view::npos) {
            break;
        }
        plain += ' ';
        text.remove_prefix(place + no_break_space.size());
    }
    return plain;
}

struct Block {
    std::size_t line;
    std::string_view language;
    std::string text;
};

/// The fenced blocks, and each heading as a block without language.
std::vector<Block> blocks_of(std::string_view markdown) {
    std::vector<Block> blocks;
    bool inside = false;
    std::size_t number = 0;
    for (const std::string_view line : split(markdown, '\n')) {
        ++number;
        const bool is_fence = line.starts_with(fence);
        if (is_fence && !inside) {
            blocks.push_back({number, without_end_spaces(line.substr(fence.size())), {}});
        } else if (inside && !is_fence) {
            blocks.back().text += line;
            blocks.back().text += '\n';
        } else if (line.starts_with('#')) {
            blocks.push_back({number, {}, {}});
        }
        inside = inside != is_fence;
    }
    return blocks;
}

/// Which numbers of lines of the output `want` can end at, if those before it can end at `reached`.
std::vector<bool> extended(
    const std::vector<bool>& reached,
    const std::vector<std::string_view>& lines,
    std::string_view want
) {
    std::vector<bool> next(reached.size(), false);
    next[0] = want == anything && reached[0];
    for (std::size_t i = 1; i < reached.size(); ++i) {
        next[i] = want == anything ? reached[i] || next[i - 1]
                                   : reached[i - 1] && line_matches(lines[i - 1], want);
    }
    return next;
}

}  // namespace

std::vector<Example> list_examples(std::string_view markdown) {
    const std::vector<Block> blocks = blocks_of(markdown);
    std::vector<Example> examples;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].language != "sh") {
            continue;
        }
        examples.push_back({blocks[i].line, blocks[i].text, std::nullopt});
        if (i + 1 < blocks.size() && blocks[i + 1].language == "text") {
            examples.back().expected = blocks[i + 1].text;
        }
    }
    return examples;
}

bool matches(std::string_view output, std::string_view expected) {
    const std::string plain = with_plain_spaces(output);
    const std::vector<std::string_view> lines = lines_of(plain);
    std::vector<bool> reached(lines.size() + 1, false);
    reached[0] = true;
    for (const std::string_view want : lines_of(expected)) {
        reached = extended(reached, lines, want);
    }
    return reached.back();
}

}  // namespace adic::docs
