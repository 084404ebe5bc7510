#pragma once

#include "adic/app/audited_store.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/item_class.hpp"
#include "adic/registry/release/effect.hpp"
#include "adic/registry/release/gate.hpp"
#include "adic/registry/store/record_store.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::app {

/// The reader by name, from the states of `data`: an official of a state ("MYS"), one who acts for
/// an organisation ("org:yard", or "org:yard@MYS" with the state that it is of), or "everyone".
/// Errors: not_found for a state that nobody knows.
Result<model::Reader>
find_reader(const std::filesystem::path& data, std::string_view name, std::chrono::sys_days today);

/// The classes of items of `data`: reference/item_classes.csv.
/// Errors: those of the file, with the first row that is not right.
Result<model::ItemClasses> item_classes(const std::filesystem::path& data);

/// Who writes, when, and why: it stands in the history.
struct Authorship {
    std::string owner;  ///< the state whose records these are
    std::string by;
    std::string why;
    std::chrono::sys_seconds at;
};

struct AddRecordsRequest {
    /// As `ingest::read_records` takes it; of procurements and projects, if its name ends with
    /// .json (and .gz or .zst), as `ingest::read_ocds` does; of scenarios, if with .json, as
    /// `ingest::read_scenario_record` does.
    std::filesystem::path file = {};
    /// The same as a text, instead of the file; of those, if it is a JSON object, as OCDS or
    /// a scenario file.
    std::optional<std::string> table = {};
    const model::RecordType* type = nullptr;
    std::string release = {};  ///< of rows without one, as people write it
    std::filesystem::path data;
    std::function<std::string()> new_identifier;
    /// Releases stay as they are, and new records are the owner's alone: releasing is for others.
    bool keeps_release = false;
    bool is_trial = false;  ///< says what would be done, and does nothing
    /// The number of the only version that the one record may follow; empty: the latest.
    std::optional<std::uint64_t> follows = {};
    /// That the author acts for, which may say that itself speaks in a record, also where releases
    /// stay as they are; empty: for the state.
    std::string organisation = {};
    /// Whether the author may write a record; empty: any of the owner's.
    std::function<bool(const model::Record& record)> may_write = {};
};

/// A field that a row would change, as people read it; empty where there is nothing.
struct FieldDifference {
    std::string field;
    std::string before;
    std::string after;
};

/// What a row would do to the record that is there.
struct RecordDifference {
    enum class Change { added, changed, unchanged };

    std::string id;
    Change change = Change::added;
    std::vector<FieldDifference> fields = {};  ///< of `changed`
};

/// "changed"
std::string_view name_of(RecordDifference::Change change);

struct AddRecordsAnswer {
    ingest::ImportReport report;  ///< with an error nothing was written
    std::uint64_t added = 0;
    std::uint64_t changed = 0;          ///< rows whose identifier was there: a new version
    std::uint64_t unchanged = 0;        ///< rows that say what is there
    std::vector<std::string> ids = {};  ///< of what was added and changed, in the order of the rows
    std::vector<RecordDifference> differences = {};  ///< of a trial: one for each row
};

/// Adds the records of a table, all or none; those with an identifier that is there become its next
/// version. Procurements from OCDS keep the release that they have, unless the request has one.
/// Errors: those of the reader and the store; not_found for an identifier of another owner, or of a
///         record that the author may not write, in the words for one that is not there;
///         invalid_argument for a release in the table, or another organisation on the owner's
///         side, if releases stay as they are.
Result<AddRecordsAnswer> add_records(
    registry::RecordStore& store,
    const AddRecordsRequest& request,
    const Authorship& authorship
);

/// The latest version of a record of the owner's. Errors: not_found; those of the store.
Result<model::RecordVersion>
own_version(const registry::RecordStore& store, const std::string& id, const std::string& owner);

struct RecordQuery {
    std::string type = {};
    std::string text = {};  ///< in any field that the reader sees in full, in any case of letters
    std::function<bool(const registry::SeenRecord&)> wanted = {};  ///< empty: all of them
    std::string owner = {};
};

/// What the reader sees of the records, by identifier.
/// Errors: those of the store; of AuditedStore::disclose, if `viewing` has a log.
/// Cost:   that of reading all of the type.
Result<registry::Released<std::vector<registry::SeenRecord>>> list_records(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const RecordQuery& query = {},
    const Viewing& viewing = {}
);

/// The procurements that the reader sees, as a release package of OCDS 1.1.5:
/// `registry::write_ocds`. `reader_name` is how the reader was asked for.
/// Errors: as `list_records`.
Result<std::string> export_ocds(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::string& reader_name,
    std::chrono::sys_seconds at,
    const Viewing& viewing = {}
);

/// The records that the reader sees as an XLSX workbook: a sheet for each type, with the columns
/// that `ingest::read_records` takes, and a sheet of what is shown only in part.
/// Errors: as `list_records`; not_found if the reader sees none; those of `ingest::write_sheets`.
std::optional<Error> export_workbook(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::filesystem::path& file,
    const Viewing& viewing = {}
);

/// What the reader sees of one record and its past; empty: as if it were not there.
/// Errors: as `list_records`.
Result<registry::Released<std::vector<registry::SeenVersion>>> record_history(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::string& id,
    const Viewing& viewing = {}
);

struct ReleaseAnswer {
    std::vector<registry::DisclosureChange> changes;  ///< for every state of the region, and all
    std::vector<std::string> warnings;
    std::string label;                 ///< TLP words after the change
    bool widens = false;               ///< somebody would see more than now, today or later
    model::RecordVersion before = {};  ///< what the change starts from
    model::Record after = {};          ///< as the next version would be
    bool is_saved = false;
};

struct ReleaseRequest {
    std::string id;
    std::string field = {};  ///< empty: the record; or registry::owners_side
    std::string release;     ///< as people write it, of the owner's side "org:NAME"; empty: nobody
    std::filesystem::path data;
    bool is_confirmed = false;  ///< otherwise it is only said what would change
    /// Asked about the very change that would be saved; empty: it may.
    std::function<bool(const ReleaseAnswer& answer)> may_save = {};
};

/// Changes what others see of a record, or says what would change.
/// Errors: not_found for a record that is not the owner's, as for one that is not there.
Result<ReleaseAnswer> release_record(
    registry::RecordStore& store,
    const ReleaseRequest& request,
    const Authorship& authorship
);

/// Takes a record back: nobody but the owner sees it or its past any more.
/// Errors: as `release_record`.
std::optional<Error>
withdraw_record(registry::RecordStore& store, const std::string& id, const Authorship& authorship);

}  // namespace adic::app
