#pragma once

#include "adic/model/provenance.hpp"
#include "adic/model/release.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace adic::model {

/// What kind of value a field takes.
enum class FieldKind {
    text,
    whole,  ///< a whole number, at least 0
    number,
    yes_no,
    date,
    state,      ///< identifier of a state
    code,       ///< of a scheme that the field names: NCAGE, LEI, NSN, HS
    choice,     ///< one of a list
    reference,  ///< identifier of another record
    grants,     ///< an audience, as `parse_grants` reads it
    properties  ///< of an item, each once, as `parse_property` reads them; released one by one
};

/// What a field shows in place of its value where it is released generalised. Each rule looks at
/// the value alone: what is said of one record never hangs on another.
enum class Generalisation {
    withheld,     ///< no more than that there is a value
    band,         ///< of a number: the band of 1, 2, 5, 10, ... that it lies in: "200 to 500"
    year,         ///< of a date
    heading,      ///< of a code: its first four characters
    last_part,    ///< of a text with commas: what follows the last one, as the state of an address
    number_of_it  ///< of several values: how many, as a band
};

struct FieldSpec {
    std::string_view key;  ///< stable: files and the API have it
    std::string_view title;
    std::string_view help;
    FieldKind kind = FieldKind::text;
    Generalisation generalisation = Generalisation::withheld;
    bool is_required = false;
    bool takes_several = false;
    std::string_view of = {};  ///< code: the scheme; reference: the type; number: the unit
    std::span<const std::string_view> choices = {};
    /// A field that this one says more of: nobody is shown more of this than of that.
    std::string_view no_wider_than = {};
    /// The state says it: an account that speaks for an organisation leaves it as it is.
    bool is_for_officials = false;
    /// What a number can be, where that is less than all numbers.
    std::optional<double> least = {};
    std::optional<double> most = {};
    std::size_t fewest_characters = 0;  ///< code: a shorter one says too little
    /// A date that this one is not before, where both are said.
    std::string_view not_before = {};
};

/// What a record of a type holds.
struct RecordType {
    std::string_view key;
    std::string_view title;
    std::string_view help;
    std::span<const FieldSpec> fields;
    std::string_view written_by = {};  ///< the one command that writes them; empty: people do

    std::optional<std::size_t> find_field(std::string_view name) const;
};

/// All types of records, in the order in which people meet them.
std::span<const RecordType> record_types();

const RecordType* find_record_type(std::string_view key);

using Words = std::vector<std::string>;

/// The value of a field. Empty: nobody said. Texts, codes, choices, states, references and grants
/// are strings; several of them are words.
using FieldValue = std::
    variant<std::monostate, std::string, double, std::int64_t, bool, std::chrono::sys_days, Words>;

inline bool is_empty(const FieldValue& value) {
    return std::holds_alternative<std::monostate>(value);
}

/// A sovereign record: of one owner, who alone decides what others see of it.
///
/// Its identifier begins with the owner: a name that two owners choose tells neither of the other.
/// What follows is drawn at random, or chosen: a number that counts would tell how many there are.
struct Record {
    std::string id;
    const RecordType* type = nullptr;
    std::string owner;               ///< a state
    std::string organisation = {};   ///< that speaks for itself in this record; empty: none
    std::vector<FieldValue> fields;  ///< one for each of the type
    std::string source = {};         ///< where it comes from, in words
    std::optional<Period> period = {};
    Confidence confidence = Confidence::e;
    std::string note = {};
    ReleasePolicy policy = {};

    friend bool operator==(const Record&, const Record&) = default;
};

/// One version of a record, as it was written.
struct RecordVersion {
    Record record;
    std::uint64_t number = 1;  ///< of the record's versions
    std::chrono::sys_seconds at = {};
    std::string by = {};  ///< account
    std::string why = {};
    bool is_withdrawn = false;  ///< this version takes the record back
};

/// Names of the fields that a policy can speak of beside those of the type: where the record comes
/// from. They go with the record unless it has grants for them.
inline constexpr std::string_view field_source = "source";
inline constexpr std::string_view field_period = "period";
inline constexpr std::string_view field_confidence = "confidence";
inline constexpr std::string_view field_note = "note";

/// Whether a registry keeps the text as it is, wherever it is kept: at most 10 000 bytes of UTF-8,
/// without U+0000, which ends a text in many a program and is none of the characters of others. It
/// may steer what is read around it: an owner has to be able to recall what it once wrote.
bool is_storable_text(std::string_view text);

/// What is wrong with a record, each as a sentence: "field 'ncage': ...". Empty: nothing.
std::vector<std::string> problems_of(const Record& record);

/// A value that nothing in the world has.
struct ImpossibleValue {
    std::string_view field;
    std::string value;    ///< as a table has it
    std::string message;  ///< what would be right
};

/// Numbers beyond what their fields can be, codes that are cut too short, days before the one that
/// they follow. A record that is kept already may have them: `problems_of` does not ask, and its
/// owner can release, narrow and recall it.
std::vector<ImpossibleValue> impossible_values_of(const Record& record);

}  // namespace adic::model
