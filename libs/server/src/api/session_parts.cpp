#include "api/session_parts.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

Json names_of(const access::Permissions& permissions) {
    Json names = Json::array();
    for (const access::PermissionRow& row : access::list_permissions()) {
        if (permissions.has(row.permission)) {
            names.push_back(row.name);
        }
    }
    return names;
}

/// Of the account itself, whatever the session was opened with; null: there is no account.
Json own_second_factor(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr || call.caller.account().empty()) {
        return nullptr;
    }
    const auto found = accounts->book.find(call.caller.account());
    return found && *found ? Json((*found)->has_second_factor) : Json(nullptr);
}

}  // namespace

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

std::optional<Error> write_down_sign_in(const Call& call, const Admission& admission) {
    const auto caller = call.house.parts.door.by_cookie(admission.secret, call.now());
    const bool is_logged =
        call.house.parts.audit != nullptr && call.house.parts.accounts != nullptr;
    if (!caller || !is_logged) {
        return std::nullopt;
    }
    audit::Event event;
    event.kind = audit::EventKind::account;
    event.at = call.now();
    event.actor = caller->account();
    event.owner = caller->principal.state;
    event.record = caller->account();
    event.detail = "signed-in";
    auto problem = call.house.parts.audit->log({event});
    if (problem) {
        call.house.parts.door.leave(admission.secret);
    }
    return problem;
}

Response session_response(const Call& call) {
    const auto or_null = [](const std::string& text) {
        return text.empty() ? Json(nullptr) : Json(text);
    };
    Json body;
    body["door"] = call.house.parts.door.kind();
    body["login_service"] = call.house.parts.oidc != nullptr;
    body["account"] = or_null(call.caller.account());
    body["reader"] = or_null(call.caller.reader_name);
    body["state"] = or_null(call.caller.principal.state);
    body["permissions"] = names_of(call.caller.principal.permissions);
    body["withheld"] = names_of(call.caller.principal.withheld);
    body["has_second_factor"] = own_second_factor(call);
    body["csrf"] = or_null(call.caller.csrf);
    return json_response(body);
}

Response admitted(const Call& call, const Admission& admission) {
    const auto caller = call.house.parts.door.by_cookie(admission.secret, call.now());
    const Caller nobody;
    if (auto problem = write_down_sign_in(call, admission)) {
        return error_response(*problem);
    }
    Response response =
        session_response({call.house, call.request, caller ? *caller : nobody, {}, {}});
    response.headers.emplace_back(
        "Set-Cookie",
        set_cookie(call.request, admission.secret, admission.lasts)
    );
    return response;
}

}  // namespace adic::server
