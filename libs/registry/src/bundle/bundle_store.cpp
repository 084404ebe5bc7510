#include "adic/registry/bundle/bundle_store.hpp"

#include "adic/audit/event.hpp"
#include "adic/base/sha256.hpp"
#include "adic/sqlite/database.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

namespace adic::registry {
namespace {

using sqlite::Database;
using sqlite::Statement;
using sqlite::Transaction;

/// "adib" in the header of the file.
constexpr std::int64_t application = 0x61646962;

constexpr const char* layout = R"(
CREATE TABLE sent (
    sender TEXT NOT NULL, recipient TEXT NOT NULL, series TEXT NOT NULL, number INTEGER NOT NULL,
    follows INTEGER NOT NULL, digest TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (series, number)
) STRICT;
CREATE TABLE given (
    series TEXT NOT NULL, number INTEGER NOT NULL, record TEXT NOT NULL, type TEXT NOT NULL,
    digest TEXT NOT NULL, PRIMARY KEY (series, number, record)
) STRICT, WITHOUT ROWID;
CREATE TABLE imported (
    sender TEXT NOT NULL, recipient TEXT NOT NULL, series TEXT NOT NULL, number INTEGER NOT NULL,
    digest TEXT NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL, imported_at INTEGER NOT NULL,
    PRIMARY KEY (series, number)
) STRICT;
CREATE TABLE received (
    sender TEXT NOT NULL, recipient TEXT NOT NULL, record TEXT NOT NULL, series TEXT NOT NULL,
    number INTEGER NOT NULL, lines TEXT NOT NULL, PRIMARY KEY (record, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX received_from ON received (sender, recipient);
PRAGMA user_version = 1;
PRAGMA application_id = 1633970530;
)";
static_assert(application == 1633970530, "the layout writes it out");

Result<std::int64_t> number_of(const Database& database, const char* sql) {
    ADIC_TRY(Statement statement, Statement::prepare(database, sql));
    ADIC_TRY(const bool is_there, statement.step());
    return is_there ? statement.number(0) : std::int64_t{0};
}

std::optional<Error> prepare(const Database& database) {
    // What is taken back is overwritten in the file, and does not stay in its free pages.
    for (const char* setting :
         {"PRAGMA synchronous = FULL",
          "PRAGMA trusted_schema = OFF",
          "PRAGMA secure_delete = ON"}) {
        if (auto problem = database.run(setting)) {
            return problem;
        }
    }
    auto begun = Transaction::begin(database);
    if (!begun) {
        return begun.error();
    }
    Transaction transaction = *std::move(begun);
    const auto whose = number_of(database, "PRAGMA application_id");
    const auto version = number_of(database, "PRAGMA user_version");
    const auto tables = number_of(database, "SELECT count(*) FROM sqlite_master");
    if (whose && tables && *whose == 0 && *tables == 0) {
        if (auto problem = database.run(layout)) {
            return problem;
        }
        return transaction.commit();
    }
    if (!whose || !version || *whose != application || *version != 1) {
        return Error{
            ErrorCode::invalid_argument,
            "the file does not hold bundles, or is of a later version of adic",
            {}};
    }
    return std::nullopt;
}

std::chrono::sys_seconds time_of(std::int64_t seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

std::int64_t seconds_of(std::chrono::sys_seconds time) {
    return std::int64_t{time.time_since_epoch().count()};
}

/// Runs a statement that gives no rows.
std::optional<Error> done(Statement& statement) {
    const auto step = statement.step();
    return step ? std::nullopt : std::optional{step.error()};
}

/// Of a row that begins with series, number, digest and time.
Result<std::optional<BundlePlace>> place_of(Statement& statement) {
    ADIC_TRY(const bool is_there, statement.step());
    if (!is_there) {
        return std::optional<BundlePlace>{};
    }
    return std::optional{BundlePlace{
        statement.text(0),
        static_cast<std::uint64_t>(statement.number(1)),
        statement.text(2),
        time_of(statement.number(3))}};
}

std::int64_t column(std::uint64_t number) {
    return static_cast<std::int64_t>(number);
}

}  // namespace

struct BundleStore::Parts {
    Database database;
    mutable std::mutex using_{};

    Result<std::optional<BundlePlace>>
    find(const char* sql, const std::string& first, const std::string& second) const {
        ADIC_TRY(Statement statement, Statement::prepare(database, sql));
        statement.bind(first).bind(second);
        return place_of(statement);
    }

    Result<std::optional<BundlePlace>>
    find(const char* sql, const std::string& series, std::uint64_t number) const {
        ADIC_TRY(Statement statement, Statement::prepare(database, sql));
        statement.bind(series).bind(column(number));
        return place_of(statement);
    }

    /// The numbers of the bundles that one goes on from, the first first, and it.
    Result<std::vector<std::uint64_t>> chain_of(const std::string& series, std::uint64_t number)
        const {
        ADIC_TRY(
            Statement statement,
            Statement::prepare(database, "SELECT follows FROM sent WHERE series = ? AND number = ?")
        );
        std::vector<std::uint64_t> chain;
        while (number > 0) {
            chain.push_back(number);
            statement.reset();
            statement.bind(series).bind(column(number));
            ADIC_TRY(const bool is_there, statement.step());
            number = is_there ? static_cast<std::uint64_t>(statement.number(0)) : 0;
        }
        std::reverse(chain.begin(), chain.end());
        return chain;
    }

    std::optional<Error> add_given(const Bundle& bundle) const {
        auto prepared = Statement::prepare(database, "INSERT INTO given VALUES (?, ?, ?, ?, ?)");
        if (!prepared) {
            return prepared.error();
        }
        Statement statement = *std::move(prepared);
        const auto add = [&](const std::string& id, std::string_view type, std::string_view digest
                         ) {
            statement.reset();
            statement.bind(bundle.series).bind(column(bundle.number)).bind(id).bind(type);
            statement.bind(digest);
            return done(statement);
        };
        for (const SeenPast& past : bundle.records) {
            const SeenRecord& record = past.back().record;
            if (auto problem = add(record.id, record.type->key, digest_of_past(past))) {
                return problem;
            }
        }
        for (const WithdrawnRecord& record : bundle.withdrawn) {
            if (auto problem = add(record.id, record.type->key, "")) {
                return problem;
            }
        }
        return std::nullopt;
    }

    std::optional<Error> run(const char* sql, const std::function<void(Statement&)>& bind) const {
        auto prepared = Statement::prepare(database, sql);
        if (!prepared) {
            return prepared.error();
        }
        Statement statement = *std::move(prepared);
        bind(statement);
        return done(statement);
    }

    std::optional<Error> take_records(const Bundle& bundle) const {
        if (bundle.follows == 0) {
            auto problem =
                run("DELETE FROM received WHERE sender = ? AND recipient = ?",
                    [&](Statement& statement) { statement.bind(bundle.from).bind(bundle.to); });
            if (problem) {
                return problem;
            }
        }
        for (const SeenPast& past : bundle.records) {
            auto problem =
                run("INSERT OR REPLACE INTO received VALUES (?, ?, ?, ?, ?, ?)",
                    [&](Statement& statement) {
                        statement.bind(bundle.from).bind(bundle.to).bind(past.back().record.id);
                        statement.bind(bundle.series).bind(column(bundle.number));
                        statement.bind(write_past(past));
                    });
            if (problem) {
                return problem;
            }
        }
        for (const WithdrawnRecord& record : bundle.withdrawn) {
            auto problem =
                run("DELETE FROM received WHERE record = ? AND recipient = ?",
                    [&](Statement& statement) { statement.bind(record.id).bind(bundle.to); });
            if (problem) {
                return problem;
            }
        }
        return std::nullopt;
    }
};

std::string digest_of_past(const SeenPast& past) {
    return to_hex(sha256(write_past(past)));
}

BundleStore::BundleStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

BundleStore::~BundleStore() = default;

Result<std::unique_ptr<BundleStore>> BundleStore::open(const std::filesystem::path& file) {
    ADIC_TRY(Database database, Database::open(file, "file of bundles"));
    if (auto problem = prepare(database)) {
        problem->message = "'" + file.string() + "': " + problem->message;
        return *std::move(problem);
    }
    auto parts = std::unique_ptr<Parts>(new Parts{std::move(database)});
    return std::unique_ptr<BundleStore>(new BundleStore(std::move(parts)));
}

Result<BundlePlace> BundleStore::last_sent(const std::string& from, const std::string& to) const {
    const std::lock_guard lock(parts_->using_);
    ADIC_TRY(
        auto place,
        parts_->find(
            "SELECT series, number, digest, at FROM sent WHERE sender = ? AND recipient = ?"
            " ORDER BY rowid DESC LIMIT 1",
            from,
            to
        )
    );
    return std::move(place).value_or(BundlePlace{});
}

Result<std::optional<BundlePlace>>
BundleStore::find_sent(const std::string& series, std::uint64_t number) const {
    const std::lock_guard lock(parts_->using_);
    return parts_->find(
        "SELECT series, number, digest, at FROM sent WHERE series = ? AND number = ?",
        series,
        number
    );
}

Result<Given> BundleStore::given_by(const std::string& series, std::uint64_t number) const {
    const std::lock_guard lock(parts_->using_);
    ADIC_TRY(const auto chain, parts_->chain_of(series, number));
    ADIC_TRY(
        Statement statement,
        Statement::prepare(
            parts_->database,
            "SELECT record, type, digest FROM given WHERE series = ? AND number = ?"
        )
    );
    Given given;
    for (const std::uint64_t one : chain) {
        statement.reset();
        statement.bind(series).bind(column(one));
        while (true) {
            ADIC_TRY(const bool is_there, statement.step());
            if (!is_there) {
                break;
            }
            const std::string digest = statement.text(2);
            if (digest.empty()) {
                given.erase(statement.text(0));
            } else {
                given[statement.text(0)] = {statement.text(1), digest};
            }
        }
    }
    return given;
}

std::optional<Error> BundleStore::add_sent(const Bundle& bundle, const std::string& digest) {
    const std::lock_guard lock(parts_->using_);
    auto begun = Transaction::begin(parts_->database);
    if (!begun) {
        return begun.error();
    }
    Transaction transaction = *std::move(begun);
    const auto there = parts_->find(
        "SELECT series, number, digest, at FROM sent WHERE series = ? AND number = ?",
        bundle.series,
        bundle.number
    );
    if (!there) {
        return there.error();
    }
    if (*there) {
        return Error{
            ErrorCode::conflict,
            "a bundle of this number was sent just now: try again",
            {}};
    }
    auto problem =
        parts_->run("INSERT INTO sent VALUES (?, ?, ?, ?, ?, ?, ?)", [&](Statement& statement) {
            statement.bind(bundle.from).bind(bundle.to).bind(bundle.series);
            statement.bind(column(bundle.number)).bind(column(bundle.follows)).bind(digest);
            statement.bind(seconds_of(bundle.at));
        });
    if (problem) {
        return problem;
    }
    if (auto failed = parts_->add_given(bundle)) {
        return failed;
    }
    return transaction.commit();
}

Result<BundlePlace> BundleStore::last_imported(const std::string& from, const std::string& to)
    const {
    const std::lock_guard lock(parts_->using_);
    ADIC_TRY(
        auto place,
        parts_->find(
            "SELECT series, number, digest, at FROM imported WHERE sender = ? AND recipient = ?"
            " ORDER BY rowid DESC LIMIT 1",
            from,
            to
        )
    );
    return std::move(place).value_or(BundlePlace{});
}

Result<std::optional<BundlePlace>>
BundleStore::find_imported(const std::string& series, std::uint64_t number) const {
    const std::lock_guard lock(parts_->using_);
    return parts_->find(
        "SELECT series, number, digest, at FROM imported WHERE series = ? AND number = ?",
        series,
        number
    );
}

std::optional<Error> BundleStore::import(
    const Bundle& bundle,
    const std::string& digest,
    std::string_view by,
    std::chrono::sys_seconds at
) {
    const std::lock_guard lock(parts_->using_);
    auto begun = Transaction::begin(parts_->database);
    if (!begun) {
        return begun.error();
    }
    Transaction transaction = *std::move(begun);
    const auto last = parts_->find(
        "SELECT series, number, digest, at FROM imported WHERE sender = ? AND recipient = ?"
        " ORDER BY rowid DESC LIMIT 1",
        bundle.from,
        bundle.to
    );
    if (!last) {
        return last.error();
    }
    const bool goes_on = bundle.follows == 0 ? !*last || (*last)->series != bundle.series
                                             : *last && (*last)->series == bundle.series
                                                   && (*last)->number == bundle.follows
                                                   && (*last)->digest == bundle.previous;
    if (!goes_on) {
        return Error{ErrorCode::conflict, "another bundle was imported just now: look again", {}};
    }
    if (auto problem = parts_->take_records(bundle)) {
        return problem;
    }
    auto problem = parts_->run(
        "INSERT INTO imported VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [&](Statement& statement) {
            statement.bind(bundle.from).bind(bundle.to).bind(bundle.series);
            statement.bind(column(bundle.number)).bind(digest).bind(seconds_of(bundle.at));
            statement.bind(by).bind(seconds_of(at));
        }
    );
    return problem ? problem : transaction.commit();
}

Result<std::vector<ReceivedRecord>>
BundleStore::received(const std::string& from, const std::string& to) const {
    const std::lock_guard lock(parts_->using_);
    ADIC_TRY(
        Statement statement,
        Statement::prepare(
            parts_->database,
            "SELECT recipient, series, number, lines FROM received"
            " WHERE (?1 = '' OR sender = ?1) AND (?2 = '' OR recipient = ?2)"
            " ORDER BY record, recipient"
        )
    );
    statement.bind(from).bind(to);
    std::vector<ReceivedRecord> records;
    while (true) {
        ADIC_TRY(const bool is_there, statement.step());
        if (!is_there) {
            return records;
        }
        ReceivedRecord record;
        record.to = statement.text(0);
        record.series = statement.text(1);
        record.number = static_cast<std::uint64_t>(statement.number(2));
        ADIC_TRY(record.versions, parse_past(statement.text(3)));
        records.push_back(std::move(record));
    }
}

}  // namespace adic::registry
