#pragma once

#include "adic/access/account_book.hpp"
#include "adic/access/random.hpp"
#include "adic/access/signed_token.hpp"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic::access {

/// A ministry's login service, as the operator of the registry has agreed with it.
struct OidcProvider {
    std::string issuer;  ///< https://..., exactly as its tokens name it
    std::string client_id;
    std::string client_secret = {};  ///< empty: PKCE alone
    std::string redirect_uri;        ///< of this registry
    std::string state;               ///< whose accounts it may sign in, and no others
    std::vector<std::string> scopes{"openid"};
    /// Values of "amr" (RFC 8176) that count as a second factor; empty: none does.
    std::vector<std::string> second_factor_methods = {};
    /// A claim that is the name of the account, where nobody has linked the identity; empty: links
    /// alone. "email" counts only with "email_verified".
    std::string account_claim = {};
};

/// Errors: invalid_argument: something is missing, or goes over a line that is not encrypted
///         (http is taken for this machine alone).
std::optional<Error> problem_of(const OidcProvider& provider);

/// Where the service is. Source: OpenID Connect Discovery 1.0 (2014), 4.2.
struct OidcEndpoints {
    std::string authorization;
    std::string token;
    std::string keys;
};

/// Errors: invalid_argument: another issuer, an endpoint missing or not https, no JSON object.
Result<OidcEndpoints> parse_discovery(std::string_view text, std::string_view issuer);

/// "https://.../.well-known/openid-configuration".
std::string discovery_url(std::string_view issuer);

/// What is remembered of a login between sending somebody away and their coming back.
struct OidcLogin {
    std::string state;     ///< ties the answer to this browser
    std::string nonce;     ///< ties the token to this login
    std::string verifier;  ///< of PKCE (RFC 7636): ties the code to whoever asked for it

    friend bool operator==(const OidcLogin&, const OidcLogin&) = default;
};

OidcLogin make_login(const RandomSource& random);

/// The challenge of PKCE, method S256. Source: RFC 7636 (2015), 4.2.
std::string pkce_challenge(std::string_view verifier);

std::string authorization_url(
    const OidcProvider& provider,
    const OidcEndpoints& endpoints,
    const OidcLogin& login
);

/// The body of the request that trades a code for a token, as a form.
std::string
token_request(const OidcProvider& provider, const OidcLogin& login, std::string_view code);

/// The ID token in the answer. Errors: invalid_argument; not_found if the service refused.
Result<std::string> parse_token_response(std::string_view text);

/// What an ID token says of somebody.
struct IdToken {
    ExternalIdentity identity;
    std::vector<std::string> methods;  ///< "amr": how they proved who they are
    /// Claims that are texts, sorted by name.
    std::vector<std::pair<std::string, std::string>> texts;
    bool is_email_verified = false;
    std::chrono::sys_seconds expires;

    /// Empty: there is no such claim, or it is no text.
    std::optional<std::string> text(std::string_view claim) const;
};

struct IdTokenRules {
    std::chrono::seconds skew{60};         ///< between the clocks of two machines
    std::chrono::minutes longest_way{10};  ///< from being issued to being shown here
};

/// Source: OpenID Connect Core 1.0 (2014), 3.1.3.7.
/// Errors: as `signed_payload`; invalid_argument for another issuer, audience or nonce, and for
///         times that are missing or not now.
Result<IdToken> check_id_token(
    std::string_view token,
    const VerificationKeys& keys,
    const OidcProvider& provider,
    std::string_view nonce,
    std::chrono::sys_seconds now,
    const IdTokenRules& rules = {}
);

/// Whose token it is: linked beforehand, or by the claim that the operator chose. Empty: nobody's,
/// or that of an account that is locked or of another state than the service's.
Result<std::optional<Account>>
account_of(const AccountBook& book, const OidcProvider& provider, const IdToken& token);

bool has_second_factor(const OidcProvider& provider, const IdToken& token);

/// Keeps a login in the browser's own cookie, sealed so that nobody can read or make one. The key
/// lives as long as this object.
class LoginSeal {
  public:
    explicit LoginSeal(RandomSource random);

    std::string seal(const OidcLogin& login, std::chrono::sys_seconds now) const;

    /// Empty: not sealed here, changed, or older than ten minutes.
    std::optional<OidcLogin> open(std::string_view sealed, std::chrono::sys_seconds now) const;

  private:
    RandomSource random_;
    std::string key_;
};

/// What came back with the browser.
struct OidcAnswer {
    std::string state;
    std::string code;
    std::string error = {};
    std::string issuer = {};  ///< "iss" (RFC 9207); empty: not given
};

/// Asks a server over https, and checks its certificate. An empty body is a GET, another a POST of
/// a form. The answer has status 200 and at most 256 KiB.
using Fetch = std::function<Result<std::string>(const std::string& url, const std::string& body)>;

/// One login service. Remembers where it is and its keys. Several threads may call it: one of them
/// asks where the service is, and none for half a minute after it did not answer, so that one that
/// is down holds up one caller and not all of them.
class OidcClient {
  public:
    OidcClient(OidcProvider provider, Fetch fetch);

    const OidcProvider& provider() const { return provider_; }

    /// Where to send the browser. Errors: of fetching; unavailable while another asks, or just
    /// after it did not answer; invalid_argument.
    Result<std::string> login_url(const OidcLogin& login, std::chrono::sys_seconds now);

    /// Errors: not_found if the service refused or the answer is not of this login;
    ///         invalid_argument for a token that does not hold; of fetching.
    Result<IdToken>
    finish(const OidcLogin& login, const OidcAnswer& answer, std::chrono::sys_seconds now);

  private:
    Result<OidcEndpoints> endpoints(std::chrono::sys_seconds now);
    Result<OidcEndpoints> discovered() const;
    Result<VerificationKeys> keys(std::chrono::sys_seconds now, bool anew);

    template <typename T>
    struct Remembered {
        T value;
        std::chrono::sys_seconds at;
    };

    OidcProvider provider_;
    Fetch fetch_;
    std::mutex mutex_;
    std::optional<Remembered<OidcEndpoints>> endpoints_;
    std::optional<Remembered<VerificationKeys>> keys_;
    std::optional<std::chrono::sys_seconds> unanswered_;  ///< since when
    bool is_asking_ = false;
};

}  // namespace adic::access
