#include "adic/app/html_text.hpp"

#include "api/analysis_parts.hpp"
#include "api/route.hpp"
#include "api/session_parts.hpp"
#include "api/web_parts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace adic::server {
namespace {

constexpr std::array front_words{
    RouteWord{"key", "that was printed where the server was started, at a desk"},
    RouteWord{"*", "what the page reads of its own address"},
};

constexpr std::string_view style =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1b1b;background:#fff}h1{font-size:1.4rem}dt{margin-top:.8rem}dd{margin:0}"
    "a{color:#0b5394}@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#151515}"
    "a{color:#8ab4f8}}";

/// Whether it can be asked by following a link.
bool needs_nothing(const Analysis& analysis) {
    return !analysis.takes_long
           && std::ranges::none_of(analysis.parameters, &AnalysisParameter::is_required);
}

std::string who(const Caller& caller) {
    if (caller.reader_name.empty()) {
        return "Nobody has signed in.";
    }
    return caller.reader_name == "everyone"
               ? "You see what everyone may see."
               : "You see what " + app::html(caller.reader_name) + " may see.";
}

std::string page_of(const Call& call) {
    std::string page = fmt::format(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width\"><title>adic</title>"
        "<style>{}</style><h1>adic</h1><p>{}</p><dl>",
        style,
        who(call.caller)
    );
    for (const Analysis& analysis : call.house.parts.analyses.list) {
        if (call.caller.may(access::Permission::read) && needs_nothing(analysis)) {
            page += fmt::format(
                "<dt><a href=\"/api/v1/analyses/{0}?format=html\">{0}</a><dd>{1}",
                app::html(analysis.name),
                app::html(analysis.summary)
            );
        }
    }
    return page
           + "</dl><p>Records: <a href=\"/api/v1/records\">as JSON</a>, "
             "<a href=\"/api/v1/records.xlsx\">as a workbook</a>. "
             "The API: <a href=\"/api/v1/openapi.json\">OpenAPI 3.1</a>.</p></html>\n";
}

/// The key goes out of the address at once: into a cookie.
Response come_in(const Call& call, const std::string& key) {
    constexpr int see_other = 303;
    Entry entry;
    entry.key = key;
    entry.peer = call.request.peer;
    const auto entered = call.house.parts.door.enter(entry, call.now());
    const auto* admission = entered ? std::get_if<Admission>(&*entered) : nullptr;
    if (call.house.parts.door.kind() != "desk" || admission == nullptr) {
        constexpr int unauthorised = 401;
        return error_response(unauthorised, "wrong", "that was not right");
    }
    Response response;
    response.status = see_other;
    response.headers = {
        {"Location", "/"},
        {"Set-Cookie", set_cookie(call.request, admission->secret, admission->lasts)}};
    return response;
}

Response get_front(const Call& call) {
    if (const auto key = call.asked("key")) {
        return come_in(call, *key);
    }
    if (auto page = web_response(call.house.parts.web, call.request)) {
        return *std::move(page);
    }
    return analysis_response(page_of(call), "html");
}

Response get_list_of_analyses(const Call& call) {
    return analysis_response(page_of(call), "html");
}

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/",
        .summary = "What is here",
        .help = "The browser application; without it, what /plain shows. At a desk, the address "
                "with the key that was printed comes here.",
        .needs = {},
        .query = front_words,
        .gives = "text/html",
        .answer = get_front},
    Route{
        .method = "GET",
        .path = "/plain",
        .summary = "The analyses as links",
        .help = "A page for browsers without scripts.",
        .needs = {},
        .gives = "text/html",
        .answer = get_list_of_analyses},
};

}  // namespace

std::span<const Route> front_routes() {
    return routes;
}

}  // namespace adic::server
