#pragma once

#include "adic/access/account_book.hpp"
#include "adic/sqlite/database.hpp"

#include "factor_key.hpp"

#include <mutex>
#include <utility>
#include <variant>
#include <vector>

namespace adic::access {

/// The answer of work that has nothing to say.
using Done = std::monostate;

/// The file of a book: a connection to read and one to write, each used by one thread at a time, so
/// that readers do not wait for the disk.
class BookFile {
  public:
    static Result<std::unique_ptr<BookFile>>
    open(const std::filesystem::path& path, AccountBook::IfMissing missing);

    BookFile(sqlite::Database reading, sqlite::Database writing, FactorKey factor_key)
        : reading_(std::move(reading))
        , writing_(std::move(writing))
        , factor_key_(std::move(factor_key)) {}

    const FactorKey& factor_key() const { return factor_key_; }

    /// Hands `work` a connection that cannot write.
    template <typename Work>
    auto read(const Work& work) -> decltype(work(std::declval<const sqlite::Database&>())) {
        const std::scoped_lock alone(read_mutex_);
        return work(reading_);
    }

    /// All that `work` writes is there afterwards, or, if it fails, nothing.
    template <typename Work>
    auto change(const Work& work) -> decltype(work(std::declval<const sqlite::Database&>())) {
        const std::scoped_lock alone(write_mutex_);
        auto begun = sqlite::Transaction::begin(writing_);
        if (!begun) {
            return begun.error();
        }
        sqlite::Transaction transaction = *std::move(begun);
        auto done = work(writing_);
        if (!done) {
            return done;
        }
        if (auto problem = transaction.commit()) {
            return *std::move(problem);
        }
        return done;
    }

  private:
    sqlite::Database reading_;
    sqlite::Database writing_;
    FactorKey factor_key_;
    std::mutex read_mutex_;
    std::mutex write_mutex_;
};

/// A statement with its values in their places.
template <typename... Values>
Result<sqlite::Statement>
prepared(const sqlite::Database& database, std::string_view sql, const Values&... values) {
    ADIC_TRY(sqlite::Statement statement, sqlite::Statement::prepare(database, sql));
    (statement.bind(values), ...);
    return statement;
}

/// Runs a statement that gives no rows. How many it has changed.
template <typename... Values>
Result<std::int64_t>
execute(const sqlite::Database& database, std::string_view sql, const Values&... values) {
    ADIC_TRY(sqlite::Statement statement, prepared(database, sql, values...));
    ADIC_TRY(const bool has_row, statement.step());
    static_cast<void>(has_row);
    return database.changed_rows();
}

/// What `read` makes of each row that is left of a statement.
template <typename Read>
auto collected(Result<sqlite::Statement> prepared_rows, const Read& read)
    -> Result<std::vector<decltype(read(std::declval<const sqlite::Statement&>()))>> {
    ADIC_TRY(sqlite::Statement rows, std::move(prepared_rows));
    std::vector<decltype(read(std::declval<const sqlite::Statement&>()))> all;
    while (true) {
        ADIC_TRY(const bool is_there, rows.step());
        if (!is_there) {
            return all;
        }
        all.push_back(read(rows));
    }
}

/// As `std::optional<Error>` says it.
template <typename T>
std::optional<Error> problem_in(Result<T> result) {
    if (result) {
        return std::nullopt;
    }
    return std::move(result).error();
}

std::int64_t to_number(std::chrono::sys_seconds at);
std::chrono::sys_seconds to_time(std::int64_t number);

/// Of an account named `a` in a statement, in the order that `account_in` reads them.
inline constexpr std::string_view account_columns =
    "a.name, a.display_name, a.state, a.organisation, a.roles, a.widest, a.is_enabled, "
    "a.password <> '', a.must_change, a.totp_secret <> '', a.rights, a.created, a.created_by, "
    "a.changed, a.changed_by";

/// `from`: the column of the name.
Account account_in(const sqlite::Statement& row, int from = 0);

Result<std::optional<Account>>
find_account(const sqlite::Database& database, std::string_view name);

/// As `find_account`, of an account that must be there. Errors: not_found.
Result<Account> account_in_book(const sqlite::Database& database, std::string_view name);

/// As `account_in_book`, of an account that the actor may manage.
Result<Account>
managed_account(const sqlite::Database& database, std::string_view name, const Actor& by);

/// Writes a line of the history.
std::optional<Error> note(const sqlite::Database& database, const AccountEvent& event);

/// The rights of the account are others from now on: its sessions end.
std::optional<Error> end_sessions(const sqlite::Database& database, std::string_view account);

Error no_such_account();

}  // namespace adic::access
