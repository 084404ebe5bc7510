#include "entry_stream.hpp"

#include "adic/audit/event.hpp"
#include "adic/audit/keys.hpp"

#include <algorithm>

namespace adic::audit {
namespace {

constexpr std::string_view first_line = "adic audit log 1\n";
constexpr std::size_t longest_header = 256;
constexpr std::size_t length_bytes = 4;
constexpr std::size_t seal_bytes = 8;
constexpr std::size_t window_bytes = std::size_t{1} << 20U;

std::string length_text(std::size_t length) {
    std::string text;
    for (unsigned shift = 0; shift < 32; shift += 8) {
        text += static_cast<char>((length >> shift) & 0xFFU);
    }
    return text;
}

std::size_t length_of(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) {
        length |= std::size_t{static_cast<unsigned char>(text[i])} << (8 * i);
    }
    return length;
}

std::string seal_of(const Hash& leaf) {
    return {leaf.begin(), leaf.begin() + seal_bytes};
}

}  // namespace

Result<std::string_view> Window::peek(std::size_t bytes) {
    if (bytes_.size() - used_ < bytes) {
        bytes_.erase(0, used_);
        used_ = 0;
        ADIC_TRY(
            const std::string more,
            read_(position_ + bytes_.size(), std::max(bytes, window_bytes))
        );
        bytes_ += more;
    }
    return std::string_view{bytes_}.substr(used_, bytes);
}

void Window::skip(std::size_t bytes) {
    used_ += bytes;
    position_ += bytes;
}

std::string entries_header(std::string_view origin) {
    return std::string(first_line) + std::string(origin) + '\n';
}

std::string framed(std::string_view entry, const Hash& leaf) {
    return length_text(entry.size()) + std::string(entry) + seal_of(leaf);
}

Result<EntryStream> EntryStream::open(const File& file) {
    const Error no_log{
        ErrorCode::invalid_argument,
        "this is not the file of entries of a log: it begins differently",
        {}};
    EntryStream stream(file);
    ADIC_TRY(const std::string_view begin, stream.window_.peek(longest_header));
    if (!begin.starts_with(first_line)) {
        return no_log;
    }
    const std::string_view rest = begin.substr(first_line.size());
    const std::size_t length = rest.find('\n');
    if (length == std::string_view::npos || !is_key_name(rest.substr(0, length))) {
        return no_log;
    }
    stream.origin_ = rest.substr(0, length);
    stream.window_.skip(first_line.size() + length + 1);
    stream.end_ = stream.window_.position();
    return stream;
}

Result<bool> EntryStream::next() {
    ADIC_TRY(const std::string_view begin, window_.peek(length_bytes));
    if (begin.empty()) {
        return false;
    }
    const std::size_t length = begin.size() < length_bytes ? 0 : length_of(begin);
    if (length == 0 || length > longest_entry) {
        torn_ = "what stands there has no length that an entry could have";
        return false;
    }
    const std::size_t whole = length_bytes + length + seal_bytes;
    ADIC_TRY(const std::string_view frame, window_.peek(whole));
    if (frame.size() < whole) {
        torn_ = "the file ends in the midst of an entry";
        return false;
    }
    entry_ = frame.substr(length_bytes, length);
    leaf_ = leaf_hash(entry_);
    if (frame.substr(length_bytes + length) != seal_of(leaf_)) {
        torn_ = "an entry does not have the hash that is written behind it";
        return false;
    }
    window_.skip(whole);
    end_ = window_.position();
    return true;
}

}  // namespace adic::audit
