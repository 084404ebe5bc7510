#include "adic/access/password.hpp"

#include "book_file.hpp"

namespace adic::access {
namespace {

using sqlite::Database;
using sqlite::Statement;

/// The hash of an account that may sign in; empty: there is none.
Result<std::string> hash_of(const Database& database, std::string_view name) {
    ADIC_TRY(
        Statement row,
        prepared(database, "SELECT password FROM account WHERE name = ? AND is_enabled = 1", name)
    );
    ADIC_TRY(const bool is_there, row.step());
    return is_there ? row.text(0) : std::string{};
}

std::optional<Error> store(
    const Database& database,
    const AccountEvent& event,
    std::string_view hash,
    bool must_change
) {
    auto stored = execute(
        database,
        "UPDATE account SET password = ?, must_change = ?, changed = ?, changed_by = ? "
        "WHERE name = ?",
        hash,
        std::int64_t{must_change ? 1 : 0},
        to_number(event.at),
        event.by,
        event.account
    );
    if (!stored) {
        return std::move(stored).error();
    }
    if (auto problem = end_sessions(database, event.account)) {
        return problem;
    }
    return note(database, event);
}

Error invalid(std::string message) {
    return {ErrorCode::invalid_argument, std::move(message), {}};
}

}  // namespace

Passwords::Passwords(AccountBook& book, const PasswordHasher& hasher, PasswordRules rules)
    : book_(&book)
    , hasher_(&hasher)
    , rules_(std::move(rules)) {}

std::optional<Error> Passwords::set(
    std::string_view name,
    std::string_view password,
    bool must_change,
    const Actor& by,
    std::chrono::sys_seconds at
) {
    BookFile& file = book_->file();
    const auto account =
        file.read([&](const Database& database) { return managed_account(database, name, by); });
    if (!account) {
        return account.error();
    }
    if (auto problem = problem_of_password(password, *account, rules_)) {
        return invalid(*std::move(problem));
    }
    // Hashing takes its time: nobody waits for the file meanwhile.
    const auto hash = hasher_->hash(password);
    if (!hash) {
        return hash.error();
    }
    const AccountEvent event{
        0,
        at,
        by.name(),
        account->name,
        must_change ? "a password was set, to be changed" : "a password was set"};
    return problem_in(file.change([&](const Database& database) -> Result<Done> {
        if (auto problem = store(database, event, *hash, must_change)) {
            return *std::move(problem);
        }
        return Done{};
    }));
}

std::optional<Error> Passwords::change(
    std::string_view name,
    std::string_view old_password,
    std::string_view new_password,
    std::chrono::sys_seconds at
) {
    BookFile& file = book_->file();
    const auto before =
        file.read([&](const Database& database) { return hash_of(database, name); });
    if (!before) {
        return before.error();
    }
    const auto is_old = hasher_->verify(*before, old_password);
    if (!is_old) {
        return is_old.error();
    }
    if (!*is_old) {
        return invalid("the old password is wrong");
    }
    const auto account =
        file.read([&](const Database& database) { return account_in_book(database, name); });
    if (!account) {
        return account.error();
    }
    if (old_password == new_password) {
        return invalid("the new password is the old one");
    }
    if (auto problem = problem_of_password(new_password, *account, rules_)) {
        return invalid(*std::move(problem));
    }
    const auto hash = hasher_->hash(new_password);
    if (!hash) {
        return hash.error();
    }
    const AccountEvent event{0, at, account->name, account->name, "chose a password"};
    return problem_in(file.change([&](const Database& database) -> Result<Done> {
        ADIC_TRY(const std::string still, hash_of(database, name));
        if (still != *before) {
            return Error{ErrorCode::conflict, "the password has been changed meanwhile", {}};
        }
        if (auto problem = store(database, event, *hash, false)) {
            return *std::move(problem);
        }
        return Done{};
    }));
}

std::optional<std::string> Passwords::problem_with(std::string_view name, std::string_view password)
    const {
    Account account;
    account.name = name;
    return problem_of_password(password, account, rules_);
}

bool Passwords::is_known(std::string_view password) const {
    return rules_.is_known && rules_.is_known(password);
}

Result<bool> Passwords::is_right(std::string_view name, std::string_view password) const {
    BookFile& file = book_->file();
    ADIC_TRY(const std::string known, file.read([&](const Database& database) {
        return hash_of(database, name);
    }));
    // Longer ones cannot have been chosen; their hash would only cost time.
    constexpr std::size_t most_bytes_of_a_character = 4;
    const std::string_view tried =
        password.substr(0, rules_.most_characters * most_bytes_of_a_character + 1);
    ADIC_TRY(const bool is_right, hasher_->verify(known, tried));
    if (!is_right || !hasher_->is_outdated(known)) {
        return is_right;
    }
    ADIC_TRY(const std::string anew, hasher_->hash(tried));
    ADIC_TRY(const std::int64_t stored, file.change([&](const Database& database) {
        return execute(
            database,
            "UPDATE account SET password = ? WHERE name = ? AND password = ?",
            anew,
            name,
            known
        );
    }));
    static_cast<void>(stored);
    return true;
}

}  // namespace adic::access
