#include "adic/server/application.hpp"

#include "adic/base/text.hpp"

#include "api/call.hpp"
#include "api/idempotency.hpp"
#include "api/list_table.hpp"
#include "api/openapi.hpp"
#include "api/packing.hpp"
#include "api/route.hpp"
#include "api/tally.hpp"
#include "api/web_parts.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sodium.h>

namespace adic::server {
namespace {

constexpr std::string_view cookie_name = "adic_session";
constexpr std::string_view secure_cookie_name = "__Host-adic_session";

constexpr int ok = 200;
constexpr int unauthorised = 401;
constexpr int forbidden = 403;
constexpr int conflict = 409;
constexpr int misdirected = 421;

bool changes_something(std::string_view method) {
    return method != "GET" && method != "HEAD";
}

/// Whether a page of another place asks. What browsers say of it cannot be forged by a page.
bool is_from_elsewhere(const Request& request) {
    const std::string_view site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") {
        return true;
    }
    const std::string_view origin = request.header("origin");
    const std::string host(request.header("host"));
    // Behind a proxy that speaks TLS the page is of https, and the request that arrives is not.
    const bool is_own =
        origin == "https://" + host || (!request.is_secure && origin == "http://" + host);
    return !origin.empty() && !is_own;
}

/// What every answer tells the browser: nothing of it may be framed, guessed at, kept or read by
/// other pages.
/// What is of a reader, `is_personal`, stays in no cache, for whoever signs in next.
void add_headers(const Request& request, bool is_personal, Response& response) {
    const auto has = [&](std::string_view name) {
        return std::ranges::find(response.headers, name, &Headers::value_type::first)
               != response.headers.end();
    };
    if (!has("Content-Security-Policy")) {
        response.headers.emplace_back(
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        );
    }
    if (!has("Cache-Control")) {
        response.headers.emplace_back(
            "Cache-Control",
            has("ETag") && !is_personal ? "private, no-cache" : "no-store"
        );
    }
    constexpr std::array<std::pair<const char*, const char*>, 6> always{{
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    }};
    for (const auto& [name, value] : always) {
        response.headers.emplace_back(name, value);
    }
    if (request.is_secure) {
        response.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
    }
}

std::string digest_of(const Request& request) {
    return entity_tag(
        request.method + '\n' + request.path + '\n' + request.query + '\n' + request.body
    );
}

}  // namespace

class Application::Inside {
  public:
    explicit Inside(Parts parts)
        : house_{
            parts,
            registry::RecordIndex{parts.store},
            {job_options(parts), parts.analyses.ask},
            {},
            openapi_document(parts.analyses)} {
        // What goes wrong here goes wrong again at the first request, which says so.
        [[maybe_unused]] const auto problem = house_.index.refresh();
    }

    std::size_t largest_body(const Request& head) {
        constexpr std::size_t of_strangers = 64 * 1024;
        const Matched matched = match_route(head.method, head.path);
        if (matched.route == nullptr || matched.route->takes.empty()) {
            return 0;
        }
        const auto caller = caller_of(head);
        const bool may_more = caller && matched.route->needs && caller->may(*matched.route->needs);
        return may_more ? matched.route->largest_body
                        : std::min(of_strangers, matched.route->largest_body);
    }

    Response answer(const Request& request) {
        const auto started = std::chrono::steady_clock::now();
        const Matched matched = match_route(request.method, request.path);
        Response response = answer(request, matched);
        pack(request, response);
        add_headers(request, matched.route != nullptr && matched.route->needs, response);
        const std::string_view route = matched.route == nullptr ? "" : matched.route->path;
        const auto took = std::chrono::steady_clock::now() - started;
        const std::string_view method = matched.route == nullptr ? "" : matched.route->method;
        house_.tally.count(method, route, response.status, took);
        write_log(method, route, response, took);
        return response;
    }

    void close() { is_closing_ = true; }

