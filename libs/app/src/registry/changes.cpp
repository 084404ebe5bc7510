#include "adic/app/changes.hpp"

#include "adic/app/registry.hpp"

#include <algorithm>

namespace adic::app {
namespace {

Result<std::vector<registry::SeenVersion>>
past_of(const registry::RecordStore& store, const model::Reader& reader, const std::string& id) {
    ADIC_TRY(const auto versions, record_history(store, reader, id));
    return *versions;
}

bool comes_before(const SeenChange& one, const SeenChange& other) {
    return one.at != other.at ? one.at > other.at : one.record.id < other.record.id;
}

/// Whether nothing that is still to be looked at can come before what was found.
bool is_settled(
    const std::vector<SeenChange>& sorted,
    std::size_t most,
    std::chrono::sys_seconds next
) {
    return sorted.size() >= most && sorted[most - 1].at > next;
}

}  // namespace

Result<std::vector<SeenChange>> changes_for(
    const registry::RecordStore& store,
    const registry::RecordIndex& index,
    const model::Reader& reader,
    const ChangeQuery& query,
    const Viewing& viewing
) {
    std::vector<SeenChange> changes;
    std::vector<ShownRecord> shown;
    // Only the past of what the reader sees is read: what is hidden takes no time.
    for (const auto& candidate : index.written_since(reader, query.since)) {
        if (query.most == 0 || is_settled(changes, query.most, candidate.at)) {
            break;
        }
        ADIC_TRY(const auto past, past_of(store, reader, candidate.id));
        if (past.empty() || past.back().at < query.since) {
            continue;
        }
        SeenChange change{past.back().record, past.back().at, past.size() == 1};
        const auto place = std::ranges::upper_bound(changes, change, comes_before);
        const auto at = place - changes.begin();
        shown.insert(shown.begin() + at, shown_record(change.record, candidate.version));
        changes.insert(place, std::move(change));
        if (changes.size() > query.most) {
            changes.pop_back();
            shown.pop_back();
        }
    }
    if (viewing.log != nullptr) {
        if (auto problem = viewing.log->disclose({reader, viewing.actor, viewing.at}, shown)) {
            return *std::move(problem);
        }
    }
    return changes;
}

Result<std::optional<std::chrono::sys_seconds>> last_change_for(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::string& id
) {
    ADIC_TRY(const auto past, past_of(store, reader, id));
    return past.empty() ? std::nullopt : std::optional{past.back().at};
}

}  // namespace adic::app
