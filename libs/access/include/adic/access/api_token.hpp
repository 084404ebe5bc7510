#pragma once

#include "adic/access/account_book.hpp"
#include "adic/access/random.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::access {

/// "adic_", 43 characters of base64url (256 random bits) and 6 of a checksum: whoever searches
/// files for secrets that slipped out can tell one.
std::string make_token_text(const RandomSource& random);

/// Whether it has the form of a token, checksum included. Says nothing about whether one is known.
bool is_token_text(std::string_view text);

/// A token, without its secret.
struct ApiToken {
    std::string id;  ///< names it in lists; it opens nothing
    std::string account;
    std::string label;
    Scopes scopes;
    std::chrono::sys_seconds made;
    std::chrono::sys_seconds expires;
    std::optional<std::chrono::sys_days> last_used;

    friend bool operator==(const ApiToken&, const ApiToken&) = default;
};

struct NewToken {
    std::string label = {};  ///< what it is for; kept to 128 bytes
    Scopes scopes;
    std::chrono::days life{90};  ///< 1 to 365
};

struct MadeToken {
    std::string text;  ///< shown once
    ApiToken token;
};

struct TokenPrincipal {
    ApiToken token;
    Account account;
    Principal principal;
};

/// API tokens of a book. Only the SHA-256 of a token is stored.
class ApiTokens {
  public:
    /// Requires: the book lives as long.
    ApiTokens(AccountBook& book, RandomSource random, SecondFactorPolicy second_factor = {});

    /// A scope that the account's roles do not have is refused; so is one that takes a second
    /// factor, if the account has none. Either the account's own doing, or that of whoever owns the
    /// file: administrators make no tokens for others.
    /// Errors: invalid_argument; not_found; conflict if the account has 50 already.
    Result<MadeToken> make(
        std::string_view account,
        const NewToken& token,
        const Actor& by,
        std::chrono::sys_seconds now
    );

    /// Empty: it is not known, has expired, or its account is disabled. The principal has what both
    /// the scopes and the roles of today allow.
    Result<std::optional<TokenPrincipal>> find(std::string_view text, std::chrono::sys_seconds now);

    /// Errors: not_found.
    std::optional<Error> revoke(
        std::string_view account,
        std::string_view id,
        const Actor& by,
        std::chrono::sys_seconds now
    );

    /// The newest first.
    Result<std::vector<ApiToken>> list(std::string_view account) const;

  private:
    AccountBook* book_;
    RandomSource random_;
    SecondFactorPolicy second_factor_;
};

}  // namespace adic::access
