#pragma once

#include "adic/registry/store/record_store.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace adic::registry {

/// How the tables of a registry on a server are laid out: 1 versions, 2 the change feed, 3
/// row-level security.
inline constexpr std::int64_t newest_postgres_layout = 3;

/// What is done with a database in which there is nothing yet.
enum class EmptyDatabase { is_laid_out, is_refused };

/// A registry on a server of PostgreSQL 15 or later.
///
/// On whose behalf calls are made is the login of the address: the owner of the tables or a gateway
/// acts for every state; the login of one state reads what is its own or released to it, and writes
/// what is its own. The server itself holds it to that, below this program and beside its
/// ReleaseGate (docs/decisions/0012-postgresql.md).
///
/// A connection that is cut is opened again. If it was cut while a write was being kept, the store
/// looks whether it is there: the answer says what is on the disk. `changes_since` is for who acts
/// for every state: the others get an error. A login may write with SQL of its own what no program
/// can read: `latest` and `history` say so, `scan` passes over it, and `changes_since` hands over a
/// withdrawal in its place.
///
/// Errors: not_found if the database is empty and stays so; invalid_argument if it belongs to
///         another program, has an older layout (the message names the command) or one of a later
///         version of adic, or does not take the login; unavailable if the server does not answer.
Result<std::unique_ptr<RecordStore>>
open_postgres_store(const std::string& uri, EmptyDatabase empty = EmptyDatabase::is_laid_out);

/// Changes the layout of a registry, forward or back, in one transaction; all versions of all
/// records stay. Going back from 3 takes away who may log in and for whom, going back from 2 the
/// numbers of the change feed.
///
/// Requires: the login owns the tables.
/// Errors:   not_found if there is no registry; otherwise as `open_postgres_store`.
std::optional<Error> migrate_postgres_store(const std::string& uri, std::int64_t to_layout);

}  // namespace adic::registry
