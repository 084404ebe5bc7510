#include "adic/app/audited_store.hpp"

#include "adic/audit/log.hpp"
#include "adic/audit/signing.hpp"
#include "adic/base/sha256.hpp"
#include "adic/base/text.hpp"
#include "adic/registry/release/aggregate.hpp"
#include "adic/registry/release/effect.hpp"
#include "adic/registry/release/seen_property.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

namespace adic::app {
namespace {

using audit::Event;
using audit::EventKind;
using model::Grant;
using model::RecordVersion;
using model::ReleasePolicy;
using registry::RecordStore;
using registry::RecordWrite;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr std::string_view whole_record = "record";
constexpr std::string_view version_word = "version:";

/// A command waits for another one, not for a server.
constexpr std::chrono::milliseconds patience{5000};

/// What is remembered of a day before it is forgotten, and some of it written twice.
constexpr std::size_t most_remembered = std::size_t{1} << 20U;

std::string version_detail(std::uint64_t number) {
    return std::string(version_word) + std::to_string(number);
}

sys_days day_of(sys_seconds time) {
    return std::chrono::floor<std::chrono::days>(time);
}

void add_seen_field(std::string name, model::Disclosure disclosure, std::set<std::string>& names) {
    if (disclosure == model::Disclosure::none) {
        return;
    }
    if (disclosure != model::Disclosure::full) {
        name += ':' + std::string(model::name_of(disclosure));
    }
    names.insert(std::move(name));
}

/// A reference is named as it is granted: whether the reader sees what it refers to is not for the
/// owner of the record to know.
model::Disclosure logged(const registry::SeenRecord& seen, std::size_t field) {
    const auto granted = std::ranges::find(seen.references, field, &registry::GrantedField::field);
    if (granted == seen.references.end()) {
        return seen.fields[field].disclosure;
    }
    // As the gate shows it: a generalised reference is a number, a single one no more than there.
    const bool is_counted = seen.type->fields[field].takes_several;
    return granted->disclosure == model::Disclosure::generalised && !is_counted
               ? model::Disclosure::exists
               : granted->disclosure;
}

void add_seen_fields(const registry::SeenRecord& seen, std::set<std::string>& names) {
    for (std::size_t f = 0; f < seen.fields.size(); ++f) {
        const model::Disclosure disclosure = logged(seen, f);
        const std::string key(registry::seen_field_key(*seen.type, f));
        if (f >= seen.type->fields.size()
            || seen.type->fields[f].kind != model::FieldKind::properties) {
            add_seen_field(key, disclosure, names);
            continue;
        }
        for (const registry::SeenProperty& one : registry::properties_of(seen.fields[f])) {
            add_seen_field(key + '.' + one.property.key, one.disclosure, names);
        }
    }
}

ShownRecord
shown(const registry::SeenRecord& one, const std::set<std::string>& names, std::string detail) {
    return {one.id, one.owner, {names.begin(), names.end()}, std::move(detail)};
}

const std::vector<Grant>& grants_of(const ReleasePolicy& policy, std::string_view field) {
    const auto own = std::ranges::find(policy.fields, field, &model::FieldRelease::field);
    if (own != policy.fields.end()) {
        return own->grants;
    }
    const std::size_t dot = field.find('.');
    return dot == std::string_view::npos ? policy.record : grants_of(policy, field.substr(0, dot));
}

bool has_more(const std::vector<Grant>& grants, const std::vector<Grant>& than) {
    return std::ranges::any_of(grants, [&](const Grant& grant) {
        return std::ranges::find(than, grant) == than.end();
    });
}

/// The record and the fields that `after` grants something of which `before` does not, in order.
std::vector<std::string> widened(const ReleasePolicy& before, const ReleasePolicy& after) {
    std::set<std::string> names;
    if (has_more(after.record, before.record)) {
        names.insert(std::string(whole_record));
    }
    for (const ReleasePolicy* policy : {&before, &after}) {
        for (const model::FieldRelease& field : policy->fields) {
            if (has_more(grants_of(after, field.field), grants_of(before, field.field))) {
                names.insert(field.field);
            }
        }
    }
    return {names.begin(), names.end()};
}

/// Who may see a record: what its policy grants, and who is on the owner's side.
struct Seers {
    ReleasePolicy policy = {};
    std::string organisation = {};

