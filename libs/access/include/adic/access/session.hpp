#pragma once

#include "adic/access/account_book.hpp"
#include "adic/access/random.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::access {

struct SessionPolicy {
    std::chrono::minutes idle{30};
    std::chrono::hours absolute{12};  ///< a working day
    std::size_t most = 20;            ///< of one account; the one that was used longest ago goes
    SecondFactorPolicy second_factor = {};
};

/// A session, as its own account sees it.
struct Session {
    std::string id;  ///< names it in lists; it opens nothing
    std::string account;
    std::chrono::sys_seconds opened;
    std::chrono::sys_seconds last_used;  ///< to the minute
    std::chrono::sys_seconds ends;       ///< at the latest
    bool has_second_factor = false;
    std::string address;  ///< where it was opened from
    std::string agent;    ///< the program that opened it, by its own words

    friend bool operator==(const Session&, const Session&) = default;
};

/// How a session comes about.
struct SessionOrigin {
    bool has_second_factor = false;
    std::string address = {};
    std::string agent = {};  ///< kept to 128 bytes
};

struct OpenedSession {
    std::string secret;  ///< 43 characters of base64url, for the cookie alone
    std::string csrf_token;
    Session session;
};

/// A session that was found, and what may be done in it.
struct SignedIn {
    Session session;
    Account account;
    Principal principal;
};

/// Sessions of a book. A secret has 256 random bits; only its SHA-256 is stored.
class Sessions {
  public:
    /// Requires: the book lives as long.
    Sessions(AccountBook& book, RandomSource random, SessionPolicy policy = {});

    /// After somebody has proven who they are. Always a new secret.
    /// Errors: not_found if the account is not there or disabled.
    Result<OpenedSession>
    open(std::string_view name, const SessionOrigin& origin, std::chrono::sys_seconds now);

    /// Empty: there is no such session, it has ended, or the rights of the account have changed.
    Result<std::optional<SignedIn>> find(std::string_view secret, std::chrono::sys_seconds now);

    /// The same session with another secret, after its rights grew: the old secret is worth
    /// nothing. Its end stays where it was.
    /// Errors: not_found.
    Result<OpenedSession>
    renew(std::string_view secret, bool has_second_factor, std::chrono::sys_seconds now);

    /// Sign out. It is no error if there is no such session.
    std::optional<Error> close(std::string_view secret);

    /// One of one's own, by its id. Errors: not_found.
    std::optional<Error> close_one(std::string_view account, std::string_view id);

    /// Sign out everywhere.
    std::optional<Error> close_all(std::string_view account);

    /// Those that are open, the last used first.
    Result<std::vector<Session>> list(std::string_view account, std::chrono::sys_seconds now) const;

  private:
    AccountBook* book_;
    RandomSource random_;
    SessionPolicy policy_;
};

/// What a page sends along with every change, and a page of another origin cannot know: an HMAC of
/// the session's secret. It does not tell the secret.
std::string csrf_token_of(std::string_view session_secret);

/// In time that does not depend on where they differ.
bool is_csrf_token_of(std::string_view session_secret, std::string_view token);

}  // namespace adic::access
