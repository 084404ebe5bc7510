#include "adic/registry/store/sqlite_store.hpp"

#include "adic/registry/store/record_json.hpp"
#include "adic/sqlite/database.hpp"

#include "store/sqlite_layout.hpp"
#include "store/stored_version.hpp"

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>
#include <variant>

#include <fcntl.h>
#include <unistd.h>

namespace adic::registry {
namespace {

using model::Record;
using model::RecordVersion;
using sqlite::Database;
using sqlite::Statement;
using sqlite::Transaction;

constexpr std::string_view version_columns =
    "v.id, v.number, v.type, v.owner, v.at, v.author, v.why, v.is_withdrawn, v.body";

Result<RecordVersion> read_version(const Statement& row) {
    return version_of(
        {row.text(0),
         row.number(1),
         row.text(2),
         row.text(3),
         row.number(4),
         row.text(5),
         row.text(6),
         row.number(7) != 0,
         row.text(8)}
    );
}

class SqliteStore : public RecordStore {
  public:
    explicit SqliteStore(Database database) : database_(std::move(database)) {}

    std::optional<Error> write(std::span<const RecordWrite> writes, std::chrono::sys_seconds at)
        override {
        if (auto problem = problem_of(writes)) {
            return problem;
        }
        const std::lock_guard lock(using_);
        auto begun = Transaction::begin(database_);
        if (!begun) {
            return begun.error();
        }
        Transaction transaction = *std::move(begun);
        if (auto problem = write_all(writes, at)) {
            return problem;
        }
        return transaction.commit();
    }

    Result<std::optional<RecordVersion>> latest(const std::string& id) const override {
        ADIC_TRY(
            std::vector<RecordVersion> versions,
            read(
                "SELECT " + std::string(version_columns)
                    + " FROM latest l JOIN version v ON v.id = l.id AND v.number = l.number"
                      " WHERE l.id = ?",
                id
            )
        );
        return versions.empty() ? std::nullopt : std::optional{std::move(versions.front())};
    }

    Result<std::vector<RecordVersion>> history(const std::string& id) const override {
        return read(
            "SELECT " + std::string(version_columns)
                + " FROM version v WHERE v.id = ? ORDER BY v.number",
            id
        );
    }

    std::optional<Error> scan(
        const RecordFilter& filter,
        const std::function<bool(const RecordVersion&)>& visit
    ) const override {
        std::string sql = "SELECT " + std::string(version_columns)
                          + " FROM latest l JOIN version v ON v.id = l.id AND v.number = l.number"
                            " WHERE l.is_withdrawn = 0";
        std::vector<Value> words;
        for (const auto& [column, word] :
             {std::pair{"type", filter.type}, std::pair{"owner", filter.owner}}) {
            if (!word.empty()) {
                sql += std::string(" AND l.") + column + " = ?";
                words.emplace_back(word);
            }
        }
        return visit_rows(
            sql + " ORDER BY l.id",
            words,
            [&](const Statement&, const RecordVersion& version) { return visit(version); }
        );
    }

    /// Writers wait for one another, so that a number that is seen has no smaller one to come.
    Result<std::uint64_t> changes_since(
        std::uint64_t sequence,
        const std::function<bool(std::uint64_t sequence, const RecordVersion&)>& visit
    ) const override {
        constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
        std::uint64_t last = sequence;
        auto problem = visit_rows(
            "SELECT " + std::string(version_columns)
                + ", c.sequence FROM change c"
                  " JOIN version v ON v.id = c.id AND v.number = c.number"
                  " WHERE c.sequence > ? ORDER BY c.sequence",
            {static_cast<std::int64_t>(std::min(sequence, largest))},
            [&](const Statement& row, const RecordVersion& version) {
                constexpr int sequence_column = 9;
                last = static_cast<std::uint64_t>(row.number(sequence_column));
                return visit(last, version);
            }
        );
        if (problem) {
            return *std::move(problem);
        }
        return last;
    }