    static Seers of(const model::Record& record) { return {record.policy, record.organisation}; }
};

/// What `after` has somebody see of which `before` does not, in order.
std::vector<std::string> widened(const Seers& before, const Seers& after) {
    std::vector<std::string> names = widened(before.policy, after.policy);
    if (!after.organisation.empty() && after.organisation != before.organisation) {
        const std::string name(registry::owners_side);
        names.insert(std::ranges::lower_bound(names, name), name);
    }
    return names;
}

/// What a write means for the log: a new version, and what others may see more and less by it.
void add_events_of(
    const RecordWrite& write,
    const Seers& before,
    sys_seconds at,
    std::vector<Event>& events
) {
    Event event;
    event.at = at;
    event.actor = write.by;
    event.owner = write.record.owner;
    event.record = write.record.id;
    event.detail = version_detail(write.follows + 1);
    event.kind = EventKind::written;
    events.push_back(event);
    const Seers after = write.is_withdrawal ? Seers{} : Seers::of(write.record);
    if (!widened(after, before).empty()) {
        event.kind = EventKind::recalled;
        events.push_back(event);
    }
    event.fields = widened(before, after);
    if (!event.fields.empty()) {
        event.kind = EventKind::released;
        events.push_back(std::move(event));
    }
}

/// That states are counted in a result: for each that consented one event of its own, whether it
/// had something to count or not.
void add_counted(const RecordWrite& write, sys_seconds at, std::vector<Event>& events) {
    constexpr std::size_t digits = 32;
    const auto field = [&](std::string_view key) -> const model::FieldValue& {
        return write.record.fields[*write.record.type->find_field(key)];
    };
    const auto* aggregate = std::get_if<std::string>(&field("aggregate"));
    const auto* mark = std::get_if<std::string>(&field("definition"));
    const auto* states = std::get_if<model::Words>(&field("states"));
    if (aggregate == nullptr || mark == nullptr || states == nullptr) {
        return;  // the store refuses it
    }
    for (const std::string& state : *states) {
        Event event;
        event.kind = EventKind::counted;
        event.at = at;
        event.actor = write.by;
        event.owner = state;
        event.record = registry::consent_id(state, *aggregate);
        event.detail = "definition:" + mark->substr(0, digits);
        events.push_back(std::move(event));
    }
}

Result<std::vector<Event>>
events_of(const RecordStore& store, std::span<const RecordWrite> writes, sys_seconds at) {
    std::vector<std::string> ids;
    for (const RecordWrite& write : writes) {
        ids.push_back(write.record.id);
    }
    ADIC_TRY(const auto versions, store.latest_of(ids));
    std::vector<Event> events;
    for (std::size_t w = 0; w < writes.size(); ++w) {
        const bool is_there = writes[w].follows > 0 && versions[w] && !versions[w]->is_withdrawn;
        const Seers before = is_there ? Seers::of(versions[w]->record) : Seers{};
        add_events_of(writes[w], before, at, events);
        if (writes[w].record.type->key == model::aggregate_result_type) {
            add_counted(writes[w], at, events);
        }
    }
    return events;
}

/// Whether the store has the version that the event is about, from the same author and time.
Result<bool> has_happened(const RecordStore& store, const Event& event) {
    const std::string_view detail = event.detail;
    const auto number = parse_whole(detail.substr(std::min(version_word.size(), detail.size())));
    ADIC_TRY(const std::vector<RecordVersion> versions, store.history(event.record));
    return std::ranges::any_of(versions, [&](const RecordVersion& version) {
        return version.number == number && version.at == event.at && version.by == event.actor;
    });
}

/// Settles what was announced: a write is there as a whole, or not at all.
std::optional<Error> settle(const RecordStore& store, audit::LogWriter& log) {
    if (log.announced().empty()) {
        return std::nullopt;
    }
    const Result<bool> happened = has_happened(store, log.announced().front());
    if (!happened) {
        return happened.error();
    }
    return *happened ? log.confirm() : log.retract();
}

/// The disclosures of a day that are in the log.
class Remembered {
  public:
    void add(const Event& event) {
        const sys_days day = day_of(event.at);
        if (day < day_) {
            return;
        }
        if (day > day_ || digests_.size() >= most_remembered) {
            digests_.clear();
            day_ = day;
        }
        digests_.insert(digest_of(event));
    }

