#include "record_bounds.hpp"

#include <algorithm>
#include <cassert>

namespace adic::ingest {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Behind the quote that closes the field that opens at `opening`.
std::size_t quoted_field_end(std::string_view text, std::size_t opening) {
    std::size_t at = opening + 1;
    while (true) {
        const std::size_t quote = text.find('"', at);
        if (quote == npos) {
            return npos;
        }
        if (quote + 1 == text.size() || text[quote + 1] != '"') {
            return quote + 1;
        }
        at = quote + 2;
    }
}

bool starts_field(std::string_view text, std::size_t at, std::size_t start) {
    return at == start || text[at - 1] == ',' || text[at - 1] == '\n';
}

}  // namespace

std::size_t record_end(std::string_view text, std::size_t start, std::size_t at_least) {
    assert(start < at_least);
    std::size_t at = start;
    std::size_t line_end = text.find('\n', std::max(at, at_least - 1));
    while (true) {
        const std::string_view line = text.substr(0, line_end);  // all of it if there is no end
        const std::size_t quote = line.find('"', at);
        if (quote == npos) {
            return line_end == npos ? npos : line_end + 1;
        }
        at = starts_field(text, quote, start) ? quoted_field_end(text, quote) : quote + 1;
        if (at == npos) {
            return npos;
        }
        if (line_end != npos && at > line_end) {
            line_end = text.find('\n', at);
        }
    }
}

}  // namespace adic::ingest