  private:
    static JobBoardOptions job_options(const Parts& parts) {
        JobBoardOptions options;
        options.workers = parts.job_workers;
        options.folder = parts.folder;
        options.now = parts.now;
        options.new_identifier = parts.new_secret;
        return options;
    }

    std::optional<Caller> caller_of(const Request& request) {
        const std::string_view authorization = request.header("authorization");
        constexpr std::string_view bearer = "Bearer ";
        Door& door = house_.parts.door;
        const auto now = house_.parts.now();
        if (authorization.starts_with(bearer)) {
            return door.by_token(authorization.substr(bearer.size()), now);
        }
        const std::string_view secret =
            cookie(request.header("cookie"), request.is_secure ? secure_cookie_name : cookie_name);
        auto caller = secret.empty() ? std::nullopt : door.by_cookie(secret, now);
        return caller ? caller : door.stranger(now);
    }

    /// Who asks by another name may be a page that had our address given that name.
    bool is_ours(const Request& request) const {
        const auto& names = house_.parts.names;
        return std::ranges::find(names, request.header("host")) != names.end();
    }

    Response answer(const Request& request, const Matched& matched) {
        if (!is_ours(request)) {
            return error_response(misdirected, "misdirected", "this server has another name");
        }
        if (matched.route == nullptr) {
            if (auto file = web_response(house_.parts.web, request)) {
                return *std::move(file);
            }
            auto page =
                matched.allowed.empty() ? no_such_page(house_.parts.web, request) : std::nullopt;
            return page ? *std::move(page) : no_route(matched);
        }
        const Route& route = *matched.route;
        const auto query = parse_query(request.query);
        if (!query) {
            return error_response({ErrorCode::invalid_argument, "the query is malformed", {}});
        }
        if (auto unknown = unknown_word(route, *query)) {
            return error_response(*unknown);
        }
        auto caller = caller_of(request);
        if (route.needs && !caller) {
            Response response =
                error_response(unauthorised, "unauthorised", "sign in, or give a token");
            response.headers.emplace_back("WWW-Authenticate", "Bearer");
            return response;
        }
        Caller nobody;
        const Caller& known = caller ? *caller : nobody;
        if (auto refusal = refused(request, route, known)) {
            return *std::move(refusal);
        }
        const Call call{house_, request, known, matched.words, *query};
        if (route.method == "POST") {
            return answer_once(call, route);
        }
        const auto form = table_form(request);
        return form && !route.lists.empty() ? answer_as_table(call, route, *form)
                                            : route.answer(call);
    }

    /// The tag that the caller may have is of the table, not of the answer that it is made from.
    static Response answer_as_table(const Call& call, const Route& route, TableForm form) {
        Request untagged = call.request;
        std::erase_if(untagged.headers, [](const auto& header) {
            return header.first == "if-none-match";
        });
        const Call inner{call.house, untagged, call.caller, call.path, call.query};
        Response table = as_table(inner, route.lists, route.answer(inner), form);
        std::erase_if(table.headers, [](const auto& header) { return header.first == "ETag"; });
        return table.status == ok ? with_tag(call.request, std::move(table)) : table;
    }

    static Response no_route(const Matched& matched) {
        constexpr int not_allowed = 405;
        if (matched.allowed.empty()) {
            return error_response({ErrorCode::not_found, "there is no such address", {}});
        }
        Response response = error_response(
            not_allowed,
            "method_not_allowed",
            "this address answers " + matched.allowed
        );
        response.headers.emplace_back("Allow", matched.allowed);
        return response;
    }

    /// A slip in a filter's name would otherwise answer more than was asked for.
    static std::optional<Error> unknown_word(
        const Route& route,
        const std::vector<std::pair<std::string, std::string>>& query
    ) {
        for (const auto& pair : query) {
            const std::string& name = pair.first;
            const bool is_known = std::ranges::any_of(route.query, [&](const RouteWord& word) {
                return word.name == name || word.name == "*";
            });
            if (!is_known) {
                return Error{
                    ErrorCode::invalid_argument,
                    fmt::format("'{}' is not asked for at this address", printable(name)),
                    {}};
            }
        }
        return std::nullopt;
    }

