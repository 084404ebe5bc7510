#pragma once

#include "adic/base/result.hpp"
#include "adic/model/record.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adic::registry {

/// A field as a reader sees it. One that is not released and one that nobody filled in are the
/// same.
struct SeenField {
    model::Disclosure disclosure = model::Disclosure::none;
    model::FieldValue value = {};  ///< of `generalised` a text; of `exists` and `none` empty

    friend bool operator==(const SeenField&, const SeenField&) = default;
};

/// That the policy grants the reader a field, whatever of what it refers to the reader may see.
struct GrantedField {
    std::size_t field = 0;
    model::Disclosure disclosure = model::Disclosure::none;
};

/// A record as a reader sees it.
struct SeenRecord {
    std::string id;
    const model::RecordType* type = nullptr;
    std::string owner;
    /// One for each field of the type, then source, period, confidence and note, the last three as
    /// texts.
    std::vector<SeenField> fields;
    /// That speaks for itself in it; the owner's side alone sees it.
    std::string organisation = {};
    /// References that are filled in and granted, for the audit log of the owner alone: what is
    /// left of them hangs on what others release. Not of what is seen: not written, not compared.
    std::vector<GrantedField> references = {};

    friend bool operator==(const SeenRecord& a, const SeenRecord& b) {
        return a.id == b.id && a.type == b.type && a.owner == b.owner && a.fields == b.fields
               && a.organisation == b.organisation;
    }
};

/// A version in which something changed for the reader.
struct SeenVersion {
    SeenRecord record;
    std::uint64_t number = 1;  ///< of those that the reader sees
    std::chrono::sys_seconds at = {};
    std::string by = {};  ///< empty: only the owner's side sees who wrote it, and why
    std::string why = {};

    friend bool operator==(const SeenVersion&, const SeenVersion&) = default;
};

/// How many fields a seen record of a type has.
std::size_t seen_fields(const model::RecordType& type);

/// The key of one of them.
std::string_view seen_field_key(const model::RecordType& type, std::size_t field);

/// What is shown of a field, as people read it: "(not shown)" where there is something and not
/// what. Of several values, with `between` between them.
std::string to_text(const SeenField& field, std::string_view between);

/// The record as JSON: what is not there for the reader is not in it. Two readers who see the same
/// get the same bytes.
std::string to_json(const SeenRecord& record);

/// Reads what `to_json` writes, and nothing else.
///
/// Errors: invalid_argument, with the place that is wrong, or for a type or field that this version
///         does not know.
/// Cost:   O(bytes).
Result<SeenRecord> parse_seen_record(std::string_view json);

}  // namespace adic::registry
