#include "adic/access/oidc.hpp"
#include "adic/base/bytes.hpp"

#include "encoding.hpp"

#include <sodium.h>

namespace adic::access {
namespace {

using std::chrono::sys_seconds;

constexpr std::chrono::hours remembered{1};
constexpr std::chrono::minutes between_fetches{1};  // else unknown keys would make us a hammer
constexpr std::chrono::seconds after_silence{30};
constexpr std::chrono::minutes longest_login{10};
constexpr std::size_t longest_sealed = 1024;

Error not_of_this_login() {
    return {ErrorCode::not_found, "this is not the answer to a login that was begun here", {}};
}

}  // namespace

LoginSeal::LoginSeal(RandomSource random)
    : random_(std::move(random))
    , key_(random_bytes(random_, crypto_secretbox_KEYBYTES)) {}

std::string LoginSeal::seal(const OidcLogin& login, sys_seconds now) const {
    ByteWriter writer;
    writer.whole(static_cast<std::uint64_t>(now.time_since_epoch().count()));
    writer.text(login.state);
    writer.text(login.nonce);
    writer.text(login.verifier);
    const std::string plain = std::move(writer).bytes();
    const std::string nonce = random_bytes(random_, crypto_secretbox_NONCEBYTES);
    std::string box(plain.size() + crypto_secretbox_MACBYTES, '\0');
    crypto_secretbox_easy(
        bytes_of(box),
        bytes_of(plain),
        plain.size(),
        bytes_of(nonce),
        bytes_of(key_)
    );
    return base64url_of(nonce + box);
}

std::optional<OidcLogin> LoginSeal::open(std::string_view sealed, sys_seconds now) const {
    const auto bytes = sealed.size() > longest_sealed ? std::nullopt : bytes_of_base64url(sealed);
    constexpr std::size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (!bytes || bytes->size() < overhead) {
        return std::nullopt;
    }
    const std::string_view box = std::string_view(*bytes).substr(crypto_secretbox_NONCEBYTES);
    std::string plain(bytes->size() - overhead, '\0');
    if (crypto_secretbox_open_easy(
            bytes_of(plain),
            bytes_of(box),
            box.size(),
            bytes_of(*bytes),
            bytes_of(key_)
        )
        != 0) {
        return std::nullopt;
    }
    ByteReader reader(plain);
    const sys_seconds made{std::chrono::seconds{static_cast<std::int64_t>(reader.whole())}};
    OidcLogin login;
    login.state = reader.text();
    login.nonce = reader.text();
    login.verifier = reader.text();
    if (!reader.is_done() || now < made || now >= made + longest_login) {
        return std::nullopt;
    }
    return login;
}

OidcClient::OidcClient(OidcProvider provider, Fetch fetch)
    : provider_(std::move(provider))
    , fetch_(std::move(fetch)) {}

Result<OidcEndpoints> OidcClient::discovered() const {
    ADIC_TRY(const std::string document, fetch_(discovery_url(provider_.issuer), {}));
    return parse_discovery(document, provider_.issuer);
}

Result<OidcEndpoints> OidcClient::endpoints(sys_seconds now) {
    {
        const std::scoped_lock alone(mutex_);
        if (endpoints_ && now < endpoints_->at + remembered) {
            return endpoints_->value;
        }
        if (is_asking_ || (unanswered_ && now < *unanswered_ + after_silence)) {
            return Error{ErrorCode::unavailable, "the login service does not answer now", {}};
        }
        is_asking_ = true;
    }
    auto found = discovered();
    const std::scoped_lock alone(mutex_);
    is_asking_ = false;
    if (found) {
        endpoints_ = {*found, now};
        unanswered_.reset();
    } else {
        unanswered_ = now;
    }
    return found;
}

Result<VerificationKeys> OidcClient::keys(sys_seconds now, bool anew) {
    {
        const std::scoped_lock alone(mutex_);
        const auto life = anew ? std::chrono::seconds(between_fetches) : remembered;
        if (keys_ && now < keys_->at + life) {
            return keys_->value;
        }
    }
    ADIC_TRY(const OidcEndpoints where, endpoints(now));
    ADIC_TRY(const std::string document, fetch_(where.keys, {}));
    ADIC_TRY(VerificationKeys found, VerificationKeys::parse(document));
    const std::scoped_lock alone(mutex_);
    keys_ = {found, now};
    return found;
}

Result<std::string> OidcClient::login_url(const OidcLogin& login, sys_seconds now) {
    if (auto problem = problem_of(provider_)) {
        return *std::move(problem);
    }
    ADIC_TRY(const OidcEndpoints where, endpoints(now));
    return authorization_url(provider_, where, login);
}

Result<IdToken>
OidcClient::finish(const OidcLogin& login, const OidcAnswer& answer, sys_seconds now) {
    if (login.state.empty() || !is_same_secret(login.state, answer.state)) {
        return not_of_this_login();
    }
    if (!answer.issuer.empty() && answer.issuer != provider_.issuer) {
        return not_of_this_login();
    }
    if (!answer.error.empty() || answer.code.empty()) {
        return Error{ErrorCode::not_found, "the login service refused", tamed(answer.error, 128)};
    }
    ADIC_TRY(const OidcEndpoints where, endpoints(now));
    ADIC_TRY(
        const std::string response,
        fetch_(where.token, token_request(provider_, login, answer.code))
    );
    ADIC_TRY(const std::string token, parse_token_response(response));
    ADIC_TRY(const VerificationKeys known, keys(now, false));
    auto checked = check_id_token(token, known, provider_, login.nonce, now);
    if (!checked && checked.error().code == ErrorCode::not_found) {
        // The service may have changed its keys since they were fetched.
        ADIC_TRY(const VerificationKeys latest, keys(now, true));
        checked = check_id_token(token, latest, provider_, login.nonce, now);
    }
    return checked;
}

}  // namespace adic::access
