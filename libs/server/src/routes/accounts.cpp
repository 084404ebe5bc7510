#include "adic/base/text.hpp"

#include "api/route.hpp"
#include "api/session_parts.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

/// A server without accounts answers as if the addresses were not there.
Response no_accounts() {
    return error_response({ErrorCode::not_found, "this server has no accounts", {}});
}

Response answered(const std::optional<Error>& problem) {
    constexpr int no_content = 204;
    return problem ? error_response(*problem) : Response{no_content, {}, {}, {}};
}

Json account_json(const access::Account& account) {
    Json one;
    one["name"] = account.name;
    one["display_name"] = account.display_name;
    one["state"] = account.state;
    one["organisation"] = account.organisation;
    one["roles"] = access::to_text(account.roles);
    one["cap"] = access::name_of_cap(account.widest);
    one["enabled"] = account.is_enabled;
    one["has_second_factor"] = account.has_second_factor;
    one["created"] = time_text(account.created);
    one["created_by"] = account.created_by;
    return one;
}

access::Actor actor_of(const Call& call) {
    return access::Actor::signed_in(call.caller.principal);
}

Response get_accounts(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const auto found = accounts->book.list(call.caller.principal.state);
    if (!found) {
        return error_response(found.error());
    }
    Json list = Json::array();
    for (const access::Account& account : *found) {
        list.push_back(account_json(account));
    }
    return json_response({{"accounts", list}});
}

Result<access::NewAccount> new_account_of(const Call& call) {
    ADIC_TRY(const nlohmann::json body, json_body(call.request));
    access::NewAccount account;
    ADIC_TRY(account.name, text_of(body, "name"));
    ADIC_TRY(account.display_name, text_of(body, "display_name"));
    ADIC_TRY(account.organisation, text_of(body, "organisation"));
    ADIC_TRY(const std::string roles, text_of(body, "roles"));
    ADIC_TRY(account.roles, access::parse_roles(roles));
    account.state = call.caller.principal.state;
    return account;
}

Response post_account(const Call& call) {
    constexpr int created = 201;
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const auto account = new_account_of(call);
    if (!account) {
        return error_response(account.error());
    }
    const auto made = accounts->book.add(*account, actor_of(call), call.now());
    return made ? json_response(account_json(*made), created) : error_response(made.error());
}

Result<access::AccountChange> change_of(const Call& call) {
    ADIC_TRY(const nlohmann::json body, json_body(call.request));
    access::AccountChange change;
    if (body.contains("display_name")) {
        ADIC_TRY(change.display_name, text_of(body, "display_name"));
    }
    if (body.contains("roles")) {
        ADIC_TRY(const std::string roles, text_of(body, "roles"));
        ADIC_TRY(change.roles, access::parse_roles(roles));
    }
    if (body.contains("cap")) {
        ADIC_TRY(const std::string cap, text_of(body, "cap"));
        change.widest = access::parse_cap(cap);
        if (!change.widest) {
            return Error{
                ErrorCode::invalid_argument,
                "'cap' is organisations, states, blocs or everyone",
                {}};
        }
    }
    if (body.contains("enabled")) {
        ADIC_TRY(change.is_enabled, yes_of(body, "enabled"));
    }
    return change;
}

Response patch_account(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const auto change = change_of(call);
    if (!change) {
        return error_response(change.error());
    }
    const auto changed =
        accounts->book.change(call.word("name"), *change, actor_of(call), call.now());
    return changed ? json_response(account_json(*changed)) : error_response(changed.error());
}

/// A password that somebody else sets has to be changed at the first sign-in.
Response put_password(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const auto body = json_body(call.request);
    const auto password = body ? text_of(*body, "password") : Result<std::string>{body.error()};
    if (!password) {
        return error_response(password.error());
    }
    return answered(
        accounts->passwords.set(call.word("name"), *password, true, actor_of(call), call.now())
    );
}

Response post_password(const Call& call) {
    constexpr int unauthorised = 401;
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const auto body = json_body(call.request);
    if (!body) {
        return error_response(body.error());
    }
    const auto name = text_of(*body, "name");
    const auto old = text_of(*body, "password");
    const auto code = text_of(*body, "code");
    const auto wanted = text_of(*body, "new_password");
    for (const auto* text : {&name, &old, &code, &wanted}) {
        if (!*text) {
            return error_response(text->error());
        }
    }
    const access::SignInRequest request{*name, *old, *code, call.request.peer, {}};
    const auto outcome = accounts->sign_in.change_password(request, *wanted, call.now());
    if (!outcome) {
        return error_response(outcome.error());
    }
    if (const auto* opened = std::get_if<access::OpenedSession>(&*outcome)) {
        return admitted(call, {opened->secret, opened->session.ends - call.now()});
    }
    return std::holds_alternative<access::CodeNeeded>(*outcome)
               ? error_response(unauthorised, "code_needed", "send the code too")
               : error_response(unauthorised, "wrong", "that was not right");
}

