#include "store/postgres/migrations.hpp"

#include "adic/registry/store/postgres_store.hpp"

#include "store/postgres/layouts.hpp"

#include <string>
#include <utility>

namespace adic::registry {
namespace {

using postgres::Connection;
using postgres::Transaction;

/// Everything of a registry is in the schema 'adic', and its applied migrations are a table there.
constexpr const char* foundation = R"(
CREATE SCHEMA adic;
CREATE TABLE adic.migration (
    number bigint PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
)";

/// Held until the end of the transaction, so that one program at a time changes the layout.
constexpr const char* take_the_lock = "SELECT pg_advisory_xact_lock(1633970531)";

Error refusal(std::string_view what) {
    return Error{ErrorCode::invalid_argument, std::string(what), {}};
}

std::optional<Error> step_forward(Connection& connection, const LayoutStep& step) {
    if (auto problem = connection.run_script(std::string(step.forward))) {
        return problem;
    }
    postgres::Parameters values;
    values.add(step.number).add(step.name);
    const auto noted =
        connection.run("INSERT INTO adic.migration (number, name) VALUES ($1, $2)", values);
    return noted ? std::nullopt : std::optional{noted.error()};
}

std::optional<Error> step_back(Connection& connection, const LayoutStep& step) {
    if (auto problem = connection.run_script(std::string(step.back))) {
        return problem;
    }
    postgres::Parameters values;
    values.add(step.number);
    const auto noted = connection.run("DELETE FROM adic.migration WHERE number = $1", values);
    return noted ? std::nullopt : std::optional{noted.error()};
}

std::optional<Error> walk(Connection& connection, std::int64_t from, std::int64_t to) {
    const auto steps = layout_steps();
    for (std::int64_t layout = from; layout < to; ++layout) {
        if (auto problem = step_forward(connection, steps[static_cast<std::size_t>(layout)])) {
            return problem;
        }
    }
    for (std::int64_t layout = from; layout > to; --layout) {
        if (auto problem = step_back(connection, steps[static_cast<std::size_t>(layout - 1)])) {
            return problem;
        }
    }
    return std::nullopt;
}

Result<std::int64_t> layout_of(Connection& connection) {
    ADIC_TRY(
        const auto rows,
        connection.run("SELECT coalesce(max(number), 0) FROM adic.migration")
    );
    return rows.number(0, 0);
}

}  // namespace

Result<DatabaseState> state_of(Connection& connection) {
    constexpr int oldest_server = 150'000;
    if (connection.server_version() < oldest_server) {
        return refusal("the server is older than PostgreSQL 15");
    }
    // The catalogue is open to every login, the schema is not.
    ADIC_TRY(
        const auto rows,
        connection.run(
            "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'adic'),"
            " EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            "   WHERE n.nspname = 'adic' AND c.relname = 'migration'),"
            " EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            "   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_'"
            "   AND n.nspname <> 'information_schema'),"
            " coalesce((SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace"
            "   WHERE nspname = 'adic'), false),"
            " current_setting('server_encoding') = 'UTF8'"
        )
    );
    const auto is = [&](int column) { return rows.number(0, column) != 0; };
    DatabaseState state{!is(0) && !is(2), is(0) && is(1), is(3), 0};
    if (!state.is_empty && !state.has_registry) {
        return refusal("the database belongs to another program: a registry has one of its own");
    }
    if (!is(4)) {
        return refusal("the database does not keep UTF-8: make one with ENCODING 'UTF8'");
    }
    if (state.has_registry && state.may_use_it) {
        ADIC_TRY(state.layout, layout_of(connection));
        if (state.layout > newest_postgres_layout) {
            return refusal("the registry was written by a later version of adic: use that one");
        }
    }
    return state;
}

std::optional<Error> create_registry(Connection& connection) {
    auto begun = Transaction::begin(connection);
    if (!begun) {
        return begun.error();
    }
    Transaction transaction = *std::move(begun);
    if (auto problem = connection.run_script(take_the_lock)) {
        return problem;
    }
    // Only who holds the lock knows whether it is new.
    const auto state = state_of(connection);
    if (!state) {
        return state.error();
    }
    if (state->has_registry) {
        return std::nullopt;
    }
    auto problem = connection.run_script(foundation);
    if (!problem) {
        problem = walk(connection, 0, newest_postgres_layout);
    }
    return problem ? problem : transaction.commit();
}

std::optional<Error> change_layout(Connection& connection, std::int64_t layout) {
    if (layout < 1 || layout > newest_postgres_layout) {
        return refusal(
            "a registry on a server has layout 1 to " + std::to_string(newest_postgres_layout)
        );
    }
    auto begun = Transaction::begin(connection);
    if (!begun) {
        return begun.error();
    }
    Transaction transaction = *std::move(begun);
    if (auto problem = connection.run_script(take_the_lock)) {
        return problem;
    }
    const auto now = layout_of(connection);
    if (!now) {
        return now.error();
    }
    if (auto problem = walk(connection, *now, layout)) {
        return problem;
    }
    return transaction.commit();
}

}  // namespace adic::registry
