#include "text_parts.hpp"

#include "adic/audit/event.hpp"
#include "adic/base/text.hpp"

#include <algorithm>

namespace adic::audit {
namespace {

constexpr std::size_t longest_line = longest_entry + 64;  // "entry N " and an entry

}  // namespace

std::optional<std::uint64_t> number_after(std::string_view word, std::string_view line) {
    if (!line.starts_with(word) || line.substr(word.size(), 1) != " ") {
        return std::nullopt;
    }
    const std::string_view digits = line.substr(word.size() + 1);
    const auto number = parse_whole(digits);
    return number && std::to_string(*number) == digits ? number : std::nullopt;
}

std::string head_block(const SignedHead& head) {
    const std::string note = write_signed_head(head);
    return "head " + std::to_string(std::ranges::count(note, '\n')) + '\n' + note;
}

Result<std::optional<std::string_view>> LineStream::next() {
    window_.skip(taken_);
    taken_ = 0;
    std::size_t length = std::string_view::npos;
    std::string_view part;
    for (std::size_t asked = 512; length == std::string_view::npos; asked = longest_line + 1) {
        ADIC_TRY(part, window_.peek(asked));
        length = part.find('\n');
        if (length == std::string_view::npos && (asked > longest_line || part.size() < asked)) {
            break;
        }
    }
    if (part.empty()) {
        return std::optional<std::string_view>{};
    }
    if (length == std::string_view::npos) {
        return Error{ErrorCode::invalid_argument, "a line has no end, or is too long", {}};
    }
    taken_ = length + 1;
    return std::optional{part.substr(0, length)};
}

Result<std::string_view> LineStream::expect() {
    ADIC_TRY(const auto line, next());
    if (!line) {
        return Error{ErrorCode::invalid_argument, "it ends too early", {}};
    }
    return *line;
}

Result<SignedHead> read_head_block(LineStream& lines) {
    ADIC_TRY(const std::string_view begin, lines.expect());
    const auto count = number_after("head", begin);
    if (!count || *count > most_signatures + 4) {
        return Error{ErrorCode::invalid_argument, "a head comes after 'head' and its lines", {}};
    }
    std::string note;
    for (std::uint64_t i = 0; i < *count && note.size() <= longest_note; ++i) {
        ADIC_TRY(const std::string_view line, lines.expect());
        note += line;
        note += '\n';
    }
    return parse_signed_head(note);
}

}  // namespace adic::audit
