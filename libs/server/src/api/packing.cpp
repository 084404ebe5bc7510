#include "api/packing.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace adic::server {
namespace {

/// Shorter ones go in one packet anyway.
constexpr std::size_t least = 1400;

std::string* find_header(Response& response, std::string_view name) {
    const auto found = std::ranges::find(response.headers, name, &Headers::value_type::first);
    return found == response.headers.end() ? nullptr : &found->second;
}

bool is_text(std::string_view type) {
    constexpr std::array<std::string_view, 4> kinds{
        "application/json",
        "text/csv",
        "text/html",
        "text/plain"};
    return std::ranges::any_of(kinds, [&](std::string_view kind) {
        return type.starts_with(kind);
    });
}

/// The session's answer has the secret that requests with changes have to say.
bool has_secret(const Request& request, Response& response) {
    return request.path.starts_with("/api/v1/session")
           || find_header(response, "Set-Cookie") != nullptr;
}

/// Empty: there is no room.
std::string packed(std::string_view text) {
    constexpr int with_gzip_head = 16;
    constexpr int fast = 4;
    constexpr int memory = 8;
    z_stream stream{};
    if (deflateInit2(
            &stream,
            fast,
            Z_DEFLATED,
            MAX_WBITS + with_gzip_head,
            memory,
            Z_DEFAULT_STRATEGY
        )
        != Z_OK) {
        return {};
    }
    std::string bytes(deflateBound(&stream, text.size()), '\0');
    // The library reads what it is given and does not write to it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = static_cast<uInt>(bytes.size());
    const bool is_done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    bytes.resize(is_done ? stream.total_out : 0);
    deflateEnd(&stream);
    return bytes;
}

}  // namespace

bool takes_coding(const Request& request, std::string_view coding) {
    return std::ranges::any_of(
        split(request.header("accept-encoding"), ','),
        [coding](std::string_view word) {
            const auto semicolon = word.find(';');
            const bool is_refused =
                semicolon != std::string_view::npos && trimmed(word.substr(semicolon + 1)) == "q=0";
            return trimmed(word.substr(0, semicolon)) == coding && !is_refused;
        }
    );
}

void pack(const Request& request, Response& response) {
    constexpr int ok = 200;
    const std::string* const type = find_header(response, "Content-Type");
    const bool may_be_packed =
        request.method == "GET" && response.status == ok && !response.next && type != nullptr
        && is_text(*type) && find_header(response, "Content-Encoding") == nullptr
        && response.body.size() >= least && response.body.size() <= UINT32_MAX
        && !has_secret(request, response);
    if (!may_be_packed) {
        return;
    }
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (!takes_coding(request, "gzip")) {
        return;
    }
    std::string bytes = packed(response.body);
    if (bytes.empty() || bytes.size() >= response.body.size()) {
        return;
    }
    response.body = std::move(bytes);
    response.headers.emplace_back("Content-Encoding", "gzip");
    if (std::string* const tag = find_header(response, "ETag")) {
        tag->insert(0, "W/");  // other bytes of the same answer (RFC 9110, section 8.8.1)
    }
}

}  // namespace adic::server
