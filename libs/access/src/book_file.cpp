#include "book_file.hpp"

#include "encoding.hpp"
#include "own_file.hpp"

namespace adic::access {
namespace {

using sqlite::Database;
using sqlite::Statement;
using sqlite::Transaction;

/// "adac" in the header of the file tells it from registries and from databases of others.
constexpr std::int64_t application = 0x61646163;
constexpr std::int64_t sealed_layout = 2;
constexpr std::int64_t newest_layout = 3;

constexpr const char* layout_1 = R"(
CREATE TABLE account (
    name TEXT PRIMARY KEY NOT NULL,
    display_name TEXT NOT NULL,
    state TEXT NOT NULL,
    organisation TEXT NOT NULL,
    roles INTEGER NOT NULL CHECK (roles BETWEEN 1 AND 31),
    widest INTEGER NOT NULL CHECK (widest BETWEEN 0 AND 3),
    is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
    rights INTEGER NOT NULL,
    password TEXT NOT NULL,
    must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),
    totp_secret TEXT NOT NULL,
    totp_begun TEXT NOT NULL,
    totp_last_step INTEGER NOT NULL,
    created INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    changed INTEGER NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE recovery (
    account TEXT NOT NULL REFERENCES account (name),
    hash TEXT NOT NULL,
    PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE link (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (name),
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
    hash TEXT PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (name),
    opened INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    rights INTEGER NOT NULL,
    has_second_factor INTEGER NOT NULL CHECK (has_second_factor IN (0, 1)),
    address TEXT NOT NULL,
    agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_account ON session (account, last_used);
CREATE TABLE token (
    hash TEXT PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (name),
    label TEXT NOT NULL,
    scopes INTEGER NOT NULL CHECK (scopes BETWEEN 1 AND 31),
    made INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    last_used_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX token_by_account ON token (account, made);
CREATE TABLE proposal (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    owner TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    widest INTEGER NOT NULL CHECK (widest BETWEEN 0 AND 3),
    why TEXT NOT NULL,
    by TEXT NOT NULL REFERENCES account (name),
    at INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
    decided_by TEXT NOT NULL,
    decided INTEGER NOT NULL,
    CHECK (state NOT IN (1, 2) OR decided_by <> by)
) STRICT;
CREATE INDEX proposal_by_owner ON proposal (owner, number);
CREATE TABLE event (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    account TEXT NOT NULL,
    what TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_account ON event (account, number);
CREATE TRIGGER account_is_not_deleted BEFORE DELETE ON account
    BEGIN SELECT RAISE(ABORT, 'a name is never given to somebody else'); END;
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'history is not changed'); END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'history is not deleted'); END;
PRAGMA user_version = 1;
PRAGMA application_id = 1633968483;
)";
static_assert(application == 1633968483, "the layout writes it out");

/// Of layout 2 makes layout 3: each name of an organisation belongs to one state, or, for the
/// secretariat of the region, to none. A name that accounts of several states have is that of the
/// first; the others are locked.
constexpr const char* bind_organisations = R"(
CREATE TABLE IF NOT EXISTS organisation (
    name TEXT PRIMARY KEY NOT NULL,
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO organisation VALUES ('secretariat', '');
INSERT OR IGNORE INTO organisation
    SELECT organisation, state FROM account WHERE organisation <> '' ORDER BY created, name;
INSERT INTO event (at, by, account, what)
    SELECT (SELECT max(at) FROM event), 'adic', a.name,
        'locked: the name of its organisation belongs to another state'
    FROM account a JOIN organisation o ON o.name = a.organisation
    WHERE a.is_enabled = 1 AND o.state NOT IN ('', a.state);
DELETE FROM session WHERE account IN (
    SELECT a.name FROM account a JOIN organisation o ON o.name = a.organisation
    WHERE o.state NOT IN ('', a.state));
UPDATE account SET is_enabled = 0, rights = rights + 1 WHERE is_enabled = 1 AND EXISTS (
    SELECT 1 FROM organisation o
    WHERE o.name = account.organisation AND o.state NOT IN ('', account.state));
PRAGMA user_version = 3;
)";

Error no_book() {
    return {ErrorCode::invalid_argument, "the file is no book of accounts, or is damaged", {}};
}

Result<std::int64_t> number_of(const Database& database, std::string_view sql) {
    ADIC_TRY(Statement statement, Statement::prepare(database, sql));
    ADIC_TRY(const bool is_there, statement.step());
    return is_there ? statement.number(0) : std::int64_t{0};
}

/// Of layout 1, where the keys of authenticator apps stand in base32, makes layout 2.
std::optional<Error> seal_factors(const Database& database, const FactorKey& key) {
    struct Row {
        std::string account;
        std::string secret;
        std::string begun;
    };

    const auto rows = collected(
        prepared(database, "SELECT name, totp_secret, totp_begun FROM account"),
        [](const Statement& row) {
            return Row{row.text(0), row.text(1), row.text(2)};
        }
    );
    if (!rows) {
        return rows.error();
    }
    for (const Row& row : *rows) {
        const auto sealed = [&](const std::string& plain) {
            const auto bytes = bytes_of_base32(plain);
            return bytes && !bytes->empty() ? key.seal(*bytes, row.account, system_random())
                                            : std::string{};
        };
        auto done = execute(
            database,
            "UPDATE account SET totp_secret = ?, totp_begun = ? WHERE name = ?",
            sealed(row.secret),
            sealed(row.begun),
            row.account
        );
        if (!done) {
            return std::move(done).error();
        }
    }
    return database.run("PRAGMA user_version = 2");
}

/// The key beside the book. Where keys of apps are sealed already, it has to be there.
Result<FactorKey>
key_beside(const Database& database, const std::filesystem::path& book, std::int64_t layout) {
    const std::filesystem::path file = FactorKey::file_of(book);
    ADIC_TRY(
        const std::int64_t enrolled,
        number_of(database, "SELECT count(*) FROM account WHERE totp_secret <> ''")
    );
    std::error_code ignored;
    if (layout >= sealed_layout && enrolled > 0 && !std::filesystem::exists(file, ignored)) {
        return Error{
            ErrorCode::not_found,
            "'" + file.string() + "' is missing, with which the keys of second factors in '"
                + book.string()
                + "' are sealed: put it back; if it is lost, make an empty file of that name (chmod "
                  "600), and people sign in with recovery codes and enrol anew",
            {}};
    }
    return FactorKey::open(file);
}

std::optional<Error>
bring_up_to_date(const Database& database, const FactorKey& key, std::int64_t layout) {
    if (layout < sealed_layout) {
        if (auto problem = seal_factors(database, key)) {
            return problem;
        }
    }
    return layout < newest_layout ? database.run(bind_organisations) : std::nullopt;
}

/// Makes the tables of a new file, brings an older one up to date, and refuses files of others and
/// of later versions. The key that belongs to it.
Result<FactorKey> prepare(const Database& database, const std::filesystem::path& path) {
    for (const char* setting :
         {"PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA foreign_keys = ON",
          "PRAGMA secure_delete = ON",
          "PRAGMA trusted_schema = OFF",
          "PRAGMA cell_size_check = ON"}) {
        if (auto problem = database.run(setting)) {
            return *std::move(problem);
        }
    }
    // Two programs may make the same new file: only who holds the lock looks whether it is new.
    auto begun = Transaction::begin(database);
    if (!begun) {
        return begun.error();
    }
    Transaction transaction = *std::move(begun);
    const auto whose = number_of(database, "PRAGMA application_id");
    const auto layout = number_of(database, "PRAGMA user_version");
    const auto tables = number_of(database, "SELECT count(*) FROM sqlite_master");
    if (!whose || !layout || !tables) {
        return no_book();
    }
    const bool is_new = *whose == 0 && *tables == 0;
    if (!is_new && *whose != application) {
        return Error{ErrorCode::invalid_argument, "the file is a database of another program", {}};
    }
    if (*layout > newest_layout) {
        return Error{
            ErrorCode::invalid_argument,
            "the accounts were written by a later version of adic: use that one",
            {}};
    }
    if (is_new) {
        if (auto problem = database.run(layout_1)) {
            return *std::move(problem);
        }
    }
    ADIC_TRY(FactorKey key, key_beside(database, path, *layout));
    if (auto problem = bring_up_to_date(database, key, *layout)) {
        return *std::move(problem);
    }
    if (auto problem = transaction.commit()) {
        return *std::move(problem);
    }
    if (*layout < newest_layout && !is_new) {
        // The write-ahead log would keep what stood there before.
        if (auto problem = database.run("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return *std::move(problem);
        }
    }
    return key;
}

}  // namespace

Result<std::unique_ptr<BookFile>>
BookFile::open(const std::filesystem::path& path, AccountBook::IfMissing missing) {
    constexpr std::string_view what = "book of accounts";
    // SQLite gives the files that it puts beside the book the same permissions. Closed at once:
    // when a process closes a file, it loses its locks on it.
    if (auto claimed = OwnFile::open(path, what, missing == AccountBook::IfMissing::make);
        !claimed) {
        return std::move(claimed).error();
    }
    ADIC_TRY(Database writing, Database::open(path, what));
    ADIC_TRY(FactorKey key, prepare(writing, path));
    ADIC_TRY(Database reading, Database::open(path, what));
    if (auto problem = reading.run("PRAGMA query_only = ON")) {
        return *std::move(problem);
    }
    return std::make_unique<BookFile>(std::move(reading), std::move(writing), std::move(key));
}

std::int64_t to_number(std::chrono::sys_seconds at) {
    return at.time_since_epoch().count();
}

std::chrono::sys_seconds to_time(std::int64_t number) {
    return std::chrono::sys_seconds{std::chrono::seconds{number}};
}

Account account_in(const Statement& row, int from) {
    Account account;
    account.name = row.text(from);
    account.display_name = row.text(from + 1);
    account.state = row.text(from + 2);
    account.organisation = row.text(from + 3);
    account.roles = Roles::from_bits(static_cast<std::uint32_t>(row.number(from + 4)));
    account.widest = static_cast<model::Audience::Kind>(row.number(from + 5));
    account.is_enabled = row.number(from + 6) != 0;
    account.has_password = row.number(from + 7) != 0;
    account.must_change_password = row.number(from + 8) != 0;
    account.has_second_factor = row.number(from + 9) != 0;
    account.rights = static_cast<std::uint64_t>(row.number(from + 10));
    account.created = to_time(row.number(from + 11));
    account.created_by = row.text(from + 12);
    account.changed = to_time(row.number(from + 13));
    account.changed_by = row.text(from + 14);
    return account;
}

Result<std::optional<Account>> find_account(const Database& database, std::string_view name) {
    ADIC_TRY(
        Statement row,
        prepared(
            database,
            "SELECT " + std::string(account_columns) + " FROM account a WHERE a.name = ?",
            name
        )
    );
    ADIC_TRY(const bool is_there, row.step());
    if (!is_there) {
        return std::optional<Account>{};
    }
    return std::optional{account_in(row)};
}

Result<Account> account_in_book(const Database& database, std::string_view name) {
    ADIC_TRY(auto account, find_account(database, name));
    if (!account) {
        return no_such_account();
    }
    return *std::move(account);
}

Result<Account> managed_account(const Database& database, std::string_view name, const Actor& by) {
    ADIC_TRY(Account account, account_in_book(database, name));
    if (!by.may_manage(account.state)) {
        return no_such_account();
    }
    return account;
}

std::optional<Error> note(const Database& database, const AccountEvent& event) {
    return problem_in(execute(
        database,
        "INSERT INTO event (at, by, account, what) VALUES (?, ?, ?, ?)",
        to_number(event.at),
        event.by,
        event.account,
        event.what
    ));
}

std::optional<Error> end_sessions(const Database& database, std::string_view account) {
    auto grown =
        execute(database, "UPDATE account SET rights = rights + 1 WHERE name = ?", account);
    if (!grown) {
        return std::move(grown).error();
    }
    return problem_in(execute(database, "DELETE FROM session WHERE account = ?", account));
}

Error no_such_account() {
    return {ErrorCode::not_found, "there is no such account", {}};
}

}  // namespace adic::access
