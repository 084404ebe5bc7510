#pragma once

#include "adic/access/oidc.hpp"
#include "adic/server/accounts.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace adic::server {

/// Signing in by the login service of a ministry. Several threads may call it.
class Oidc {
  public:
    struct Begun {
        std::string url;     ///< of the login service, for this login
        std::string sealed;  ///< for the cookie
    };

    /// What came back, and in whose browser.
    struct Return {
        std::string_view sealed;  ///< of the cookie
        access::OidcAnswer answer;
        std::string peer;
        std::string agent;
    };

    Oidc(access::OidcProvider provider, access::Fetch fetch, const access::RandomSource& random);

    /// The service, and whose accounts it signs in.
    const access::OidcProvider& provider() const { return client_.provider(); }

    /// Errors: of fetching; invalid_argument.
    Result<Begun> begin(std::chrono::sys_seconds now);

    /// Each login opens one session at most. Errors: not_found for a login that was not begun here,
    /// is over, or is nobody's; those of OidcClient::finish.
    Result<Admission> finish(Accounts& accounts, const Return& back, std::chrono::sys_seconds now);

  private:
    bool take(const std::string& state, std::chrono::sys_seconds now);

    access::OidcClient client_;
    access::RandomSource random_;
    access::LoginSeal seal_;
    std::mutex using_;
    std::map<std::string, std::chrono::sys_seconds> taken_;  ///< states, and when they were
};

}  // namespace adic::server
