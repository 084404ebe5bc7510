#pragma once

#include "adic/app/audited_store.hpp"
#include "adic/base/result.hpp"
#include "adic/model/release.hpp"
#include "adic/registry/release/seen_record.hpp"
#include "adic/registry/search/record_index.hpp"
#include "adic/registry/store/record_store.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

/// That something of a record changed for a reader, or that the reader is shown it since.
struct SeenChange {
    registry::SeenRecord record;
    std::chrono::sys_seconds at = {};
    bool is_first = true;  ///< the reader was shown nothing of it before
};

struct ChangeQuery {
    std::chrono::sys_seconds since = {};
    std::size_t most = 20;
};

/// The records that changed for the reader, the latest first; of those at the same time by
/// identifier. What changed in a part that the reader is not shown is no change, and no number of
/// such changes makes the list shorter.
/// Requires: the index is of the store, and has taken in what is to be listed.
/// Errors:   those of the store; of AuditedStore::disclose, if `viewing` has a log.
/// Cost:     O(records), and the past of those that the reader sees and that are candidates.
Result<std::vector<SeenChange>> changes_for(
    const registry::RecordStore& store,
    const registry::RecordIndex& index,
    const model::Reader& reader,
    const ChangeQuery& query,
    const Viewing& viewing = {}
);

/// When something of the record last changed for the reader; empty: it is not shown it.
/// Errors: those of the store. Cost: that of the past of the record.
Result<std::optional<std::chrono::sys_seconds>> last_change_for(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::string& id
);

}  // namespace adic::app
