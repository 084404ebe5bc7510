#include "api/web_parts.hpp"

#include "api/packing.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace adic::server {
namespace {

/// Scripts, styles, fonts and answers come from here and from nowhere else; nothing inline, and no
/// text becomes part of the page but through the policy of the framework.
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types svelte-trusted-html";

const WebFile* find_file(const WebApplication& web, std::string_view path) {
    const auto found = std::ranges::find(web.files, path, &WebFile::path);
    return found == web.files.end() ? nullptr : &*found;
}

/// An address that a page itself takes apart is answered with the page: with its own file, which
/// names what it is made of, or with that of all.
const WebFile* file_of(const WebApplication& web, std::string_view path) {
    if (const WebFile* file = find_file(web, path)) {
        return file;
    }
    path.remove_prefix(path.starts_with('/') ? 1 : 0);
    const std::string_view first = path.substr(0, path.find('/'));
    const bool is_page =
        first.empty() ? path.empty() : std::ranges::find(web.pages, first) != web.pages.end();
    if (!is_page) {
        return nullptr;
    }
    const WebFile* own = find_file(web, fmt::format("/{}.html", first));
    return own != nullptr ? own : find_file(web, "/index.html");
}

struct Coded {
    std::string_view bytes;
    std::string_view coding;  ///< empty: as they are
};

/// The fewest bytes of a file that the browser can read.
Coded smallest(const WebFile& file, const Request& request) {
    if (!file.brotli.empty() && takes_coding(request, "br")) {
        return {file.brotli, "br"};
    }
    if (!file.gzip.empty() && takes_coding(request, "gzip")) {
        return {file.gzip, "gzip"};
    }
    return {file.bytes, {}};
}

}  // namespace

std::optional<Response> web_response(const WebApplication& web, const Request& request) {
    const bool is_read = request.method == "GET" || request.method == "HEAD";
    const WebFile* file = is_read ? file_of(web, request.path) : nullptr;
    if (file == nullptr) {
        return std::nullopt;
    }
    const Coded coded = smallest(*file, request);
    std::string tag(file->tag);
    if (!coded.coding.empty()) {
        tag.insert(tag.size() - 1, fmt::format("-{}", coded.coding));
    }
    Response response;
    response.headers = {
        {"Content-Type", std::string(file->type)},
        {"Cache-Control",
         file->is_forever ? "public, max-age=31536000, immutable" : "public, no-cache"},
        {"ETag", tag},
        {"Vary", "Accept-Encoding"},
        {"Content-Security-Policy", std::string(page_policy)}};
    if (request.header("if-none-match") == tag) {
        constexpr int not_modified = 304;
        response.status = not_modified;
        return response;
    }
    if (!coded.coding.empty()) {
        response.headers.emplace_back("Content-Encoding", coded.coding);
    }
    response.body = coded.bytes;
    return response;
}

}  // namespace adic::server
