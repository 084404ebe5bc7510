#include "api/route.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

/// A cookie that scripts of the page cannot read and other places cannot send.
std::string
set_cookie(const Request& request, std::string_view secret, std::chrono::seconds lasts) {
    return fmt::format(
        "{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}",
        request.is_secure ? "__Host-adic_session" : "adic_session",
        secret,
        lasts.count(),
        request.is_secure ? "; Secure" : ""
    );
}

Json permissions_of(const Caller& caller) {
    Json permissions = Json::array();
    for (const access::PermissionRow& row : access::list_permissions()) {
        if (caller.may(row.permission)) {
            permissions.push_back(row.name);
        }
    }
    return permissions;
}

Response get_session(const Call& call) {
    Json body;
    body["door"] = call.house.parts.door.kind();
    body["account"] = call.caller.account().empty() ? Json(nullptr) : Json(call.caller.account());
    body["reader"] =
        call.caller.reader_name.empty() ? Json(nullptr) : Json(call.caller.reader_name);
    body["permissions"] = permissions_of(call.caller);
    body["csrf"] = call.caller.csrf.empty() ? Json(nullptr) : Json(call.caller.csrf);
    return json_response(body);
}

Response admitted(const Call& call, const Admission& admission) {
    const auto caller = call.house.parts.door.by_cookie(admission.secret, call.now());
    const Caller nobody;
    const Caller& known = caller ? *caller : nobody;
    Response response = get_session({call.house, call.request, known, {}, {}});
    response.headers.emplace_back(
        "Set-Cookie",
        set_cookie(call.request, admission.secret, admission.lasts)
    );
    return response;
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
    ADIC_TRY(const Json body, json_body(call.request));
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
