#pragma once

#include "adic/postgres/connection.hpp"

#include "postgres_server.hpp"

#include <optional>
#include <stdexcept>
#include <string>

#include <unistd.h>

namespace adic::test {

/// An empty database of the login `owner`, which goes with this object.
class PostgresDatabase {
  public:
    explicit PostgresDatabase(
        std::filesystem::path server = shared_server(),
        const std::string& kind = {}
    )
        : server_(std::move(server)) {
        static int count = 0;
        name_ = "t" + std::to_string(::getpid()) + '_' + std::to_string(count++);
        run("owner", "postgres", "CREATE DATABASE " + name_ + ' ' + kind);
    }

    PostgresDatabase(const PostgresDatabase&) = delete;
    PostgresDatabase& operator=(const PostgresDatabase&) = delete;

    ~PostgresDatabase() {
        static_cast<void>(attempt("admin", "postgres", "DROP DATABASE " + name_ + " WITH (FORCE)"));
    }

    const std::string& name() const { return name_; }

    std::string address(const std::string& login) const {
        return address_of(server_, login, name_);
    }

    postgres::Connection connect_as(const std::string& login) const {
        return connect(login, name_);
    }

    /// Runs SQL that has to succeed.
    void run_as(const std::string& login, const std::string& sql) const { run(login, name_, sql); }

    /// SQLSTATE of what the server says against it; empty: nothing.
    std::string refusal_of(const std::string& login, const std::string& sql) const {
        postgres::Connection connection = connect(login, name_);
        return connection.run_script(sql) ? connection.state() : std::string{};
    }

  private:
    postgres::Connection connect(const std::string& login, const std::string& base) const {
        auto connection = postgres::Connection::open(
            *postgres::Address::parse(address_of(server_, login, base)),
            "registry"
        );
        if (!connection) {
            throw std::runtime_error(connection.error().message + ' ' + connection.error().detail);
        }
        return *std::move(connection);
    }

    std::optional<Error>
    attempt(const std::string& login, const std::string& base, const std::string& sql) const {
        return connect(login, base).run_script(sql);
    }

    void run(const std::string& login, const std::string& base, const std::string& sql) const {
        if (const auto problem = attempt(login, base, sql)) {
            throw std::runtime_error(sql + ": " + problem->detail);
        }
    }

    std::filesystem::path server_;
    std::string name_;
};

}  // namespace adic::test