  private:
    using Value = std::variant<std::string, std::int64_t>;

    std::optional<Error> visit_rows(
        const std::string& sql,
        const std::vector<Value>& values,
        const std::function<bool(const Statement& row, const RecordVersion&)>& visit
    ) const {
        const std::lock_guard lock(using_);
        auto statement = Statement::prepare(database_, sql);
        if (!statement) {
            return statement.error();
        }
        Statement rows = *std::move(statement);
        for (const Value& value : values) {
            std::visit([&](const auto& given) { rows.bind(given); }, value);
        }
        while (true) {
            const auto has_row = rows.step();
            if (!has_row) {
                return has_row.error();
            }
            if (!*has_row) {
                return std::nullopt;
            }
            const auto version = read_version(rows);
            if (!version) {
                return version.error();
            }
            if (!visit(rows, *version)) {
                return std::nullopt;
            }
        }
    }

    Result<std::vector<RecordVersion>> read(const std::string& sql, const std::string& id) const {
        std::vector<RecordVersion> versions;
        auto problem = visit_rows(sql, {id}, [&](const Statement&, const RecordVersion& version) {
            versions.push_back(version);
            return true;
        });
        if (problem) {
            return *std::move(problem);
        }
        return versions;
    }

    /// Requires: a transaction is open.
    std::optional<Error> write_all(std::span<const RecordWrite> writes, std::chrono::sys_seconds at)
        const {
        auto found =
            Statement::prepare(database_, "SELECT number, type, owner FROM latest WHERE id = ?");
        auto added =
            Statement::prepare(database_, "INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        auto moved = Statement::prepare(
            database_,
            "INSERT INTO latest VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET number = excluded.number, is_withdrawn = excluded.is_withdrawn"
        );
        for (const auto* statement : {&found, &added, &moved}) {
            if (!*statement) {
                return statement->error();
            }
        }
        Writer writer{*std::move(found), *std::move(added), *std::move(moved)};
        for (const RecordWrite& write : writes) {
            if (auto problem = writer.changed_of(write.given)) {
                return problem;
            }
        }
        for (const RecordWrite& write : writes) {
            if (auto problem = writer.write(write, at)) {
                return problem;
            }
        }
        return std::nullopt;
    }

    /// The statements of a write, prepared once for all of its records.
    struct Writer {
        Statement found;
        Statement added;
        Statement moved;

        /// Requires: nothing of the set has been written yet.
        std::optional<Error> changed_of(std::span<const RecordStand> given) {
            for (const RecordStand& one : given) {
                found.reset();
                found.bind(one.id);
                const auto is_there = found.step();
                if (!is_there) {
                    return is_there.error();
                }
                if ((*is_there ? static_cast<std::uint64_t>(found.number(0)) : 0) != one.number) {
                    return no_longer_given(one);
                }
            }
            return std::nullopt;
        }

        std::optional<Error> conflict(const RecordWrite& write) {
            found.reset();
            found.bind(write.record.id);
            const auto is_there = found.step();
            if (!is_there) {
                return is_there.error();
            }
            const auto latest = *is_there ? static_cast<std::uint64_t>(found.number(0)) : 0;
            if (latest != write.follows) {
                return changed_since(write, latest);
            }
            const bool is_same =
                !*is_there
                || (found.text(1) == write.record.type->key && found.text(2) == write.record.owner);
            if (!is_same) {
                return keeps_owner_and_type(write);
            }
            return std::nullopt;
        }

