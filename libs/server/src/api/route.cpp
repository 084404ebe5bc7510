#include "api/route.hpp"

#include "adic/base/text.hpp"

namespace adic::server {
namespace {

using Words = std::map<std::string, std::string, std::less<>>;

/// The words of the path, if it has the form of the route's.
std::optional<Words> words_of(std::string_view pattern, std::string_view path) {
    const auto wanted = split(pattern, '/');
    const auto given = split(path, '/');
    if (wanted.size() != given.size()) {
        return std::nullopt;
    }
    Words words;
    for (std::size_t p = 0; p < wanted.size(); ++p) {
        if (!wanted[p].starts_with('{')) {
            if (wanted[p] != given[p]) {
                return std::nullopt;
            }
            continue;
        }
        auto word = decoded(given[p], false);
        if (!word || word->empty() || word->find('\0') != std::string::npos) {
            return std::nullopt;
        }
        words.emplace(wanted[p].substr(1, wanted[p].size() - 2), *std::move(word));
    }
    return words;
}

}  // namespace

std::span<const Route> list_routes() {
    static const std::vector<Route> routes = [] {
        std::vector<Route> all;
        for (const auto group :
             {front_routes(),
              session_routes(),
              oidc_routes(),
              link_routes(),
              record_routes(),
              release_routes(),
              aggregate_routes(),
              analysis_routes(),
              job_routes(),
              buying_routes(),
              pool_routes(),
              project_routes(),
              exchange_routes(),
              audit_routes(),
              bundle_routes(),
              account_routes(),
              keeping_routes(),
              house_routes()}) {
            all.insert(all.end(), group.begin(), group.end());
        }
        return all;
    }();
    return routes;
}

Matched match_route(std::string_view method, std::string_view path) {
    Matched matched;
    for (const Route& route : list_routes()) {
        auto words = words_of(route.path, path);
        if (!words) {
            continue;
        }
        if (route.method == method || (method == "HEAD" && route.method == "GET")) {
            matched.route = &route;
            matched.words = *std::move(words);
            return matched;
        }
        matched.allowed += matched.allowed.empty() ? "" : ", ";
        matched.allowed += route.method;
    }
    return matched;
}

std::vector<RouteName> route_names() {
    std::vector<RouteName> names;
    for (const Route& route : list_routes()) {
        names.push_back({route.method, route.path});
    }
    return names;
}

}  // namespace adic::server
