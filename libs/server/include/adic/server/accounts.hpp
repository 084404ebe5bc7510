#pragma once

#include "adic/access/account_book.hpp"
#include "adic/access/api_token.hpp"
#include "adic/access/password.hpp"
#include "adic/access/proposal.hpp"
#include "adic/access/second_factor.hpp"
#include "adic/access/session.hpp"
#include "adic/access/sign_in.hpp"
#include "adic/access/throttle.hpp"
#include "adic/server/door.hpp"

#include <filesystem>
#include <memory>

namespace adic::server {

/// The accounts of a server and all that goes with them, put together once.
class Accounts {
  public:
    /// Requires: the book lives as long.
    Accounts(
        access::AccountBook& book,
        const access::RandomSource& random,
        access::PasswordRules rules = {}
    );
    Accounts(const Accounts&) = delete;
    Accounts& operator=(const Accounts&) = delete;

    access::AccountBook& book;
    access::PasswordHasher hasher;
    access::Passwords passwords;
    access::SecondFactors second_factors;
    access::Sessions sessions;
    access::ApiTokens tokens;
    access::Proposals proposals;

  private:
    access::Throttle of_accounts_;
    access::Throttle of_addresses_;

  public:
    access::SignIn sign_in;
};

/// Accounts with passwords, second factors and tokens. Requires: `accounts` lives as long.
std::unique_ptr<Door> open_accounts_door(Accounts& accounts, FindReader find_reader);

}  // namespace adic::server