    static std::string printable(std::string_view text) {
        std::string shown(text.substr(0, 64));
        std::ranges::replace_if(
            shown,
            [](char c) { return c < ' ' || c > '~'; },
            '?'
        );
        return shown;
    }

    std::optional<Response>
    refused(const Request& request, const Route& route, const Caller& caller) const {
        if (route.needs && !caller.may(*route.needs)) {
            const bool is_withheld = caller.principal.withheld.has(*route.needs);
            return is_withheld ? error_response(
                       forbidden,
                       "second_factor_needed",
                       "a second factor is needed"
                   )
                               : error_response(forbidden, "forbidden", "this is not yours to do");
        }
        if (!changes_something(request.method)) {
            return std::nullopt;
        }
        if (is_from_elsewhere(request)) {
            return error_response(forbidden, "elsewhere", "another page asked for this");
        }
        const std::string_view said = request.header("x-adic-csrf");
        const bool is_said = said.size() == caller.csrf.size()
                             && sodium_memcmp(said.data(), caller.csrf.data(), said.size()) == 0;
        if (!caller.csrf.empty() && !is_said) {
            return error_response(
                forbidden,
                "csrf",
                "send the 'csrf' of GET /api/v1/session in the header X-Adic-CSRF"
            );
        }
        if (is_closing_) {
            return error_response({ErrorCode::unavailable, "the server is being stopped", {}});
        }
        return std::nullopt;
    }

    /// With an Idempotency-Key the request is carried out once, however often it comes.
    Response answer_once(const Call& call, const Route& route) {
        constexpr std::size_t longest_key = 128;
        const std::string key(call.request.header("idempotency-key"));
        if (key.empty() || !route.needs || route.only_asks) {
            return route.answer(call);
        }
        if (key.size() > longest_key) {
            return error_response({ErrorCode::invalid_argument, "the key is too long", {}});
        }
        const std::string& account = call.caller.account();
        auto claim = keys_.claim(account, key, digest_of(call.request), call.now());
        if (auto* before = std::get_if<Response>(&claim)) {
            return std::move(*before);
        }
        switch (std::get<AnsweredKeys::Claim>(claim)) {
        case AnsweredKeys::Claim::fresh: break;
        case AnsweredKeys::Claim::running:
            return error_response(conflict, "running", "the first request is still being answered");
        case AnsweredKeys::Claim::other:
            return error_response(conflict, "conflict", "the key stood before another request");
        }
        Response response;
        try {
            response = route.answer(call);
        } catch (...) {
            keys_.drop(account, key);
            throw;
        }
        constexpr int first_error = 300;
        if (response.status >= ok && response.status < first_error) {
            keys_.keep(account, key, response);
        } else {
            keys_.drop(account, key);
        }
        return response;
    }

    /// The address as the document has it, never as it was asked: identifiers and searches are
    /// nobody's business but the caller's.
    void write_log(
        std::string_view method,
        std::string_view route,
        const Response& response,
        std::chrono::nanoseconds took
    ) const {
        if (!house_.parts.log) {
            return;
        }
        house_.parts.log(fmt::format(
            R"({{"at":"{}","method":"{}","route":"{}","status":{},"milliseconds":{:.3f}}})",
            time_text(house_.parts.now()),
            method,
            route,
            response.status,
            std::chrono::duration<double, std::milli>(took).count()
        ));
    }

    House house_;
    AnsweredKeys keys_;
    std::atomic<bool> is_closing_ = false;
};

Application::Application(Parts parts) : inside_(std::make_unique<Inside>(std::move(parts))) {}

Application::~Application() = default;

std::size_t Application::largest_body(const Request& head) const {
    return inside_->largest_body(head);
}

Response Application::answer(const Request& request) {
    return inside_->answer(request);
}

void Application::close() {
    inside_->close();
}

}  // namespace adic::server
