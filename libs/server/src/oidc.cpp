#include "adic/server/oidc.hpp"

#include <utility>

namespace adic::server {
namespace {

using std::chrono::sys_seconds;

/// As long as a sealed login is good, and longer.
constexpr std::chrono::minutes remembered{15};
constexpr std::size_t most_taken = 100'000;

}  // namespace

Oidc::Oidc(access::OidcProvider provider, access::Fetch fetch, const access::RandomSource& random)
    : client_(std::move(provider), std::move(fetch))
    , random_(random)
    , seal_(random) {}

Result<Oidc::Begun> Oidc::begin(sys_seconds now) {
    const access::OidcLogin login = access::make_login(random_);
    ADIC_TRY(std::string url, client_.login_url(login, now));
    return Begun{std::move(url), seal_.seal(login, now)};
}

/// A seal is good for minutes; this makes it good for once.
bool Oidc::take(const std::string& state, sys_seconds now) {
    const std::lock_guard lock(using_);
    std::erase_if(taken_, [&](const auto& one) { return one.second + remembered <= now; });
    return taken_.size() < most_taken && taken_.emplace(state, now).second;
}

Result<Admission> Oidc::finish(Accounts& accounts, const Return& back, sys_seconds now) {
    const Error nobody{ErrorCode::not_found, "this login is not to be finished here", {}};
    const auto login = seal_.open(back.sealed, now);
    // Only whoever brings the state uses the login up, so no other page can.
    if (!login || login->state != back.answer.state || !take(login->state, now)) {
        return nobody;
    }
    ADIC_TRY(const access::IdToken token, client_.finish(*login, back.answer, now));
    const access::OidcProvider& provider = client_.provider();
    ADIC_TRY(const auto account, access::account_of(accounts.book, provider, token));
    if (!account) {
        return nobody;
    }
    const access::SessionOrigin origin{
        access::has_second_factor(provider, token),
        back.peer,
        back.agent};
    ADIC_TRY(const auto opened, accounts.sessions.open(account->name, origin, now));
    return Admission{opened.secret, opened.session.ends - now};
}

}  // namespace adic::server
