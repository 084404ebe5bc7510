#pragma once

#include "adic/base/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic::postgres {

/// Whether a text is meant as an address of a database: "postgresql://..." or "postgres://...".
bool is_address(std::string_view text);

/// Where a database is, and how it is spoken to: an address of libpq. What it leaves open libpq
/// takes from its environment (PGPASSWORD, PGSERVICE, ...) and from ~/.pgpass.
///
/// A server that is reached by name has to prove who it is, unless the address or the environment
/// says otherwise: without an `sslmode` of their own it is verify-full.
/// Source: PostgreSQL 15 documentation, 34.1.1.2 "Connection URIs".
class Address {
  public:
    /// Errors: invalid_argument; the message does not repeat the text, which may have a password.
    static Result<Address> parse(const std::string& uri);

    /// Host and database, without user and password: what messages and logs may have.
    std::string shown() const;

    /// Words and values for libpq.
    const std::vector<std::pair<std::string, std::string>>& words() const { return words_; }

    /// Empty if the address does not say it.
    std::string_view value_of(std::string_view word) const;

  private:
    Address() = default;

    std::vector<std::pair<std::string, std::string>> words_;
};

}  // namespace adic::postgres
