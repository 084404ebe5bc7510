#include "adic/server/oidc.hpp"

#include "api/route.hpp"

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

access::Actor actor_of(const Call& call) {
    return access::Actor::signed_in(call.caller.principal);
}

/// The login service that signs in accounts of the caller's state; empty: this server has none, or
/// it is another state's, of which nothing is said.
std::optional<std::string> issuer_for(const Call& call) {
    const Oidc* oidc = call.house.parts.oidc;
    if (oidc == nullptr || oidc->provider().state != call.caller.principal.state) {
        return std::nullopt;
    }
    return oidc->provider().issuer;
}

Response get_links(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const auto found = accounts->book.list_links(call.word("name"), actor_of(call));
    if (!found) {
        return error_response(found.error());
    }
    Json links = Json::array();
    for (const access::ExternalIdentity& link : *found) {
        links.push_back({{"issuer", link.issuer}, {"subject", link.subject}});
    }
    const auto issuer = issuer_for(call);
    return json_response({{"issuer", issuer ? Json(*issuer) : Json(nullptr)}, {"links", links}});
}

Result<access::ExternalIdentity> identity_of(const Call& call) {
    ADIC_TRY(const nlohmann::json body, json_body(call.request));
    access::ExternalIdentity identity;
    ADIC_TRY(identity.issuer, text_of(body, "issuer"));
    ADIC_TRY(identity.subject, text_of(body, "subject"));
    return identity;
}

/// Why this identity cannot be linked here, whosever the account is. What another service says
/// counts for nothing, and a link that waits for it would count once it is this server's.
std::optional<Error> problem_of(const Call& call, const access::ExternalIdentity& identity) {
    const auto issuer = issuer_for(call);
    if (!issuer) {
        return Error{
            ErrorCode::conflict,
            "this server has no login service for accounts of your state",
            {}};
    }
    if (identity.issuer != *issuer) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("'issuer' is the login service of this server: {}", *issuer),
            {}};
    }
    // Whoever finds a session open could else come back as the account for good.
    if (call.word("name") == call.caller.account()) {
        return Error{
            ErrorCode::conflict,
            "another administrator links one's own account to an identity",
            {}};
    }
    return std::nullopt;
}

Response answered(const std::optional<Error>& problem) {
    constexpr int no_content = 204;
    return problem ? error_response(*problem) : Response{no_content, {}, {}, {}};
}

Response post_link(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const auto identity = identity_of(call);
    if (!identity) {
        return error_response(identity.error());
    }
    if (const auto problem = problem_of(call, *identity)) {
        return error_response(*problem);
    }
    return answered(accounts->book.link(call.word("name"), *identity, actor_of(call), call.now()));
}

/// Of any issuer: a link to a service that the server had before is taken away too.
Response delete_link(const Call& call) {
    Accounts* accounts = call.house.parts.accounts;
    if (accounts == nullptr) {
        return no_accounts();
    }
    const access::ExternalIdentity identity{
        call.asked("issuer").value_or(""),
        call.asked("subject").value_or("")};
    return answered(accounts->book.unlink(call.word("name"), identity, actor_of(call), call.now()));
}

constexpr std::array identity_words{
    RouteWord{"issuer", "the login service, as its tokens name it"},
    RouteWord{"subject", "by which it knows the person"}};

constexpr auto manage = access::Permission::manage_accounts;

constexpr std::array<std::string_view, 1> links_list{"links"};

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/accounts/{name}/links",
        .summary = "What an account of the own state is linked to",
        .help = "Identities of login services, by issuer and subject; and the service that this "
                "server has for accounts of the own state, null if none.",
        .needs = manage,
        .gives = "Links",
        .lists = links_list,
        .answer = get_links},
    Route{
        .method = "POST",
        .path = "/api/v1/accounts/{name}/links",
        .summary = "Link an account of the own state to an identity",
        .help = "Whom the login service knows by this subject comes in as the account. The issuer "
                "is the service that this server has for the own state, and no other. Not for "
                "one's own account.",
        .needs = manage,
        .takes = "Link",
        .gives = "",
        .status = 204,
        .answer = post_link},
    Route{
        .method = "DELETE",
        .path = "/api/v1/accounts/{name}/links",
        .summary = "Take a link of an account of the own state away",
        .help = "Its sessions end.",
        .needs = manage,
        .query = identity_words,
        .gives = "",
        .status = 204,
        .answer = delete_link},
};

}  // namespace

std::span<const Route> link_routes() {
    return routes;
}

}  // namespace adic::server
