#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic::server {

/// Headers in the order in which they came; names in lower case.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// What somebody asks over HTTP.
struct Request {
    std::string method;  ///< "GET"
    std::string path;    ///< as it was sent, still percent-encoded, without the query
    std::string query;   ///< what follows the '?', still percent-encoded
    Headers headers;
    std::string body;
    std::string peer;  ///< address of who sent it, without the port
    bool is_secure = false;

    /// The first header of that name, which is in lower case; empty: there is none.
    std::string_view header(std::string_view name) const;
};

/// What comes next of an answer that takes time; nothing: it is over. An empty text means that
/// there is nothing yet.
using NextPart = std::function<std::optional<std::string>()>;

struct Response {
    int status = 200;
    Headers headers = {};
    std::string body = {};
    NextPart next = {};  ///< server-sent events: asked several times a second, and never waits
};

/// The words of a status line: "Not Found".
std::string_view reason_of(int status);

/// "a%20b+c" as the bytes that it stands for, with '+' as a blank where `plus_is_blank`. Empty: a
/// percent sign is not followed by two hexadecimal digits.
std::optional<std::string> decoded(std::string_view text, bool plus_is_blank);

/// The pairs of a query or of a form, decoded, in order. Empty: it is not one.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query);

/// The value of a cookie in the header of that name; empty: it is not there.
std::string_view cookie(std::string_view header, std::string_view name);

}  // namespace adic::server
