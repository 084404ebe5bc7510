#pragma once

#include "adic/postgres/parameters.hpp"
#include "adic/registry/store/record_store.hpp"

#include <chrono>
#include <span>
#include <string>
#include <vector>

namespace adic::registry {

/// A part of a set of writes, as arrays that one statement takes: some thousand versions go to the
/// server at once, and none of their texts is ever a part of the SQL.
class GivenVersions {
  public:
    GivenVersions(std::span<const RecordWrite> writes, std::chrono::sys_seconds at);

    /// The parts of a set that are handed over one by one: at most 4000 versions each.
    static std::vector<std::span<const RecordWrite>> parts_of(std::span<const RecordWrite> writes);

    std::span<const RecordWrite> writes() const { return writes_; }

    /// $1 to $9 of `table`.
    const postgres::Parameters& parameters() const { return parameters_; }

    /// FROM it come the columns id, follows, type, owner, author, why, is_withdrawn (0, 1), body
    /// and position (from 1); $9 is when.
    static constexpr const char* table =
        "unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],"
        " $7::bigint[], $8::text[]) WITH ORDINALITY"
        " AS g (id, follows, type, owner, author, why, is_withdrawn, body, position)";

  private:
    std::span<const RecordWrite> writes_;
    postgres::Parameters parameters_;
};

}  // namespace adic::registry
