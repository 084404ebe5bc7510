#pragma once

#include <span>
#include <string_view>

namespace adic::server {

/// A file of the browser application, as the program carries it.
struct WebFile {
    std::string_view path;  ///< "/assets/index-B2hX.js"
    std::string_view type;  ///< media type of its content
    std::string_view tag;   ///< of its bytes: in quotes, as an ETag
    std::string_view bytes;
    std::string_view gzip;    ///< the same packed; empty: that is not smaller
    std::string_view brotli;  ///< the same again, an eighth smaller; browsers take it over TLS
    bool is_forever = false;  ///< its name changes with its content
};

/// The browser application. Without files there is none, and the server's own page stands in.
struct WebApplication {
    std::span<const WebFile> files = {};
    /// First words of the addresses that its page answers: "chain" for /chain/radio.
    std::span<const std::string_view> pages = {};
};

/// What was built into this program from web/; nothing where the build left it out (ADIC_WEB).
WebApplication built_web_application();

}  // namespace adic::server
