#include "adic/server/message.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <array>

namespace adic::server {
namespace {

int hex_digit(char c) {
    constexpr int ten = 10;
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + ten;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + ten : -1;
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
    const auto found =
        std::ranges::find_if(headers, [&](const auto& header) { return header.first == name; });
    return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

std::string_view reason_of(int status) {
    constexpr std::array<std::pair<int, std::string_view>, 22> reasons{{
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
    }};
    const auto found = std::ranges::find(reasons, status, &std::pair<int, std::string_view>::first);
    return found == reasons.end() ? "Status" : found->second;
}

std::optional<std::string> decoded(std::string_view text, bool plus_is_blank) {
    constexpr int sixteen = 16;
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t c = 0; c < text.size(); ++c) {
        if (text[c] == '+' && plus_is_blank) {
            bytes += ' ';
        } else if (text[c] != '%') {
            bytes += text[c];
        } else {
            const int high = c + 2 < text.size() ? hex_digit(text[c + 1]) : -1;
            const int low = c + 2 < text.size() ? hex_digit(text[c + 2]) : -1;
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            bytes += static_cast<char>(high * sixteen + low);
            c += 2;
        }
    }
    return bytes;
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query
) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string_view part : split(query, '&')) {
        if (part.empty()) {
            continue;
        }
        const auto equals = part.find('=');
        auto name = decoded(part.substr(0, equals), true);
        auto value = decoded(
            equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1),
            true
        );
        if (!name || !value) {
            return std::nullopt;
        }
        pairs.emplace_back(*std::move(name), *std::move(value));
    }
    return pairs;
}

std::string_view cookie(std::string_view header, std::string_view name) {
    for (const std::string_view part : split(header, ';')) {
        const std::string_view pair = trimmed(part);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            return pair.substr(equals + 1);
        }
    }
    return {};
}

}  // namespace adic::server
