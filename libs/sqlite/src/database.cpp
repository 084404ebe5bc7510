#include "adic/sqlite/database.hpp"

#include <utility>

#include <sqlite3.h>

namespace adic::sqlite {

void Database::Close::operator()(sqlite3* handle) const {
    sqlite3_close_v2(handle);
}

Result<Database> Database::open(const std::filesystem::path& file, std::string_view what) {
    sqlite3* handle = nullptr;
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    Database database{handle, what};
    if (code != SQLITE_OK) {
        return Error{
            ErrorCode::unavailable,
            "'" + file.string() + "' cannot be opened",
            handle == nullptr ? "out of memory" : sqlite3_errmsg(handle)};
    }
    constexpr int patience_ms = 10'000;
    sqlite3_busy_timeout(handle, patience_ms);
    sqlite3_extended_result_codes(handle, 1);
    return database;
}

std::optional<Error> Database::run(const char* sql) const {
    if (sqlite3_exec(get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) {
        return std::nullopt;
    }
    return error("run");
}

Error Database::error(std::string_view doing) const {
    const int code = sqlite3_errcode(get()) & 0xFF;
    const std::string detail = std::string(doing) + ": " + sqlite3_errmsg(get());
    const std::string what{what_};
    switch (code) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return {ErrorCode::invalid_argument, "the file is no " + what + ", or is damaged", detail};
    case SQLITE_FULL: return {ErrorCode::unavailable, "there is no space left for it", detail};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::unavailable, "somebody else has been writing for too long", detail};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return {ErrorCode::unavailable, "it may not be written here", detail};
    default: return {ErrorCode::unavailable, "the " + what + " cannot be read or written", detail};
    }
}

std::int64_t Database::changed_rows() const {
    return sqlite3_changes64(get());
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Result<Statement> Statement::prepare(const Database& database, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(
        database.get(),
        sql.data(),
        static_cast<int>(sql.size()),
        &statement,
        nullptr
    );
    Statement made{database, statement};
    if (code != SQLITE_OK) {
        return database.error("prepare");
    }
    return made;
}

Statement& Statement::bind(std::string_view text) {
    // An empty view may have no address, and that would be NULL.
    sqlite3_bind_text64(
        statement_.get(),
        ++bound_,
        text.empty() ? "" : text.data(),
        text.size(),
        SQLITE_TRANSIENT,  // NOLINT: the macro of the library
        SQLITE_UTF8
    );
    return *this;
}

Statement& Statement::bind(std::int64_t number) {
    sqlite3_bind_int64(statement_.get(), ++bound_, number);
    return *this;
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        return code == SQLITE_ROW;
    }
    return database_->error("step");
}

std::string Statement::text(int column) const {
    const unsigned char* text = sqlite3_column_text(statement_.get(), column);
    const int bytes = sqlite3_column_bytes(statement_.get(), column);
    // NOLINTNEXTLINE(*-reinterpret-cast): SQLite has texts of unsigned characters
    return text == nullptr
               ? std::string{}
               : std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(bytes));
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    bound_ = 0;
}

Result<Transaction> Transaction::begin(const Database& database) {
    if (auto problem = database.run("BEGIN IMMEDIATE")) {
        return *std::move(problem);
    }
    return Transaction{database};
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
    if (database_ != nullptr && sqlite3_get_autocommit(database_->get()) == 0) {
        static_cast<void>(database_->run("ROLLBACK"));
    }
}

std::optional<Error> Transaction::commit() {
    auto problem = database_->run("COMMIT");
    if (!problem) {
        database_ = nullptr;
    }
    return problem;
}

}  // namespace adic::sqlite
