#pragma once

#include "adic/base/result.hpp"
#include "adic/postgres/connection.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace adic::registry {

/// What is in a database, as far as a login can tell.
struct DatabaseState {
    bool is_empty = false;  ///< no table of anybody
    bool has_registry = false;
    bool may_use_it = false;
    std::int64_t layout = 0;  ///< of the registry; 0: not known
};

/// Errors: invalid_argument for a database of another program, or of a later version of adic;
///         unavailable.
Result<DatabaseState> state_of(postgres::Connection& connection);

/// Makes the tables of a registry in an empty database. Several programs may try at once.
std::optional<Error> create_registry(postgres::Connection& connection);

/// Requires: `state_of` said that there is a registry.
std::optional<Error> change_layout(postgres::Connection& connection, std::int64_t layout);

}  // namespace adic::registry
