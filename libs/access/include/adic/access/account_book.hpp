#pragma once

#include "adic/access/account.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::access {

class BookFile;

/// One line of the history of accounts. It names no secret and no hash.
struct AccountEvent {
    std::uint64_t number = 0;
    std::chrono::sys_seconds at;
    std::string by;
    std::string account;
    std::string what;  ///< "made", "roles reader -> reader,editor"

    friend bool operator==(const AccountEvent&, const AccountEvent&) = default;
};

/// Who a ministry's own login service says that somebody is.
struct ExternalIdentity {
    std::string issuer;
    std::string subject;

    friend auto operator<=>(const ExternalIdentity&, const ExternalIdentity&) = default;
};

/// The accounts of a registry, and what they prove themselves with, in one file that only its owner
/// may read. May be used by several threads, and the file by several programs at once.
///
/// Errors of every call: unavailable, if the file cannot be read or written.
class AccountBook {
  public:
    enum class IfMissing { refuse, make };

    /// Errors: not_found; conflict if others may read the file; invalid_argument if it is no book
    ///         of accounts, or that of a later version.
    static Result<AccountBook> open(const std::filesystem::path& file, IfMissing missing);

    AccountBook(AccountBook&& other) noexcept;
    AccountBook& operator=(AccountBook&& other) noexcept;
    AccountBook(const AccountBook&) = delete;
    AccountBook& operator=(const AccountBook&) = delete;
    ~AccountBook();

    /// The first account has the role of administrator. The name of an organisation belongs to the
    /// state of the first account that speaks for it; one of no state is for the owner of the file.
    /// Errors: invalid_argument; conflict if the name is taken, or that of the organisation is not
    ///         for accounts of this state; not_found if the state is not the
    ///         actor's to manage.
    Result<Account> add(const NewAccount& wanted, const Actor& by, std::chrono::sys_seconds at);

    Result<std::optional<Account>> find(std::string_view name) const;

    /// By name; `state` empty: of all states.
    Result<std::vector<Account>> list(std::string_view state = {}) const;

    /// Ends the sessions of the account if its rights change. Nobody changes their own rights, and
    /// the last administrator stays.
    /// Errors: not_found, also for accounts that are not the actor's to manage; conflict.
    Result<Account> change(
        std::string_view name,
        const AccountChange& change,
        const Actor& by,
        std::chrono::sys_seconds at
    );

    /// Says beforehand whose account an identity is.
    /// Errors: not_found, also for accounts that are not the actor's to manage; conflict if the
    ///         identity is linked already; invalid_argument.
    std::optional<Error> link(
        std::string_view name,
        const ExternalIdentity& identity,
        const Actor& by,
        std::chrono::sys_seconds at
    );

    /// Ends the sessions of the account. Errors: as `link`, and not_found without such a link.
    std::optional<Error> unlink(
        std::string_view name,
        const ExternalIdentity& identity,
        const Actor& by,
        std::chrono::sys_seconds at
    );

    /// By issuer and subject. Errors: not_found, also for accounts that are not the actor's to
    ///         manage.
    Result<std::vector<ExternalIdentity>> list_links(std::string_view name, const Actor& by) const;
    Result<std::optional<Account>> find_linked(const ExternalIdentity& identity) const;

    /// The newest first, at most `most`; `account` empty: of all.
    Result<std::vector<AccountEvent>> history(std::string_view account, std::size_t most) const;

    /// For the other parts of this module.
    BookFile& file() const { return *file_; }

  private:
    explicit AccountBook(std::unique_ptr<BookFile> file);

    std::unique_ptr<BookFile> file_;
};

}  // namespace adic::access
