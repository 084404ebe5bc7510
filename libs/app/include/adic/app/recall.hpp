#pragma once

#include "adic/app/audited_store.hpp"
#include "adic/base/result.hpp"
#include "adic/model/release.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::app {

/// That the owner of a record has taken back what a reader was shown of it. It says no more than
/// the reader had seen.
struct RecallNotice {
    std::string record;
    std::string type;
    std::string owner;
    std::chrono::sys_seconds at;      ///< when it was taken back
    std::vector<std::string> fields;  ///< that were shown and are no longer; empty: all of it
    bool is_acknowledged = false;

    friend bool operator==(const RecallNotice&, const RecallNotice&) = default;
};

/// A notice as the owner of the record has it.
struct SentNotice {
    std::string reader;
    RecallNotice notice;
    std::optional<std::chrono::sys_seconds> told;  ///< empty: the reader has not asked since
    std::optional<std::chrono::sys_seconds> acknowledged;
};

/// What was taken back of what the reader was shown, by record. It is in the log that the reader is
/// told before it is.
///
/// A notice comes from the log, which says what was shown, and from the versions of the record: it
/// is of the last version by which the reader would see less than it was shown, on the day on which
/// it was written. A grant that lapses is no recall, and one that is given again ends the notice.
/// What others are granted makes no difference.
///
/// Errors: those of the store and the log.
/// Cost:   two passes over the log, and the versions of each record that the reader was shown.
Result<std::vector<RecallNotice>>
notices_for(AuditedStore& registry, const model::Reader& reader, const Viewing& viewing);

/// Puts into the log that the reader is told, by another way than `notices_for`, of what was taken
/// back of these records: by a bundle.
/// Requires: the records are sorted. Errors and cost: as `notices_for`.
std::optional<Error> note_told(
    AuditedStore& registry,
    const model::Reader& reader,
    const std::vector<std::string>& records,
    const Viewing& viewing
);

/// The reader says that its copies of what was taken back of a record are destroyed.
/// Errors: not_found if there is no notice to the reader about it, whatever else there is; as
///         `notices_for`.
std::optional<Error> acknowledge_notice(
    AuditedStore& registry,
    const model::Reader& reader,
    const std::string& record,
    const Viewing& viewing
);

/// The reader that the log names, on a day.
using FindReader = std::function<Result<model::Reader>(const std::string& name)>;

/// The notices about the records of an owner, by record and reader.
/// Errors and cost: as `notices_for`, for all readers.
Result<std::vector<SentNotice>>
notices_of(const AuditedStore& registry, std::string_view owner, const FindReader& find_reader);

}  // namespace adic::app
