#pragma once

#include "adic/registry/store/record_store.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace adic::registry {

/// A version as the tables of every adapter have it.
struct StoredVersion {
    std::string id;
    std::int64_t number = 0;
    std::string type;
    std::string owner;
    std::int64_t at_s = 0;  ///< since 1970
    std::string by;
    std::string why;
    bool is_withdrawn = false;
    std::string body;  ///< as `write_record_body` writes it
};

/// Errors: invalid_argument if it cannot be read.
Result<model::RecordVersion> version_of(StoredVersion stored);

/// What a write is told that follows another version than the latest (0: there is none).
Error changed_since(const RecordWrite& write, std::uint64_t latest);

/// What a write is told that was thought out from a record that has changed.
Error no_longer_given(const RecordStand& given);

/// What a write is told that gives a record another owner or type.
Error keeps_owner_and_type(const RecordWrite& write);

}  // namespace adic::registry
