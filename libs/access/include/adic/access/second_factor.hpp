#pragma once

#include "adic/access/account_book.hpp"
#include "adic/access/random.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::access {

/// What somebody puts into an authenticator app.
struct Enrolment {
    std::string secret;  ///< base32, in groups of four, to be typed
    std::string uri;     ///< otpauth://..., to be shown as a picture
};

/// Codes from an app, and recovery codes for when it is lost.
class SecondFactors {
  public:
    static constexpr std::size_t recovery_codes = 10;

    /// Requires: the book lives as long. `issuer`: the name under which apps list the codes.
    SecondFactors(AccountBook& book, RandomSource random, std::string issuer = "adic");

    /// For the account itself: the caller has asked for its password anew, for a session that was
    /// stolen must not last. A new secret, which counts from `confirm` on; until then the old one
    /// does.
    /// Errors: not_found.
    Result<Enrolment> begin(std::string_view account);

    /// The first code shows that the app has the secret. Gives the recovery codes, this once, and
    /// makes older ones worthless. Ends the sessions of the account.
    /// Errors: invalid_argument if the code is wrong or nothing was begun; not_found.
    Result<std::vector<std::string>>
    confirm(std::string_view account, std::string_view code, std::chrono::sys_seconds now);

    /// Whether `code` is one of now that has not been used, or a recovery code; it is used up.
    Result<bool> use(std::string_view account, std::string_view code, std::chrono::sys_seconds now);

    /// How many recovery codes are left.
    Result<std::size_t> recovery_codes_left(std::string_view account) const;

    /// When app and codes are lost: an administrator takes the factor away, and the account
    /// enrols anew. Ends its sessions.
    /// Errors: not_found.
    std::optional<Error>
    remove(std::string_view name, const Actor& by, std::chrono::sys_seconds now);

  private:
    AccountBook* book_;
    RandomSource random_;
    std::string issuer_;
};

}  // namespace adic::access
