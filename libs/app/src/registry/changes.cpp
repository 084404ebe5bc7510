#include "adic/app/changes.hpp"

#include "adic/app/registry.hpp"
#include "adic/registry/release/gate.hpp"

#include <algorithm>
#include <functional>

namespace adic::app {
namespace {

/// The latest version of a record, of which the reader may have seen less, and so none later.
struct Candidate {
    std::string id;
    std::uint64_t number = 0;
    std::chrono::sys_seconds at;
};

/// Those of which the reader sees anything: the past of others is not even read, so that they take no
/// more time than to be passed over.
Result<std::vector<Candidate>> candidates_of(
    const registry::RecordStore& store,
    const model::Reader& reader,
    std::chrono::sys_seconds since
) {
    // Whether a record is seen does not hang on the records that it refers to.
    const registry::ReleaseGate gate{reader, [](std::string_view) { return nullptr; }};
    std::vector<Candidate> found;
    auto problem = store.scan({}, [&](const model::RecordVersion& version) {
        if (version.at >= since && gate.see(version.record)) {
            found.push_back({version.record.id, version.number, version.at});
        }
        return true;
    });
    if (problem) {
        return *std::move(problem);
    }
    std::ranges::stable_sort(found, std::ranges::greater{}, &Candidate::at);
    return found;
}

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
    const model::Reader& reader,
    const ChangeQuery& query,
    const Viewing& viewing
) {
    ADIC_TRY(const auto candidates, candidates_of(store, reader, query.since));
    std::vector<SeenChange> changes;
    std::vector<ShownRecord> shown;
    for (const Candidate& candidate : candidates) {
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
        shown.insert(shown.begin() + at, shown_record(change.record, candidate.number));
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
