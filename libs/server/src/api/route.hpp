#pragma once

#include "api/call.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace adic::server {

/// A word of the query, or a header, as the document describes it.
struct RouteWord {
    std::string_view name;
    std::string_view help;
    std::string_view type = "string";  ///< of JSON schema
    std::span<const std::string_view> choices = {};
};

/// An address and what it answers. The document, the checks before the answer and the tests that
/// compare answers with and without a hidden record all go by this table.
struct Route {
    std::string_view method;
    std::string_view path;  ///< "/api/v1/records/{id}"
    std::string_view summary;
    std::string_view help;
    /// Empty: who has not come in may ask, too.
    std::optional<access::Permission> needs;
    std::span<const RouteWord> query = {};
    std::string_view takes = {};  ///< schema of the body, or its media type; empty: none
    std::string_view gives;       ///< schema of the answer, or its media type
    /// Members of the answer that are lists: the first that it has is also given as CSV and XLSX.
    std::span<const std::string_view> lists = {};
    int status = 200;  ///< of the answer if all went well
    /// It changes nothing, so no answer is kept by a key: asked again, it says what holds then.
    bool only_asks = false;
    std::size_t largest_body = 64 * 1024;
    Response (*answer)(const Call& call);
};

/// Each group of routes is one file of routes/.
std::span<const Route> front_routes();
std::span<const Route> session_routes();
std::span<const Route> oidc_routes();
std::span<const Route> link_routes();
std::span<const Route> record_routes();
std::span<const Route> release_routes();
std::span<const Route> aggregate_routes();
std::span<const Route> analysis_routes();
std::span<const Route> job_routes();
std::span<const Route> buying_routes();
std::span<const Route> pool_routes();
std::span<const Route> project_routes();
std::span<const Route> exchange_routes();
std::span<const Route> audit_routes();
std::span<const Route> bundle_routes();
std::span<const Route> account_routes();
std::span<const Route> keeping_routes();
std::span<const Route> house_routes();

/// All routes, in the order of the document.
std::span<const Route> list_routes();

/// The route of a request, with the words of its path; no route: which methods the path knows.
struct Matched {
    const Route* route = nullptr;
    std::map<std::string, std::string, std::less<>> words = {};
    std::string allowed = {};
};

Matched match_route(std::string_view method, std::string_view path);

}  // namespace adic::server
