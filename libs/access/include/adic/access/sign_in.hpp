#pragma once

#include "adic/access/password.hpp"
#include "adic/access/second_factor.hpp"
#include "adic/access/session.hpp"
#include "adic/access/throttle.hpp"

#include <chrono>
#include <string>
#include <variant>

namespace adic::access {

struct SignInRequest {
    std::string name;
    std::string password;
    std::string code = {};  ///< of the second factor, or a recovery code; empty: not given yet
    std::string address = {};
    std::string agent = {};
};

/// The password was right, and the account has a second factor: ask for the code, and send all
/// again.
struct CodeNeeded {};

/// The password was right, but another had chosen it, or it is known by now: choose one
/// (SignIn::change_password).
struct NewPasswordNeeded {};

/// Wrong, or too early. It looks the same whether or not there is such an account.
struct NotSignedIn {
    std::chrono::seconds wait{0};  ///< before the next try
};

using SignInOutcome = std::variant<OpenedSession, CodeNeeded, NewPasswordNeeded, NotSignedIn>;

/// Signing in with a password and a second factor.
class SignIn {
  public:
    struct Parts {
        Passwords& passwords;
        SecondFactors& second_factors;
        Sessions& sessions;
        Throttle& accounts;   ///< counts failures by account
        Throttle& addresses;  ///< and by where they come from
    };

    /// Requires: the parts and the book live as long.
    SignIn(AccountBook& book, Parts parts);

    /// Errors: unavailable: too many at once.
    Result<SignInOutcome> try_to(const SignInRequest& request, std::chrono::sys_seconds now);

    /// One's own password, by whoever knows the old one; failures count as those of signing in.
    /// The second factor is asked for as at signing in.
    /// Errors: invalid_argument with the rule that the new password breaks.
    Result<SignInOutcome> change_password(
        const SignInRequest& request,
        std::string_view new_password,
        std::chrono::sys_seconds now
    );

  private:
    struct Proven {
        Account account;
        bool has_second_factor = false;
    };

    using Proof = std::variant<Proven, CodeNeeded, NotSignedIn>;

    struct Keys {
        std::string account;
        std::string address;
    };

    Result<Proof> prove(const SignInRequest& request, std::chrono::sys_seconds now);
    Result<Proof> look_at(
        const SignInRequest& request,
        const std::string& name,
        std::chrono::sys_seconds now
    ) const;
    Result<SignInOutcome>
    open(const Proven& proven, const SignInRequest& request, std::chrono::sys_seconds now);
    std::chrono::seconds let_in(const Keys& keys, std::chrono::sys_seconds now);
    NotSignedIn failed(const Keys& keys, std::chrono::sys_seconds now) const;

    AccountBook* book_;
    Parts parts_;
};

}  // namespace adic::access
