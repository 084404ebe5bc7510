#pragma once

#include "adic/base/result.hpp"
#include "adic/postgres/address.hpp"
#include "adic/postgres/parameters.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct pg_conn;
struct pg_result;

namespace adic::postgres {

/// The rows that a statement gives.
class Rows {
  public:
    explicit Rows(pg_result* result) : result_(result) {}

    std::size_t size() const;

    /// Requires: the column is text. Lives as long as the rows.
    std::string_view text(std::size_t row, int column) const;

    /// Requires: the column is bigint, or boolean (0 and 1).
    std::int64_t number(std::size_t row, int column) const;

    bool is_null(std::size_t row, int column) const;

    /// What the server did, as "COMMIT".
    std::string_view tag() const;

  private:
    struct Clear {
        void operator()(pg_result* result) const;
    };

    std::unique_ptr<pg_result, Clear> result_;
};

/// A connection to a database of PostgreSQL, for one thread at a time.
class Connection {
  public:
    /// Names of functions and tables are looked up in the catalogue of the server alone, so that
    /// statements have to name the schema of their tables.
    ///
    /// `what` is kept there, for the words of errors: "registry".
    /// Errors: invalid_argument if the server does not take the user, or has no such database;
    ///         unavailable if it does not answer within 10 s, or `connect_timeout` of the address.
    static Result<Connection> open(const Address& address, std::string_view what);

    /// Runs one statement. Errors: unavailable, and conflict if a row is there already.
    Result<Rows> run(const std::string& sql, const Parameters& parameters = {});

    /// Runs statements one after the other, and gives nothing.
    std::optional<Error> run_script(const std::string& sql);

    /// The connection is gone: what was asked last may or may not have been done.
    bool is_lost() const;

    /// SQLSTATE of the last error; empty if the server sent none.
    const std::string& state() const { return state_; }

    int server_version() const;

    pg_conn* get() const { return handle_.get(); }

  private:
    struct Finish {
        void operator()(pg_conn* handle) const;
    };

    Connection(pg_conn* handle, std::string_view what) : handle_(handle), what_(what) {}

    Error error_of(const pg_result* result);

    std::unique_ptr<pg_conn, Finish> handle_;
    std::string what_;
    std::string state_;
};

/// A transaction that is taken back unless it is committed. The connection stays where it is while
/// there is one.
class Transaction {
  public:
    /// `how` follows BEGIN: "READ ONLY".
    static Result<Transaction> begin(Connection& connection, std::string_view how = {});

    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    /// Errors: unavailable. If the connection is lost then, nobody knows yet whether it was kept.
    std::optional<Error> commit();

  private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}

    Connection* connection_;
};

/// SQLSTATEs that callers tell apart.
/// Source: PostgreSQL 15 documentation, appendix A.
inline constexpr std::string_view state_unique_violation = "23505";
inline constexpr std::string_view state_insufficient_privilege = "42501";

}  // namespace adic::postgres