    bool has(const Event& event) const {
        return day_of(event.at) == day_ && digests_.contains(digest_of(event));
    }

  private:
    /// Of all but the time and the number.
    static std::string digest_of(Event event) {
        event.at = {};
        event.number = 1;
        const auto text = audit::write_event(event);
        return text ? sha256(*text).substr(0, 16) : std::string{};
    }

    sys_days day_{};
    std::set<std::string> digests_;
};

}  // namespace

std::string reader_name(const model::Reader& reader) {
    if (reader.is_official && !reader.state.empty()) {
        return reader.state;
    }
    return reader.organisation.empty() ? "everyone" : "org:" + reader.organisation;
}

ShownRecord shown_record(const registry::SeenRecord& seen, std::uint64_t version) {
    std::set<std::string> names{std::string(whole_record)};
    add_seen_fields(seen, names);
    return shown(seen, names, version_detail(version));
}

ShownRecord
shown_history(std::span<const registry::SeenVersion> versions, std::uint64_t last_version) {
    std::set<std::string> names{std::string(whole_record)};
    for (const registry::SeenVersion& version : versions) {
        add_seen_fields(version.record, names);
    }
    return shown(versions.back().record, names, "history:" + std::to_string(last_version));
}

ShownRecord shown_received(const registry::SeenRecord& seen, std::uint64_t bundle) {
    std::set<std::string> names{std::string(whole_record)};
    add_seen_fields(seen, names);
    return shown(seen, names, "bundle:" + std::to_string(bundle));
}

struct AuditedStore::Parts {
    std::unique_ptr<RecordStore> store;
    std::filesystem::path folder;
    audit::LogWriter log;
    Remembered remembered;

    /// Held while the log or the store is written. Readers who come meanwhile stand in line, and
    /// the next to hold it writes for all of them.
    std::mutex writing{};
    std::mutex queueing{};
    std::vector<Event> queue{};
    std::uint64_t queued = 0;  ///< calls
    std::uint64_t done = 0;
    std::optional<Error> failure{};

