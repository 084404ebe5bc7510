#include "adic/access/oidc.hpp"

#include "encoding.hpp"
#include "json_object.hpp"

#include <algorithm>
#include <cmath>

namespace adic::access {
namespace {

using nlohmann::json;
using std::chrono::sys_seconds;

constexpr std::size_t longest_payload = std::size_t{16} << 10U;
constexpr std::size_t longest_subject = 255;  // OpenID Connect Core 1.0, section 2

Error invalid(std::string_view what) {
    return {ErrorCode::invalid_argument, "the ID token " + std::string(what), {}};
}

/// A time of RFC 7519: seconds since 1970, with or without a fraction. Empty: it is none.
std::optional<sys_seconds> time_in(const json& claims, const char* name) {
    const auto found = claims.find(name);
    constexpr double latest = 253402300799.0;  // the end of the year 9999
    if (found == claims.end() || !found->is_number()) {
        return std::nullopt;
    }
    const double seconds = std::floor(found->get<double>());
    if (!(seconds >= 0.0 && seconds <= latest)) {
        return std::nullopt;
    }
    return sys_seconds{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
}

/// The texts of a member that is a list. Empty: it is none.
std::vector<std::string> texts_in(const json& claims, const char* name) {
    std::vector<std::string> texts;
    if (const json::array_t* list = list_in(claims, name)) {
        for (const json& entry : *list) {
            texts.push_back(entry.is_string() ? entry.get<std::string>() : std::string{});
        }
    }
    return texts;
}

/// The audience is this registry, and if there are others too, the token was made for this one.
bool is_for(const json& claims, const std::string& client) {
    std::vector<std::string> audience = texts_in(claims, "aud");
    if (const auto only = text_in(claims, "aud")) {
        audience.push_back(*only);
    }
    const bool is_named = std::ranges::find(audience, client) != audience.end();
    const bool is_alone = audience.size() == 1;
    const bool fits = claims.contains("azp") ? text_in(claims, "azp") == client : is_alone;
    return is_named && fits;
}

std::optional<Error>
problem_of_times(const json& claims, sys_seconds now, const IdTokenRules& rules) {
    const auto expires = time_in(claims, "exp");
    const auto issued = time_in(claims, "iat");
    if (!expires || !issued) {
        return invalid("does not say when it was issued and when it expires");
    }
    if (now >= *expires + rules.skew) {
        return invalid("has expired");
    }
    if (*issued > now + rules.skew || now > *issued + rules.longest_way + rules.skew) {
        return invalid("was not issued just now: are the clocks right?");
    }
    const auto begins = time_in(claims, "nbf");
    if (claims.contains("nbf") && (!begins || *begins > now + rules.skew)) {
        return invalid("does not hold yet");
    }
    return std::nullopt;
}

std::optional<Error>
problem_of_origin(const json& claims, const OidcProvider& provider, std::string_view nonce) {
    if (text_in(claims, "iss") != provider.issuer) {
        return invalid("is of another issuer");
    }
    if (!is_for(claims, provider.client_id)) {
        return invalid("is for somebody else");
    }
    if (nonce.empty() || !is_same_secret(text_in(claims, "nonce").value_or(""), nonce)) {
        return invalid("is not of this login");
    }
    const auto subject = text_in(claims, "sub");
    if (!subject || subject->empty() || subject->size() > longest_subject) {
        return invalid("names nobody");
    }
    return std::nullopt;
}

IdToken token_of(const json& claims) {
    IdToken token;
    token.identity = {text_in(claims, "iss").value_or(""), text_in(claims, "sub").value_or("")};
    token.expires = time_in(claims, "exp").value_or(sys_seconds{});
    token.is_email_verified = claims.contains("email_verified")
                              && claims.at("email_verified").is_boolean()
                              && claims.at("email_verified").get<bool>();
    token.methods = texts_in(claims, "amr");
    for (const auto& [name, value] : claims.items()) {
        if (value.is_string()) {
            token.texts.emplace_back(name, value.get<std::string>());
        }
    }
    return token;
}

}  // namespace

Result<IdToken> check_id_token(
    std::string_view token,
    const VerificationKeys& keys,
    const OidcProvider& provider,
    std::string_view nonce,
    sys_seconds now,
    const IdTokenRules& rules
) {
    ADIC_TRY(const std::string payload, signed_payload(token, keys));
    ADIC_TRY(const json claims, parse_json_object(payload, longest_payload, "the ID token"));
    if (auto problem = problem_of_origin(claims, provider, nonce)) {
        return *std::move(problem);
    }
    if (auto problem = problem_of_times(claims, now, rules)) {
        return *std::move(problem);
    }
    return token_of(claims);
}

}  // namespace adic::access
