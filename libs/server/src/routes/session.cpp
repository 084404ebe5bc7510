#include "api/route.hpp"
#include "api/session_parts.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

Response get_session(const Call& call) {
    return session_response(call);
}

Response not_admitted(const NoAdmission& why) {
    constexpr int unauthorised = 401;
    constexpr int too_many = 429;
    switch (why.reason) {
    case NoAdmission::Reason::code_needed:
        return error_response(
            unauthorised,
            "code_needed",
            "send the code of the second factor too"
        );
    case NoAdmission::Reason::new_password_needed:
        return error_response(
            unauthorised,
            "new_password_needed",
            "somebody else chose this password: choose another one first"
        );
    case NoAdmission::Reason::wrong: break;
    }
    if (why.wait > std::chrono::seconds{0}) {
        Response response = error_response(too_many, "too_many", "that was wrong, or too early");
        response.headers.emplace_back("Retry-After", std::to_string(why.wait.count()));
        return response;
    }
    return error_response(unauthorised, "wrong", "that was not right");
}

Result<Entry> entry_of(const Call& call) {
    ADIC_TRY(const nlohmann::json body, json_body(call.request));
    Entry entry;
    ADIC_TRY(entry.name, text_of(body, "name"));
    ADIC_TRY(entry.password, text_of(body, "password"));
    ADIC_TRY(entry.code, text_of(body, "code"));
    ADIC_TRY(entry.key, text_of(body, "key"));
    ADIC_TRY(entry.as, text_of(body, "as"));
    entry.peer = call.request.peer;
    entry.agent = std::string(call.request.header("user-agent"));
    return entry;
}

Response post_session(const Call& call) {
    const auto entry = entry_of(call);
    if (!entry) {
        return error_response(entry.error());
    }
    const auto entered = call.house.parts.door.enter(*entry, call.now());
    if (!entered) {
        return error_response(entered.error());
    }
    if (const auto* admission = std::get_if<Admission>(&*entered)) {
        return admitted(call, *admission);
    }
    return not_admitted(std::get<NoAdmission>(*entered));
}

Response delete_session(const Call& call) {
    constexpr int no_content = 204;
    for (const char* name : {"adic_session", "__Host-adic_session"}) {
        const std::string_view secret = cookie(call.request.header("cookie"), name);
        if (!secret.empty()) {
            call.house.parts.door.leave(secret);
        }
    }
    Response response;
    response.status = no_content;
    response.headers.emplace_back(
        "Set-Cookie",
        set_cookie(call.request, "", std::chrono::seconds{0})
    );
    return response;
}

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/session",
        .summary = "Who I am here",
        .help = "Which account and reader the request comes from, what it may do, and what to send "
                "in X-Adic-CSRF with requests by cookie that change something.",
        .needs = {},
        .gives = "Session",
        .answer = get_session},
    Route{
        .method = "POST",
        .path = "/api/v1/session",
        .summary = "Sign in",
        .help = "By name, password and code of the second factor; at a desk by the key that was "
                "printed; on the sample as any reader.",
        .needs = {},
        .takes = "Entry",
        .gives = "Session",
        .answer = post_session},
    Route{
        .method = "DELETE",
        .path = "/api/v1/session",
        .summary = "Sign out",
        .help = "Ends the session of the cookie.",
        .needs = {},
        .gives = "",
        .status = 204,
        .answer = delete_session},
};

}  // namespace

std::span<const Route> session_routes() {
    return routes;
}

}  // namespace adic::server