    /// Requires: `writing` is held.
    void write_queue() {
        std::vector<Event> batch;
        std::uint64_t upto = 0;
        {
            const std::lock_guard lock(queueing);
            batch.swap(queue);
            upto = queued;
        }
        for (const Event& event : batch) {
            if (const auto index = log.append(event); !index) {
                failure = index.error();
            }
        }
        if (auto problem = log.commit()) {
            failure = std::move(problem);
        }
        for (const Event& event : batch) {
            if (!failure && event.kind == EventKind::shown) {
                remembered.add(event);
            }
        }
        done = upto;
    }
};

AuditedStore::AuditedStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

AuditedStore::~AuditedStore() = default;

Result<std::unique_ptr<AuditedStore>>
AuditedStore::open(std::unique_ptr<RecordStore> store, const std::filesystem::path& folder) {
    Remembered remembered;
    const audit::OpenForWriting how{patience, [&](const Event& event) {
                                        if (event.kind == EventKind::shown) {
                                            remembered.add(event);
                                        }
                                    }};
    ADIC_TRY(audit::LogWriter log, audit::LogWriter::open(folder, how));
    if (auto problem = settle(*store, log)) {
        return *std::move(problem);
    }
    auto parts = std::unique_ptr<Parts>(new Parts{
        std::move(store),
        std::filesystem::absolute(folder),
        std::move(log),
        std::move(remembered)});
    return std::unique_ptr<AuditedStore>(new AuditedStore(std::move(parts)));
}

std::optional<Error>
AuditedStore::write(std::span<const RecordWrite> writes, std::chrono::sys_seconds at) {
    if (writes.empty()) {
        return parts_->store->write(writes, at);
    }
    const std::lock_guard lock(parts_->writing);
    if (parts_->failure) {
        return parts_->failure;
    }
    auto events = events_of(*parts_->store, writes, at);
    if (!events) {
        return events.error();
    }
    if (auto problem = parts_->log.announce(*std::move(events))) {
        return problem;
    }
    if (auto problem = parts_->store->write(writes, at)) {
        // A connection that breaks leaves open whether it was written.
        parts_->failure = problem->code == ErrorCode::unavailable
                              ? settle(*parts_->store, parts_->log)
                              : parts_->log.retract();
        return problem;
    }
    if (auto problem = parts_->log.confirm()) {
        problem->message =
            "the change is stored, but the audit log cannot be written: " + problem->message;
        parts_->failure = problem;
        return problem;
    }
    return std::nullopt;
}

bool AuditedStore::reads_all() const {
    return parts_->store->reads_all();
}

Result<std::optional<RecordVersion>> AuditedStore::latest(const std::string& id) const {
    return parts_->store->latest(id);
}

Result<std::vector<std::optional<RecordVersion>>> AuditedStore::latest_of(
    std::span<const std::string> ids
) const {
    return parts_->store->latest_of(ids);
}

Result<std::vector<RecordVersion>> AuditedStore::history(const std::string& id) const {
    return parts_->store->history(id);
}

std::optional<Error> AuditedStore::scan(
    const registry::RecordFilter& filter,
    const std::function<bool(const RecordVersion&)>& visit
) const {
    return parts_->store->scan(filter, visit);
}

Result<std::uint64_t> AuditedStore::changes_since(
    std::uint64_t sequence,
    const std::function<bool(std::uint64_t sequence, const RecordVersion&)>& visit
) const {
    return parts_->store->changes_since(sequence, visit);
}

std::optional<Error>
AuditedStore::disclose(const Viewer& viewer, std::span<const ShownRecord> records, EventKind kind) {
    std::vector<Event> events;
    events.reserve(records.size());
    for (const ShownRecord& record : records) {
        Event event;
        event.kind = kind;
        event.at = viewer.at;
        event.actor = viewer.actor;
        event.owner = record.owner;
        event.record = record.id;
        event.reader = reader_name(viewer.reader);
        event.fields = record.fields;
        event.detail = record.detail;
        events.push_back(std::move(event));
    }
    if (kind == EventKind::shown) {
        const std::lock_guard lock(parts_->writing);
        std::erase_if(events, [&](const Event& event) { return parts_->remembered.has(event); });
    }
    return log(std::move(events));
}

std::optional<Error> AuditedStore::log(std::vector<Event> events) {
    if (events.empty()) {
        return std::nullopt;
    }
    for (Event& event : events) {
        event.number = 1;  // it gets its own when it is added
        if (const auto text = audit::write_event(event); !text) {
            return text.error();
        }
    }
    std::uint64_t ticket = 0;
    {
        const std::lock_guard lock(parts_->queueing);
        std::ranges::move(events, std::back_inserter(parts_->queue));
        ticket = ++parts_->queued;
    }
    const std::lock_guard lock(parts_->writing);
    if (parts_->done < ticket) {
        parts_->write_queue();
    }
    return parts_->failure;
}

std::optional<Error> AuditedStore::each_event(const std::function<void(const Event&)>& take) const {
    const auto reader = audit::LogReader::open(parts_->folder);
    if (!reader) {
        return reader.error();
    }
    return reader->each_entry(
        [&](std::uint64_t /*index*/, std::string_view /*entry*/, const Event& event) {
            take(event);
            return Result<bool>{true};
        }
    );
}

Result<audit::SignedHead> AuditedStore::sign(audit::Signer& signer) {
    const std::lock_guard lock(parts_->writing);
    return audit::sign_log(parts_->log, signer);
}

const std::filesystem::path& AuditedStore::folder() const {
    return parts_->folder;
}

}  // namespace adic::app
