#include "api/web_parts.hpp"

#include "adic/base/text.hpp"

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

bool is_read(const Request& request) {
    return request.method == "GET" || request.method == "HEAD";
}

/// How much a media type is wanted that is named itself; empty: it is not named.
std::optional<double> wanted(std::string_view accept, std::string_view type) {
    for (const std::string_view one : split(accept, ',')) {
        const auto semicolon = one.find(';');
        if (trimmed(one.substr(0, semicolon)) != type) {
            continue;
        }
        const std::string_view rest = semicolon == one.npos ? "" : one.substr(semicolon + 1);
        const std::string_view quality = trimmed(rest);
        return quality.starts_with("q=") ? parse_decimal(quality.substr(2)).value_or(0.0) : 1.0;
    }
    return std::nullopt;
}

/// Whether somebody sits before it, and no program that reads JSON.
bool prefers_page(const Request& request) {
    const std::string_view accept = request.header("accept");
    const double page = wanted(accept, "text/html").value_or(0.0);
    return page > 0.0 && page > wanted(accept, "application/json").value_or(0.0);
}

}  // namespace

std::optional<Response> no_such_page(const WebApplication& web, const Request& request) {
    constexpr int not_found = 404;
    constexpr std::string_view api = "/api";
    const std::string_view path = request.path;
    const bool is_of_api =
        path.starts_with(api) && (path.size() == api.size() || path[api.size()] == '/');
    const WebFile* file = find_file(web, "/index.html");
    if (file == nullptr || is_of_api || !is_read(request) || !prefers_page(request)) {
        return std::nullopt;
    }
    // Without a tag, and so kept nowhere: perhaps the address is one tomorrow.
    Response response;
    response.status = not_found;
    response.headers = {
        {"Content-Type", std::string(file->type)},
        {"Vary", "Accept"},
        {"Content-Security-Policy", std::string(page_policy)}};
    response.body = file->bytes;
    return response;
}

std::optional<Response> web_response(const WebApplication& web, const Request& request) {
    const WebFile* file = is_read(request) ? file_of(web, request.path) : nullptr;
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