/// Whoever found a session open must not make it their own: the password is asked for anew, and
/// failures count as those of signing in. Empty: it was right.
std::optional<Response> not_proven(const Call& call, Accounts& accounts) {
    constexpr int unauthorised = 401;
    const auto body = json_body(call.request);
    if (!body) {
        return error_response(body.error());
    }
    const auto password = text_of(*body, "password");
    const auto code = text_of(*body, "code");
    if (!password || !code) {
        return error_response((password ? code : password).error());
    }
    const auto outcome = accounts.sign_in.try_to(
        {call.caller.account(), *password, *code, call.request.peer, {}},
        call.now()
    );
    if (!outcome) {
        return error_response(outcome.error());
    }
    if (const auto* opened = std::get_if<access::OpenedSession>(&*outcome)) {
        const auto problem = accounts.sessions.close(opened->secret);
        return problem ? std::optional{error_response(*problem)} : std::nullopt;
    }
    return std::holds_alternative<access::CodeNeeded>(*outcome)
               ? error_response(unauthorised, "code_needed", "send the code too")
               : error_response(unauthorised, "wrong", "that was not right");
}

Response post_second_factor(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    if (auto refusal = not_proven(call, *accounts)) {
        return *std::move(refusal);
    }
    const auto begun = accounts->second_factors.begin(call.caller.account());
    return begun ? json_response({{"secret", begun->secret}, {"uri", begun->uri}})
                 : error_response(begun.error());
}

Response confirm_second_factor(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const auto body = json_body(call.request);
    const auto code = body ? text_of(*body, "code") : Result<std::string>{body.error()};
    if (!code) {
        return error_response(code.error());
    }
    const auto codes = accounts->second_factors.confirm(call.caller.account(), *code, call.now());
    return codes ? json_response({{"recovery_codes", *codes}}) : error_response(codes.error());
}

/// Whoever found a session open must not take the factor away that would stop them.
Response delete_second_factor(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const std::string name = call.word("name");
    if (name == call.caller.account()) {
        return error_response(
            {ErrorCode::conflict, "another administrator takes one's own second factor away", {}}
        );
    }
    return answered(accounts->second_factors.remove(name, actor_of(call), call.now()));
}

Response get_sessions(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const auto found = accounts->sessions.list(call.caller.account(), call.now());
    if (!found) {
        return error_response(found.error());
    }
    Json list = Json::array();
    for (const access::Session& session : *found) {
        list.push_back(
            {{"id", session.id},
             {"opened", time_text(session.opened)},
             {"last_used", time_text(session.last_used)},
             {"ends", time_text(session.ends)},
             {"has_second_factor", session.has_second_factor},
             {"address", session.address},
             {"agent", session.agent}}
        );
    }
    return json_response({{"sessions", list}});
}

Response delete_sessions(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    return accounts == nullptr ? no_accounts()
                               : answered(accounts->sessions.close_all(call.caller.account()));
}

Json token_json(const access::ApiToken& token) {
    Json one;
    one["id"] = token.id;
    one["label"] = token.label;
    one["scopes"] = access::to_text(token.scopes);
    one["made"] = time_text(token.made);
    one["expires"] = time_text(token.expires);
    one["last_used"] = token.last_used ? Json(time_text(*token.last_used)) : Json(nullptr);
    return one;
}

Response get_tokens(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const auto found = accounts->tokens.list(call.caller.account());
    if (!found) {
        return error_response(found.error());
    }
    Json list = Json::array();
    for (const access::ApiToken& token : *found) {
        list.push_back(token_json(token));
    }
    return json_response({{"tokens", list}});
}

Result<access::NewToken> new_token_of(const Call& call) {
    constexpr int most_days = 365;
    ADIC_TRY(const nlohmann::json body, json_body(call.request));
    access::NewToken token;
    ADIC_TRY(token.label, text_of(body, "label"));
    ADIC_TRY(const std::string scopes, text_of(body, "scopes"));
    ADIC_TRY(token.scopes, access::parse_scopes(scopes));
    const auto days = body.find("days");
    if (days != body.end()) {
        const bool is_right =
            days->is_number_unsigned() && *days >= 1 && days->get<std::uint64_t>() <= most_days;
        if (!is_right) {
            return Error{ErrorCode::invalid_argument, "'days' is a number from 1 to 365", {}};
        }
        token.life = std::chrono::days{days->get<int>()};
    }
    return token;
}

