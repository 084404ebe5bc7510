#include "adic/access/oidc.hpp"

#include "adic/base/sha256.hpp"
#include "adic/base/text.hpp"

#include "encoding.hpp"
#include "json_object.hpp"

#include <algorithm>
#include <array>

namespace adic::access {
namespace {

using nlohmann::json;

constexpr std::size_t longest_document = std::size_t{256} << 10U;
constexpr std::size_t longest_url = 2048;
constexpr std::size_t secret_bytes = 32;

Error invalid(std::string message) {
    return {ErrorCode::invalid_argument, std::move(message), {}};
}

/// https to anywhere, or http to this machine: nothing on the way can read or change it. No user
/// and no fragment.
bool is_safe_url(std::string_view url) {
    constexpr std::string_view encrypted = "https://";
    constexpr std::array<std::string_view, 2> own{"http://127.0.0.1", "http://localhost"};
    const bool is_plain = url.size() <= longest_url
                          && std::ranges::all_of(url, [](char c) { return c > ' ' && c < '\x7F'; })
                          && url.find_first_of("#@\\\"<>") == std::string_view::npos;
    const bool is_own = std::ranges::any_of(own, [url](std::string_view prefix) {
        return url.starts_with(prefix)
               && (url.size() == prefix.size() || url[prefix.size()] == ':'
                   || url[prefix.size()] == '/');
    });
    return is_plain && (is_own || (url.starts_with(encrypted) && url.size() > encrypted.size()));
}

void add_parameter(std::string& text, std::string_view name, std::string_view value) {
    const bool is_first = text.empty() || text.back() == '?';
    text += (is_first ? "" : "&") + std::string(name) + "=" + percent_encoded(value);
}

}  // namespace

std::optional<Error> problem_of(const OidcProvider& provider) {
    if (!is_safe_url(provider.issuer) || !is_safe_url(provider.redirect_uri)) {
        return invalid("issuer and redirect address of a login service begin with https://");
    }
    if (provider.client_id.empty() || provider.state.empty()) {
        return invalid("a login service has a client identifier, and a state whose it is");
    }
    if (std::ranges::find(provider.scopes, "openid") == provider.scopes.end()) {
        return invalid("a login service is asked for the scope openid");
    }
    return std::nullopt;
}

std::string discovery_url(std::string_view issuer) {
    while (issuer.ends_with('/')) {
        issuer.remove_suffix(1);
    }
    return std::string(issuer) + "/.well-known/openid-configuration";
}

Result<OidcEndpoints> parse_discovery(std::string_view text, std::string_view issuer) {
    ADIC_TRY(
        const json document,
        parse_json_object(text, longest_document, "the description of the login service")
    );
    if (text_in(document, "issuer") != issuer) {
        return invalid("the login service describes another issuer than the one that was asked");
    }
    const OidcEndpoints endpoints{
        text_in(document, "authorization_endpoint").value_or(""),
        text_in(document, "token_endpoint").value_or(""),
        text_in(document, "jwks_uri").value_or("")};
    for (const std::string* url : {&endpoints.authorization, &endpoints.token, &endpoints.keys}) {
        if (!is_safe_url(*url)) {
            return invalid("the login service names an address that does not begin with https://");
        }
    }
    return endpoints;
}

OidcLogin make_login(const RandomSource& random) {
    OidcLogin login;
    for (std::string* secret : {&login.state, &login.nonce, &login.verifier}) {
        *secret = base64url_of(random_bytes(random, secret_bytes));
    }
    return login;
}

std::string pkce_challenge(std::string_view verifier) {
    return base64url_of(sha256(verifier));
}

std::string authorization_url(
    const OidcProvider& provider,
    const OidcEndpoints& endpoints,
    const OidcLogin& login
) {
    std::string scopes;
    for (const std::string& scope : provider.scopes) {
        scopes += (scopes.empty() ? "" : " ") + scope;
    }
    std::string url = endpoints.authorization;
    url += url.find('?') == std::string::npos ? "?" : "";
    add_parameter(url, "response_type", "code");
    add_parameter(url, "client_id", provider.client_id);
    add_parameter(url, "redirect_uri", provider.redirect_uri);
    add_parameter(url, "scope", scopes);
    add_parameter(url, "state", login.state);
    add_parameter(url, "nonce", login.nonce);
    add_parameter(url, "code_challenge", pkce_challenge(login.verifier));
    add_parameter(url, "code_challenge_method", "S256");
    return url;
}

std::string
token_request(const OidcProvider& provider, const OidcLogin& login, std::string_view code) {
    std::string body;
    add_parameter(body, "grant_type", "authorization_code");
    add_parameter(body, "code", code);
    add_parameter(body, "redirect_uri", provider.redirect_uri);
    add_parameter(body, "client_id", provider.client_id);
    add_parameter(body, "code_verifier", login.verifier);
    if (!provider.client_secret.empty()) {
        add_parameter(body, "client_secret", provider.client_secret);
    }
    return body;
}

Result<std::string> parse_token_response(std::string_view text) {
    ADIC_TRY(
        const json answer,
        parse_json_object(text, longest_document, "the answer of the login service")
    );
    if (const auto error = text_in(answer, "error")) {
        return Error{ErrorCode::not_found, "the login service refused", tamed(*error, 128)};
    }
    const std::string type = account_name_of(text_in(answer, "token_type").value_or(""));
    const auto token = text_in(answer, "id_token");
    if (!token || type != "bearer") {
        return invalid("the login service gave no ID token");
    }
    return *token;
}

std::optional<std::string> IdToken::text(std::string_view claim) const {
    for (const auto& [name, value] : texts) {
        if (name == claim) {
            return value;
        }
    }
    return std::nullopt;
}

Result<std::optional<Account>>
account_of(const AccountBook& book, const OidcProvider& provider, const IdToken& token) {
    ADIC_TRY(auto account, book.find_linked(token.identity));
    const auto claimed =
        provider.account_claim.empty() ? std::nullopt : token.text(provider.account_claim);
    const bool is_proven = provider.account_claim != "email" || token.is_email_verified;
    if (!account && claimed && is_proven) {
        ADIC_TRY(account, book.find(account_name_of(*claimed)));
    }
    if (!account || !account->is_enabled || account->state != provider.state) {
        return std::optional<Account>{};
    }
    return account;
}

bool has_second_factor(const OidcProvider& provider, const IdToken& token) {
    return std::ranges::any_of(token.methods, [&](const std::string& method) {
        const auto& counted = provider.second_factor_methods;
        return std::ranges::find(counted, method) != counted.end();
    });
}

}  // namespace adic::access
