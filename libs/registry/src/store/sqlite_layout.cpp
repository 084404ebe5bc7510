#include "store/sqlite_layout.hpp"

#include "adic/registry/store/sqlite_store.hpp"

#include <array>
#include <string>
#include <string_view>

namespace adic::registry {
namespace {

using sqlite::Database;
using sqlite::Statement;
using sqlite::Transaction;

/// "adic" in the header of the file tells it from databases of others.
constexpr std::int64_t application = 0x61646963;

/// A step between two layouts. It runs in a transaction, and sets the number of the layout itself.
struct SqliteStep {
    const char* forward;
    const char* back;
};

/// Versions are only ever added: the triggers hold whoever forgets it.
constexpr const char* layout_1 = R"(
CREATE TABLE version (
    id TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    type TEXT NOT NULL,
    owner TEXT NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    why TEXT NOT NULL,
    is_withdrawn INTEGER NOT NULL CHECK (is_withdrawn IN (0, 1)),
    body TEXT NOT NULL,
    PRIMARY KEY (id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE latest (
    id TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL,
    type TEXT NOT NULL,
    owner TEXT NOT NULL,
    is_withdrawn INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX latest_by_type ON latest (type, owner, id) WHERE is_withdrawn = 0;
CREATE INDEX latest_by_owner ON latest (owner, id) WHERE is_withdrawn = 0;
CREATE TRIGGER version_is_not_changed BEFORE UPDATE ON version
    BEGIN SELECT RAISE(ABORT, 'versions are not changed'); END;
CREATE TRIGGER version_is_not_deleted BEFORE DELETE ON version
    BEGIN SELECT RAISE(ABORT, 'versions are not deleted'); END;
PRAGMA user_version = 1;
PRAGMA application_id = 1633970531;
)";
static_assert(application == 1633970531, "the layout writes it out");

/// The order in which versions came. Those of a layout without it are put in the order of their
/// days, and the versions of one record in that of their numbers whatever the clocks said.
constexpr const char* layout_2 = R"(
CREATE TABLE change (
    sequence INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL,
    number INTEGER NOT NULL
) STRICT;
INSERT INTO change (id, number)
    SELECT id, number FROM version
    ORDER BY max(at) OVER (PARTITION BY id ORDER BY number), id, number;
CREATE TRIGGER version_is_a_change AFTER INSERT ON version
    BEGIN INSERT INTO change (id, number) VALUES (NEW.id, NEW.number); END;
CREATE TRIGGER change_is_not_changed BEFORE UPDATE ON change
    BEGIN SELECT RAISE(ABORT, 'the order of versions is not changed'); END;
CREATE TRIGGER change_is_not_deleted BEFORE DELETE ON change
    BEGIN SELECT RAISE(ABORT, 'the order of versions is not deleted'); END;
PRAGMA user_version = 2;
)";

constexpr const char* back_to_1 = R"(
DROP TRIGGER version_is_a_change;
DROP TABLE change;
PRAGMA user_version = 1;
)";

/// Step n leads from layout n to layout n + 1. There is no way back to a file without tables.
constexpr std::array steps{SqliteStep{layout_1, nullptr}, SqliteStep{layout_2, back_to_1}};
static_assert(steps.size() == newest_sqlite_layout);

Result<std::int64_t> pragma(const Database& database, std::string_view name) {
    ADIC_TRY(Statement statement, Statement::prepare(database, "PRAGMA " + std::string(name)));
    ADIC_TRY(const bool is_there, statement.step());
    return is_there ? statement.number(0) : std::int64_t{0};
}

Result<bool> is_empty(const Database& database) {
    ADIC_TRY(
        Statement statement,
        Statement::prepare(database, "SELECT count(*) FROM sqlite_master")
    );
    ADIC_TRY(const bool is_there, statement.step());
    return is_there && statement.number(0) == 0;
}

Error not_a_registry(std::string_view what) {
    return Error{ErrorCode::invalid_argument, std::string(what), {}};
}

/// The layout of the file; 0: it is new.
Result<std::int64_t> layout_of(const Database& database) {
    const auto whose = pragma(database, "application_id");
    const auto layout = pragma(database, "user_version");
    const auto is_new = is_empty(database);
    if (!whose || !layout || !is_new) {
        return not_a_registry("the file is no registry, or is damaged");
    }
    if (*whose == 0 && *is_new) {
        return std::int64_t{0};
    }
    if (*whose != application) {
        return not_a_registry("the file is a database of another program");
    }
    if (*layout > newest_sqlite_layout) {
        return not_a_registry("the registry was written by a later version of adic: use that one");
    }
    return *layout;
}

std::optional<Error> walk(const Database& database, std::int64_t from, std::int64_t to) {
    for (std::int64_t layout = from; layout < to; ++layout) {
        if (auto problem = database.run(steps[static_cast<std::size_t>(layout)].forward)) {
            return problem;
        }
    }
    for (std::int64_t layout = from; layout > to; --layout) {
        if (auto problem = database.run(steps[static_cast<std::size_t>(layout - 1)].back)) {
            return problem;
        }
    }
    return std::nullopt;
}

/// Two programs may come to the same file at once: only who holds the lock looks what it is.
std::optional<Error> move_to(const Database& database, std::int64_t layout) {
    auto begun = Transaction::begin(database);
    if (!begun) {
        return begun.error();
    }
    Transaction transaction = *std::move(begun);
    const auto now = layout_of(database);
    if (!now) {
        return now.error();
    }
    if (auto problem = walk(database, *now, layout)) {
        return problem;
    }
    return transaction.commit();
}

}  // namespace

std::optional<Error> prepare_layout(const Database& database) {
    for (const char* setting :
         {"PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA trusted_schema = OFF",
          "PRAGMA cell_size_check = ON"}) {
        if (auto problem = database.run(setting)) {
            return problem;
        }
    }
    return move_to(database, newest_sqlite_layout);
}

std::optional<Error> change_layout(const Database& database, std::int64_t layout) {
    if (layout < 1 || layout > newest_sqlite_layout) {
        return Error{
            ErrorCode::invalid_argument,
            "a registry in a file has layout 1 to " + std::to_string(newest_sqlite_layout),
            {}};
    }
    return move_to(database, layout);
}

}  // namespace adic::registry