Response post_token(const Call& call) {
    constexpr int created = 201;
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const auto token = new_token_of(call);
    if (!token) {
        return error_response(token.error());
    }
    const auto made =
        accounts->tokens.make(call.caller.account(), *token, actor_of(call), call.now());
    if (!made) {
        return error_response(made.error());
    }
    Json body = token_json(made->token);
    body["token"] = made->text;
    return json_response(body, created);
}

Response delete_token(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    return answered(
        accounts->tokens.revoke(call.caller.account(), call.word("id"), actor_of(call), call.now())
    );
}

constexpr auto own = access::Permission::own_account;
constexpr auto manage = access::Permission::manage_accounts;

constexpr std::array<std::string_view, 1> sessions_list{"sessions"};
constexpr std::array<std::string_view, 1> tokens_list{"tokens"};
constexpr std::array<std::string_view, 1> accounts_list{"accounts"};

constexpr std::array routes{
    Route{
        .method = "POST",
        .path = "/api/v1/password",
        .summary = "Change one's own password",
        .help =
            "By whoever knows the old one; failures count as those of signing in. Other sessions "
            "end, and a new one begins.",
        .needs = {},
        .takes = "PasswordChange",
        .gives = "Session",
        .answer = post_password},
    Route{
        .method = "POST",
        .path = "/api/v1/second-factor",
        .summary = "Begin a second factor",
        .help = "By the password, and a code if there is a second factor already. Gives the secret "
                "for an authenticator, which counts once a code has confirmed it.",
        .needs = own,
        .takes = "Proof",
        .gives = "SecondFactor",
        .answer = post_second_factor},
    Route{
        .method = "POST",
        .path = "/api/v1/second-factor/confirm",
        .summary = "Confirm a second factor",
        .help = "Gives the recovery codes, once.",
        .needs = own,
        .takes = "Code",
        .gives = "RecoveryCodes",
        .answer = confirm_second_factor},
    Route{
        .method = "GET",
        .path = "/api/v1/sessions",
        .summary = "Where I am signed in",
        .help = "The last used first.",
        .needs = own,
        .gives = "Sessions",
        .lists = sessions_list,
        .answer = get_sessions},
    Route{
        .method = "DELETE",
        .path = "/api/v1/sessions",
        .summary = "Sign out everywhere",
        .help = "Ends all sessions of the account, this one too.",
        .needs = own,
        .gives = "",
        .status = 204,
        .answer = delete_sessions},
    Route{
        .method = "GET",
        .path = "/api/v1/tokens",
        .summary = "My API tokens",
        .help = "Without their secrets.",
        .needs = own,
        .gives = "Tokens",
        .lists = tokens_list,
        .answer = get_tokens},
    Route{
        .method = "POST",
        .path = "/api/v1/tokens",
        .summary = "Make an API token",
        .help =
            "With scopes among read, write, release, audit and admin, for 1 to 365 days. The token "
            "is shown once.",
        .needs = own,
        .takes = "NewToken",
        .gives = "MadeToken",
        .status = 201,
        .answer = post_token},
    Route{
        .method = "DELETE",
        .path = "/api/v1/tokens/{id}",
        .summary = "Revoke an API token",
        .help = "At once.",
        .needs = own,
        .gives = "",
        .status = 204,
        .answer = delete_token},
    Route{
        .method = "GET",
        .path = "/api/v1/accounts",
        .summary = "Accounts of the own state",
        .help = "By name.",
        .needs = manage,
        .gives = "Accounts",
        .lists = accounts_list,
        .answer = get_accounts},
    Route{
        .method = "POST",
        .path = "/api/v1/accounts",
        .summary = "Add an account of the own state",
        .help = "It cannot sign in before a password is set, or its identity linked.",
        .needs = manage,
        .takes = "NewAccount",
        .gives = "Account",
        .status = 201,
        .answer = post_account},
    Route{
        .method = "PATCH",
        .path = "/api/v1/accounts/{name}",
        .summary = "Change an account of the own state",
        .help = "What is given changes; sessions end if its rights do.",
        .needs = manage,
        .takes = "AccountChange",
        .gives = "Account",
        .answer = patch_account},
    Route{
        .method = "PUT",
        .path = "/api/v1/accounts/{name}/password",
        .summary = "Set the password of an account of the own state",
        .help = "It has to be changed at the next sign-in.",
        .needs = manage,
        .takes = "Password",
        .gives = "",
        .status = 204,
        .answer = put_password},
    Route{
        .method = "DELETE",
        .path = "/api/v1/accounts/{name}/second-factor",
        .summary = "Take away the second factor of an account of the own state",
        .help = "For who has lost the app and the recovery codes. Its sessions end, and it sets up "
                "another one. Not for one's own account.",
        .needs = manage,
        .gives = "",
        .status = 204,
        .answer = delete_second_factor},
};

}  // namespace

std::span<const Route> account_routes() {
    return routes;
}

}  // namespace adic::server
