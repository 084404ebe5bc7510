#pragma once

#include "adic/access/account_book.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::access {

/// What a hash costs whoever tries passwords, and us at each sign-in.
///
/// Source: RFC 9106 (2021), "Argon2 Memory-Hard Function"; two passes over 64 MiB are above the
///         least that OWASP advises (19 MiB), and the "interactive" level of libsodium.
struct PasswordCost {
    unsigned long long passes = 2;
    std::size_t memory_bytes = std::size_t{64} << 20U;
};

/// How many hashes are computed at once, for each takes its memory.
struct HashingLimits {
    std::size_t at_once = 2;
    std::size_t waiting = 32;  ///< callers beyond are told to come again
};

/// Argon2id. Several threads may call it.
class PasswordHasher {
  public:
    explicit PasswordHasher(PasswordCost cost = {}, HashingLimits limits = {});

    /// A text with the parameters, a salt of its own, and the hash.
    /// Errors: unavailable: too many at once, or no memory.
    Result<std::string> hash(std::string_view password) const;

    /// An empty hash is that of nobody: it takes as long, and is never right.
    /// Errors: as `hash`.
    Result<bool> verify(std::string_view hash, std::string_view password) const;

    /// Whether the hash was made with other parameters than today's.
    bool is_outdated(std::string_view hash) const;

  private:
    class Place;

    Result<Place> take_place() const;

    PasswordCost cost_;
    HashingLimits limits_;
    mutable std::mutex mutex_;
    mutable std::condition_variable left_;
    mutable std::size_t working_ = 0;
    mutable std::size_t waiting_ = 0;
    mutable std::string nobody_;  ///< the hash that stands in for accounts that are not there
};

struct PasswordRules {
    std::size_t least_characters = 12;
    std::size_t most_characters = 1024;
    /// Whether it is known to those who try: a list that the operator chose. Empty: none.
    std::function<bool(std::string_view password)> is_known = {};
};

/// Passwords that others are known to use, from a file of the operator: one on each line, in UTF-8.
/// Kept as hashes of 8 bytes: with a million of them, one password in 10^13 is refused by mistake.
class PasswordList {
  public:
    /// Lines shorter than a password may be are passed over.
    /// Errors: not_found; unavailable; invalid_argument if it is larger than 1 GiB.
    static Result<PasswordList>
    read(const std::filesystem::path& file, std::size_t least_characters = 12);

    /// Capital and small letters count as the same.
    /// Cost: O(log size).
    bool has(std::string_view password) const;

    std::size_t size() const { return hashes_.size(); }

  private:
    std::vector<std::uint64_t> hashes_;  ///< sorted
};

/// The usual rules, and none of the passwords of that file is taken. Errors: of `read`.
Result<PasswordRules> rules_with_list(const std::filesystem::path& file);

/// Empty if the password may be chosen; else a sentence. No kind of character is demanded. Refused
/// are lengths, the account's own names, what repeats or runs along the keyboard or the alphabet,
/// and the obvious words with figures around them.
/// Cost: O(length^2) for the words of the list, at most 1024 characters.
std::optional<std::string> problem_of_password(
    std::string_view password,
    const Account& account,
    const PasswordRules& rules = {}
);

/// The passwords of a book.
class Passwords {
  public:
    /// Requires: both live as long.
    Passwords(AccountBook& book, const PasswordHasher& hasher, PasswordRules rules = {});

    /// Chosen for another, or by whoever owns the file. With `must_change` it is good only for
    /// choosing one's own. Ends the sessions of the account.
    /// Errors: invalid_argument with the rule; not_found.
    std::optional<Error> set(
        std::string_view name,
        std::string_view password,
        bool must_change,
        const Actor& by,
        std::chrono::sys_seconds at
    );

    /// One's own: the caller has shown the old one. Ends the sessions of the account, so the
    /// caller opens a new one.
    /// Errors: invalid_argument with the rule, or if the old one is wrong; not_found.
    std::optional<Error> change(
        std::string_view name,
        std::string_view old_password,
        std::string_view new_password,
        std::chrono::sys_seconds at
    );

    /// As `problem_of_password`, by the rules of this book, of an account of that name that may not
    /// be there.
    std::optional<std::string> problem_with(std::string_view name, std::string_view password) const;

    /// Whether it has become known since it was chosen.
    bool is_known(std::string_view password) const;

    /// Whether it is the account's password. Takes as long for an account that is not there, is
    /// disabled or has none. A hash of other parameters is made anew.
    Result<bool> is_right(std::string_view name, std::string_view password) const;

  private:
    AccountBook* book_;
    const PasswordHasher* hasher_;
    PasswordRules rules_;
};

}  // namespace adic::access
