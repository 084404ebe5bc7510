#pragma once

#include "adic/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace adic::sqlite {

/// A connection to a database of SQLite.
class Database {
  public:
    /// `what`: the noun for messages, "registry"; it must outlive the connection.
    /// Errors: unavailable.
    static Result<Database> open(const std::filesystem::path& file, std::string_view what);

    std::optional<Error> run(const char* sql) const;

    /// The error that the last call ended with: what may be shown, and the rest as detail.
    Error error(std::string_view doing) const;

    /// How many rows the last statement that writes has changed.
    std::int64_t changed_rows() const;

    sqlite3* get() const { return handle_.get(); }

  private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };

    Database(sqlite3* handle, std::string_view what) : handle_(handle), what_(what) {}

    std::unique_ptr<sqlite3, Close> handle_;
    std::string_view what_;
};

/// A statement, and the rows that it gives.
class Statement {
  public:
    static Result<Statement> prepare(const Database& database, std::string_view sql);

    Statement& bind(std::string_view text);
    Statement& bind(std::int64_t number);

    /// True: there is a row. Errors: as the database says.
    Result<bool> step();

    std::string text(int column) const;
    std::int64_t number(int column) const;

    /// Ready to be bound and stepped again.
    void reset();

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };

    Statement(const Database& database, sqlite3_stmt* statement)
        : database_(&database)
        , statement_(statement) {}

    const Database* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int bound_ = 0;
};

/// A transaction that is taken back unless it is committed.
class Transaction {
  public:
    /// Waits for other writers.
    static Result<Transaction> begin(const Database& database);

    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    std::optional<Error> commit();

  private:
    explicit Transaction(const Database& database) : database_(&database) {}

    const Database* database_;
};

}  // namespace adic::sqlite
