#include "adic/server/oidc.hpp"

#include "api/analysis_parts.hpp"
#include "api/route.hpp"
#include "api/session_parts.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::server {
namespace {

constexpr int see_other = 303;

Response no_oidc() {
    return error_response({ErrorCode::not_found, "this server has no login service", {}});
}

/// The same for whatever went wrong: it tells nobody which identities or logins there are.
Response not_signed_in() {
    constexpr int unauthorised = 401;
    return error_response(unauthorised, "wrong", "nobody was signed in: begin again");
}

std::string_view cookie_name(const Request& request) {
    return request.is_secure ? "__Secure-adic_login" : "adic_login";
}

/// Lax, as the login service is another site, and it sends the browser back.
std::string
login_cookie(const Request& request, std::string_view sealed, std::chrono::seconds lasts) {
    return fmt::format(
        "{}={}; Path=/api/v1/oidc; Max-Age={}; HttpOnly; SameSite=Lax{}",
        cookie_name(request),
        sealed,
        lasts.count(),
        request.is_secure ? "; Secure" : ""
    );
}

Response sent_to(std::string where) {
    Response response;
    response.status = see_other;
    response.headers.emplace_back("Location", std::move(where));
    return response;
}

Response get_start(const Call& call) {
    const Parts& parts = call.house.parts;
    if (parts.oidc == nullptr || parts.accounts == nullptr) {
        return no_oidc();
    }
    auto begun = parts.oidc->begin(call.now());
    if (!begun) {
        return error_response({ErrorCode::unavailable, "the login service cannot be asked now", {}}
        );
    }
    constexpr std::chrono::minutes lasts{10};
    Response response = sent_to(std::move(begun->url));
    response.headers.emplace_back("Set-Cookie", login_cookie(call.request, begun->sealed, lasts));
    return response;
}

/// A page of ours that goes on by itself: a redirection would still count as the other site's, and
/// the browser would hold back the session's strict cookie.
constexpr std::string_view welcome_page =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
    "<meta http-equiv=\"refresh\" content=\"0; url=/\"><title>Signed in - adic</title>"
    "<p>You are signed in. <a href=\"/\">Go on</a></p></html>\n";

Response signed_in_or_not(const Call& call) {
    const Parts& parts = call.house.parts;
    const Request& request = call.request;
    const Oidc::Return back{
        cookie(request.header("cookie"), cookie_name(request)),
        {call.asked("state").value_or(""),
         call.asked("code").value_or(""),
         call.asked("error").value_or(""),
         call.asked("iss").value_or("")},
        request.peer,
        std::string(request.header("user-agent"))};
    const auto admission = parts.oidc->finish(*parts.accounts, back, call.now());
    if (!admission || write_down_sign_in(call, *admission)) {
        return not_signed_in();
    }
    Response response = analysis_response(std::string(welcome_page), "html");
    response.headers.emplace_back(
        "Set-Cookie",
        set_cookie(request, admission->secret, admission->lasts)
    );
    return response;
}

Response get_callback(const Call& call) {
    const Parts& parts = call.house.parts;
    if (parts.oidc == nullptr || parts.accounts == nullptr) {
        return no_oidc();
    }
    Response response = signed_in_or_not(call);
    response.headers.emplace_back(
        "Set-Cookie",
        login_cookie(call.request, "", std::chrono::seconds{0})
    );
    return response;
}

constexpr std::array callback_words{
    RouteWord{"code", "what the login service trades for a token"},
    RouteWord{"state", "of the login that was begun"},
    RouteWord{"error", "why the login service refused"},
    RouteWord{"iss", "the login service, by its own word"},
    RouteWord{"*", "whatever else the login service says; it is not looked at"}};

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/oidc/start",
        .summary = "Sign in by the login service",
        .help = "Sends the browser to the login service that the server was given; 404 if none.",
        .needs = {},
        .gives = "",
        .status = 303,
        .answer = get_start},
    Route{
        .method = "GET",
        .path = "/api/v1/oidc/callback",
        .summary = "Come back from the login service",
        .help = "Opens a session for the account that the identity is linked to, and goes on to "
                "the application.",
        .needs = {},
        .query = callback_words,
        .gives = "text/html",
        .answer = get_callback},
};

}  // namespace

std::span<const Route> oidc_routes() {
    return routes;
}

}  // namespace adic::server