        std::optional<Error> write(const RecordWrite& write, std::chrono::sys_seconds at) {
            if (auto problem = conflict(write)) {
                return problem;
            }
            const Record& record = write.record;
            const auto number = static_cast<std::int64_t>(write.follows + 1);
            const std::int64_t withdrawn = write.is_withdrawal ? 1 : 0;
            added.reset();
            added.bind(record.id).bind(number).bind(record.type->key).bind(record.owner);
            added.bind(std::int64_t{at.time_since_epoch().count()}).bind(write.by).bind(write.why);
            added.bind(withdrawn).bind(write_record_body(record));
            if (const auto done = added.step(); !done) {
                return done.error();
            }
            moved.reset();
            moved.bind(record.id).bind(number).bind(record.type->key).bind(record.owner);
            moved.bind(withdrawn);
            const auto done = moved.step();
            return done ? std::nullopt : std::optional{done.error()};
        }
    };

    Database database_;
    mutable std::mutex using_;
};

}  // namespace

Result<std::unique_ptr<RecordStore>> open_sqlite_store(const std::filesystem::path& file) {
    ADIC_TRY(Database database, Database::open(file, "registry"));
    if (auto problem = prepare_layout(database)) {
        problem->message = "'" + file.string() + "': " + problem->message;
        return *std::move(problem);
    }
    return std::unique_ptr<RecordStore>(std::make_unique<SqliteStore>(std::move(database)));
}

namespace {

std::optional<Error> copy_into(const std::filesystem::path& file, const std::string& copy) {
    auto database = Database::open(file, "registry");
    if (!database) {
        return database.error();
    }
    auto statement = Statement::prepare(*database, "VACUUM INTO ?");
    if (!statement) {
        return statement.error();
    }
    Statement copying = *std::move(statement);
    copying.bind(copy);
    const auto done = copying.step();
    return done ? std::nullopt : std::optional{done.error()};
}

/// Reads all of the copy and what it is made of.
std::optional<Error> check_copy(const std::filesystem::path& copy) {
    auto database = Database::open(copy, "copy");
    if (!database) {
        return database.error();
    }
    auto statement = Statement::prepare(*database, "PRAGMA integrity_check");
    if (!statement) {
        return statement.error();
    }
    Statement checking = *std::move(statement);
    const auto row = checking.step();
    const bool is_whole = row && *row && checking.text(0) == "ok";
    return is_whole ? std::nullopt
                    : std::optional{Error{ErrorCode::unavailable, "the copy is not whole", {}}};
}

std::optional<Error> bring_to_disk(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool is_done = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return is_done ? std::nullopt
                   : std::optional{Error{ErrorCode::unavailable, "the copy cannot be kept", {}}};
}

}  // namespace

std::optional<Error>
back_up_sqlite_store(const std::filesystem::path& file, const std::filesystem::path& into) {
    std::error_code failed;
    if (!std::filesystem::exists(file, failed)) {
        return Error{ErrorCode::not_found, "there is no registry '" + file.string() + "'", {}};
    }
    if (std::filesystem::exists(into, failed)) {
        return Error{
            ErrorCode::conflict,
            "'" + into.string() + "' is there already, and a backup replaces nothing",
            {}};
    }
    const std::string beside = into.string() + ".part";
    std::filesystem::remove(beside, failed);
    auto problem = copy_into(file, beside);
    problem = problem ? problem : check_copy(beside);
    problem = problem ? problem : bring_to_disk(beside);
    if (!problem) {
        // A link, unlike renaming, replaces nothing that came in the meantime.
        std::filesystem::create_hard_link(beside, into, failed);
        if (failed) {
            problem = Error{ErrorCode::unavailable, "the copy cannot be kept", failed.message()};
        }
    }
    std::filesystem::remove(beside, failed);
    return problem;
}

std::optional<Error>
migrate_sqlite_store(const std::filesystem::path& file, std::int64_t to_layout) {
    std::error_code failed;
    if (!std::filesystem::exists(file, failed)) {
        return Error{ErrorCode::not_found, "there is no registry '" + file.string() + "'", {}};
    }
    const auto database = Database::open(file, "registry");
    if (!database) {
        return database.error();
    }
    auto problem = change_layout(*database, to_layout);
    if (problem) {
        problem->message = "'" + file.string() + "': " + problem->message;
    }
    return problem;
}

}  // namespace adic::registry
