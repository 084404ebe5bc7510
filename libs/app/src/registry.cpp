#include "adic/app/registry.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/item_class_reader.hpp"
#include "adic/ingest/ocds_reader.hpp"
#include "adic/ingest/publishers/state_names.hpp"
#include "adic/ingest/record_reader.hpp"
#include "adic/ingest/scenario_record.hpp"
#include "adic/model/aggregate.hpp"
#include "adic/model/ocds.hpp"
#include "adic/model/scenario.hpp"
#include "adic/registry/ocds_writer.hpp"

#include "registry/known_grants.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using ingest::StateNames;
using model::Reader;
using model::Record;
using model::RecordVersion;
using registry::RecordStore;
using registry::RecordWrite;
using registry::ReleaseGate;
using registry::SeenRecord;

constexpr std::string_view region = "ASEAN";

/// In a cell, where an empty one would say nothing.
constexpr std::string_view nobody = "nobody";

/// Who may not know of a record hears what he would hear of one that was never written.
Error not_there(const std::string& id) {
    return Error{ErrorCode::not_found, fmt::format("there is no record '{}' of yours", id), {}};
}

const StateNames::State* find_state(const StateNames& states, std::string_view id) {
    const StateNames::State* state = states.find_by_code(id);
    return state == nullptr ? states.find_by_name(id) : state;
}

/// Releases name states by their identifiers alone: they are compared with those of readers.
bool is_identifier(const StateNames& states, std::string_view id) {
    const StateNames::State* state = find_state(states, id);
    return state != nullptr && state->id == id;
}

Result<StateNames> states_of(const std::filesystem::path& data) {
    return StateNames::read(data / "reference" / "states.csv");
}

std::vector<std::string> blocs_of(const StateNames& states) {
    std::vector<std::string> blocs;
    for (const std::string& member : states.members_of(region)) {
        for (const std::string& bloc : find_state(states, member)->blocs) {
            if (std::ranges::find(blocs, bloc) == blocs.end()) {
                blocs.push_back(bloc);
            }
        }
    }
    return blocs;
}

/// Releases as people write them, to states and blocs that there are.
Result<std::vector<model::Grant>> grants_of(const StateNames& states, const std::string& text) {
    ADIC_TRY(auto grants, model::parse_grants(text, blocs_of(states)));
    const auto is_state = [&](std::string_view id) { return is_identifier(states, id); };
    if (const auto unknown = model::unknown_state(grants, is_state)) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "'{}' is neither a state nor a bloc; an organisation is org:NAME",
                *unknown
            ),
            {}};
    }
    return grants;
}

/// Records that have been asked for, each read once.
class Lookup {
  public:
    explicit Lookup(const RecordStore& store) : store_(store) {}

    const Record* find(std::string_view id) {
        const auto known = records_.find(id);
        if (known != records_.end()) {
            return known->second ? &*known->second : nullptr;
        }
        auto version = store_.latest(std::string(id));
        std::optional<Record> record;
        if (version && *version && !(*version)->is_withdrawn) {
            record = std::move((**std::move(version)).record);
        }
        auto& kept = records_[std::string(id)];
        kept = std::move(record);
        return kept ? &*kept : nullptr;
    }

  private:
    const RecordStore& store_;
    std::map<std::string, std::optional<Record>, std::less<>> records_;
};

bool contains_in_any_case(std::string_view text, std::string_view part) {
    const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    const auto equal = [&](char a, char b) { return lower(a) == lower(b); };
    return part.empty()
           || std::search(text.begin(), text.end(), part.begin(), part.end(), equal) != text.end();
}

/// Only what is shown in full is searched: a match must not tell more than is shown.
bool matches(const SeenRecord& record, std::string_view text) {
    return text.empty()
           || std::ranges::any_of(record.fields, [&](const registry::SeenField& field) {
                  if (field.disclosure != model::Disclosure::full) {
                      return false;
                  }
                  if (const auto* words = std::get_if<model::Words>(&field.value)) {
                      return std::ranges::any_of(*words, [&](const std::string& word) {
                          return contains_in_any_case(word, text);
                      });
                  }
                  const auto* value = std::get_if<std::string>(&field.value);
                  return value != nullptr && contains_in_any_case(*value, text);
              });
}

/// What is shown of records, with the versions that are stored. `seen` is a part of `records` in
/// the same order.
std::vector<ShownRecord> shown_records(
    const std::vector<SeenRecord>& seen,
    const std::vector<Record>& records,
    const std::vector<std::uint64_t>& versions
) {
    std::vector<ShownRecord> shown;
    std::size_t stored = 0;
    for (const SeenRecord& one : seen) {
        while (records[stored].id != one.id) {
            ++stored;
        }
        shown.push_back(shown_record(one, versions[stored]));
    }
    return shown;
}

std::optional<Error>
disclose(const Viewing& viewing, const Reader& reader, const std::vector<ShownRecord>& shown) {
    return viewing.log == nullptr
               ? std::nullopt
               : viewing.log->disclose({reader, viewing.actor, viewing.at}, shown);
}

bool is_asked_for(const SeenRecord& record, const RecordQuery& query) {
    return matches(record, query.text) && (!query.wanted || query.wanted(record));
}

/// What bundles gave to the reader, as far as the query asks for it; adds it to what is shown.
Result<registry::Released<std::vector<SeenRecord>>> received_records(
    const ReleaseGate& gate,
    const RecordQuery& query,
    const registry::BundleStore& bundles,
    std::vector<ShownRecord>& shown
) {
    ADIC_TRY(const auto all, bundles.received());
    const auto received = gate.see_received(all);
    const auto is_wanted = [&](const SeenRecord& record) {
        return (query.type.empty() || record.type->key == query.type)
               && (query.owner.empty() || record.owner == query.owner)
               && is_asked_for(record, query);
    };
    for (const registry::ReceivedRecord& one : *received) {
        if (is_wanted(one.versions.back().record)) {
            shown.push_back(shown_received(one.versions.back().record, one.number));
        }
    }
    return ReleaseGate::latest_of(received, is_wanted);
}

std::uint64_t
number_of_bundle(const std::vector<registry::ReceivedRecord>& all, const std::string& id) {
    const auto one = std::ranges::find_if(all, [&](const registry::ReceivedRecord& record) {
        return record.versions.back().record.id == id;
    });
    return one == all.end() ? 0 : one->number;
}

std::vector<registry::NamedReader> readers_of(const StateNames& states, std::chrono::sys_days on) {
    std::vector<registry::NamedReader> readers;
    for (const std::string& id : states.members_of(region)) {
        const StateNames::State* state = find_state(states, id);
        readers.push_back(
            {id, {id, state == nullptr ? std::vector<std::string>{} : state->blocs, "", true, on}}
        );
    }
    readers.push_back({"everyone", {"", {}, "", false, on}});
    return readers;
}

model::ReleasePolicy
changed(model::ReleasePolicy policy, const std::string& field, std::vector<model::Grant> grants) {
    if (field.empty()) {
        policy.record = std::move(grants);
        return model::normalised(std::move(policy));
    }
    std::erase_if(policy.fields, [&](const model::FieldRelease& one) {
        return one.field == field;
    });
    policy.fields.push_back({field, std::move(grants)});
    return model::normalised(std::move(policy));
}

/// Whoever "org:NAME" names; empty: nobody.
Result<std::string> organisation_of(std::string_view text) {
    constexpr std::string_view prefix = "org:";
    const std::string_view whole = trimmed(text);
    if (whole.empty()) {
        return std::string{};
    }
    const std::string_view name = whole.substr(std::min(prefix.size(), whole.size()));
    if (!whole.starts_with(prefix) || name.empty() || name == nobody
        || name.find_first_of(":;@ ") != std::string_view::npos) {
        return Error{
            ErrorCode::invalid_argument,
            "on the owner's side is one organisation, org:NAME, or nobody",
            {}};
    }
    return std::string(name);
}

/// The record as the request wants it to be released.
Result<Record>
with_release(Record record, const ReleaseRequest& request, const StateNames& states) {
    if (request.field == registry::owners_side) {
        ADIC_TRY(record.organisation, organisation_of(request.release));
        return record;
    }
    ADIC_TRY(auto grants, grants_of(states, request.release));
    record.policy = changed(std::move(record.policy), request.field, std::move(grants));
    return record;
}

Result<std::vector<model::ReleasePolicy>>
policies_beside(const RecordStore& store, const Record& record) {
    std::vector<model::ReleasePolicy> policies;
    auto problem = store.scan(
        {std::string(record.type->key), record.owner},
        [&](const RecordVersion& version) {
            if (version.record.id != record.id) {
                policies.push_back(version.record.policy);
            }
            return true;
        }
    );
    if (problem) {
        return *std::move(problem);
    }
    return policies;
}

}  // namespace

Result<Reader>
find_reader(const std::filesystem::path& data, std::string_view name, std::chrono::sys_days today) {
    constexpr std::string_view organisation = "org:";
    Reader reader;
    reader.on = today;
    if (name == "everyone") {
        return reader;
    }
    if (name.starts_with(organisation)) {
        reader.organisation = name.substr(organisation.size());
        const std::size_t at = reader.organisation.rfind('@');
        if (at == std::string::npos) {
            return reader;
        }
        ADIC_TRY(const StateNames states, states_of(data));
        reader.state = reader.organisation.substr(at + 1);
        reader.organisation.resize(at);
        if (!is_identifier(states, reader.state)) {
            return Error{
                ErrorCode::not_found,
                fmt::format("'{}' is no state: write org:NAME@MYS", reader.state),
                {}};
        }
        return reader;
    }
    ADIC_TRY(const StateNames states, states_of(data));
    const StateNames::State* state = find_state(states, name);
    if (state == nullptr) {
        return Error{
            ErrorCode::not_found,
            fmt::format(
                "'{}' is no state; a reader is a state, org: and the identifier of an "
                "organisation, or everyone",
                name
            ),
            {}};
    }
    reader.state = state->id;
    reader.blocs = state->blocs;
    reader.is_official = true;
    return reader;
}

Result<std::vector<model::Grant>>
known_grants(const std::filesystem::path& data, const std::string& text) {
    ADIC_TRY(const StateNames states, states_of(data));
    return grants_of(states, text);
}

Result<model::ItemClasses> item_classes(const std::filesystem::path& data) {
    const std::filesystem::path file = data / "reference" / "item_classes.csv";
    std::error_code failed;
    if (!std::filesystem::exists(file, failed)) {
        return model::ItemClasses{};  // data of one's own need not have any
    }
    ingest::ImportReport report;
    ADIC_TRY(auto classes, ingest::read_item_classes(file, report));
    if (!report.may_commit()) {
        const ingest::Issue& first = report.issues().front();
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("{}, row {}: {}", first.file, first.row, first.message),
            {}};
    }
    return classes;
}

Result<RecordVersion>
own_version(const RecordStore& store, const std::string& id, const std::string& owner) {
    ADIC_TRY(auto version, store.latest(id));
    if (!version || version->is_withdrawn || version->record.owner != owner) {
        return not_there(id);
    }
    return *std::move(version);
}

namespace {

/// Procurements or rooms as OCDS, told by the name of the file or the first letter of the text.
bool is_ocds(const AddRecordsRequest& request) {
    if (request.type->key != model::ocds_layouts().front().type
        && request.type->key != model::ocds_room_layouts().front().type) {
        return false;
    }
    if (request.table) {
        return trimmed(*request.table).starts_with('{');
    }
    std::filesystem::path name = request.file.filename();
    if (name.extension() == ".gz" || name.extension() == ".zst") {
        name = name.stem();
    }
    return name.extension() == ".json" || name.extension() == ".jsonl"
           || name.extension() == ".ndjson";
}

/// A scenario file, told in the same way.
bool is_scenario_file(const AddRecordsRequest& request) {
    if (request.type->key != model::scenario_type) {
        return false;
    }
    return request.table ? trimmed(*request.table).starts_with('{')
                         : request.file.extension() == ".json";
}

/// A file of OCDS says nothing about release. What was decided stays; only what is kept unread for
/// the first time stays with the owner.
void keep_release(const Record& before, Record& record) {
    const std::vector<model::FieldRelease> unread = record.policy.fields;
    record.policy = before.policy;
    for (const model::FieldRelease& field : unread) {
        const auto place = record.type->find_field(field.field);
        const bool is_decided = std::ranges::any_of(before.policy.fields, [&](const auto& one) {
            return one.field == field.field;
        });
        if (place && !is_decided && model::is_empty(before.fields[*place])) {
            record.policy.fields.push_back(field);
        }
    }
    std::ranges::sort(record.policy.fields, {}, &model::FieldRelease::field);
}

Result<std::vector<Record>> records_of(
    const AddRecordsRequest& request,
    const ingest::RecordDefaults& defaults,
    ingest::ImportReport& report
) {
    if (is_ocds(request) && request.table) {
        return ingest::parse_ocds(*request.table, "the file", defaults, report);
    }
    if (is_ocds(request)) {
        return ingest::read_ocds(request.file, defaults, report);
    }
    if (is_scenario_file(request)) {
        return request.table ? ingest::parse_scenario_record(*request.table, defaults, report)
                             : ingest::read_scenario_record(request.file, defaults, report);
    }
    if (request.table) {
        return ingest::parse_records(*request.table, "the table", defaults, report);
    }
    return ingest::read_records(request.file, defaults, report);
}

/// Who is on the owner's side sees the whole record. So where releases stay as they are, it stays
/// too, but for an organisation that writes of itself.
std::optional<Error> problem_of_owners_side(
    const Record& record,
    const std::string& before,
    const AddRecordsRequest& request
) {
    const bool is_own = !record.organisation.empty() && record.organisation == request.organisation;
    if (!request.keeps_release || record.organisation == before || is_own) {
        return std::nullopt;
    }
    return Error{
        ErrorCode::invalid_argument,
        "who speaks for itself in a record ('organisation') sees all of it, and this is not the "
        "place to release: leave it out here, and release '"
            + std::string(registry::owners_side) + "' of the record to org:NAME, or to nobody",
        {}};
}

/// Who speaks for itself in a record stands in no answer, so a row that comes back without it does
/// not mean to take it away.
void keep_speaker(Record& record, const std::string& before) {
    if (record.organisation.empty()) {
        record.organisation = before;
    } else if (record.organisation == nobody) {
        record.organisation.clear();
    }
}

/// What is written of a record, after the version that is there; empty: it says the same.
/// Errors: as `add_records`.
Result<std::optional<RecordWrite>> write_of(
    Record record,
    const std::optional<RecordVersion>& before,
    const AddRecordsRequest& request,
    const Authorship& authorship
) {
    const bool is_of_another = before && before->record.owner != authorship.owner;
    const bool is_there = before && !is_of_another && !before->is_withdrawn;
    const std::string speaker = is_there ? before->record.organisation : std::string{};
    // What an organisation writes down anew speaks for it.
    keep_speaker(record, is_there ? speaker : request.organisation);
    const auto may_write = [&](const Record& one) {
        return !request.may_write || request.may_write(one);
    };
    if (is_of_another || !may_write(record) || (before && !may_write(before->record))) {
        return not_there(record.id);
    }
    if (auto problem = problem_of_owners_side(record, speaker, request)) {
        return *std::move(problem);
    }
    // A consent names what it agrees to. A definition that could be changed and changed back could
    // void consents, and wake them again.
    if (before && record.type->key == model::aggregate_type
        && before->record.fields != record.fields) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "the definition of '{}' stays as it was written, for states agree to it: withdraw "
                "it, and write another one",
                record.id
            ),
            {}};
    }
    if (is_ocds(request)) {
        if (before && (request.release.empty() || request.keeps_release)) {
            keep_release(before->record, record);
        } else if (request.keeps_release) {
            record.policy.record.clear();
        }
    } else if (request.keeps_release) {
        if (record.policy != model::ReleasePolicy{}) {
            return Error{
                ErrorCode::invalid_argument,
                "a release stands in the table, and this is not the place to release: leave its "
                "columns out",
                {}};
        }
        record.policy = is_there ? before->record.policy : model::ReleasePolicy{};
    }
    if (is_there && before->record == record) {
        return std::optional<RecordWrite>{};
    }
    const std::uint64_t latest = before ? before->number : 0;
    return std::optional{RecordWrite{
        std::move(record),
        request.follows.value_or(latest),
        false,
        authorship.by,
        authorship.why}};
}

std::string text_of(const model::FieldValue& value) {
    constexpr std::string_view between = "; ";
    return model::is_empty(value)
               ? std::string{}
               : registry::to_text(registry::SeenField{model::Disclosure::full, value}, between);
}

/// What is said of all records beside their fields, in the columns of a table.
std::array<std::pair<std::string_view, std::string>, 6> common_cells(const Record& record) {
    return {
        {{"organisation", record.organisation},
         {"source", record.source},
         {"period", record.period ? model::to_text(*record.period) : std::string{}},
         {"confidence", std::string(1, model::letter(record.confidence))},
         {"note", record.note},
         {"release", model::to_text(record.policy.record)}}};
}

std::vector<FieldDifference> fields_that_differ(const Record& before, const Record& after) {
    std::vector<FieldDifference> differ;
    for (std::size_t f = 0; f < after.fields.size(); ++f) {
        if (before.fields[f] != after.fields[f]) {
            differ.push_back(
                {std::string(after.type->fields[f].key),
                 text_of(before.fields[f]),
                 text_of(after.fields[f])}
            );
        }
    }
    const auto common = common_cells(before);
    const auto common_after = common_cells(after);
    for (std::size_t c = 0; c < common.size(); ++c) {
        if (common[c].second != common_after[c].second) {
            differ.push_back(
                {std::string(common[c].first), common[c].second, common_after[c].second}
            );
        }
    }
    return differ;
}

RecordDifference difference_of(
    const std::string& id,
    const std::optional<RecordVersion>& before,
    const std::optional<RecordWrite>& write
) {
    using enum RecordDifference::Change;
    if (!write) {
        return {id, unchanged, {}};
    }
    const bool is_there = before && !before->is_withdrawn;
    const bool is_comparable = is_there && before->record.type == write->record.type;
    return {
        id,
        is_there ? changed : added,
        is_comparable ? fields_that_differ(before->record, write->record)
                      : std::vector<FieldDifference>{}};
}

}  // namespace

std::string_view name_of(RecordDifference::Change change) {
    switch (change) {
    case RecordDifference::Change::added: return "added";
    case RecordDifference::Change::changed: return "changed";
    case RecordDifference::Change::unchanged: break;
    }
    return "unchanged";
}

Result<AddRecordsAnswer>
add_records(RecordStore& store, const AddRecordsRequest& request, const Authorship& authorship) {
    if (!request.type->written_by.empty()) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "records of type '{}' are written by '{}' alone",
                request.type->key,
                request.type->written_by
            ),
            {}};
    }
    ADIC_TRY(const StateNames states, states_of(request.data));
    ADIC_TRY(auto release, grants_of(states, request.release));
    ADIC_TRY(const model::ItemClasses classes, item_classes(request.data));
    AddRecordsAnswer answer;
    const ingest::RecordDefaults defaults{
        request.type,
        authorship.owner,
        std::move(release),
        blocs_of(states),
        [&](std::string_view id) { return is_identifier(states, id); },
        request.new_identifier,
        &classes};
    ADIC_TRY(std::vector<Record> records, records_of(request, defaults, answer.report));
    std::vector<std::string> ids;
    for (const Record& record : records) {
        ids.push_back(record.id);
    }
    ADIC_TRY(const auto before_all, store.latest_of(ids));
    std::vector<RecordWrite> writes;
    for (std::size_t r = 0; r < records.size(); ++r) {
        const auto& before = before_all[r];
        ADIC_TRY(auto write, write_of(std::move(records[r]), before, request, authorship));
        if (request.is_trial) {
            answer.differences.push_back(difference_of(ids[r], before, write));
        }
        if (!write) {
            ++answer.unchanged;
            continue;
        }
        ++(before ? answer.changed : answer.added);
        answer.ids.push_back(write->record.id);
        writes.push_back(*std::move(write));
    }
    if (request.is_trial) {
        return answer;
    }
    if (auto problem = store.write(writes, authorship.at)) {
        return *std::move(problem);
    }
    return answer;
}

Result<registry::Released<std::vector<SeenRecord>>> list_records(
    const RecordStore& store,
    const Reader& reader,
    const RecordQuery& query,
    const Viewing& viewing
) {
    std::vector<Record> records;
    std::vector<std::uint64_t> versions;
    auto problem = store.scan({query.type, query.owner}, [&](const RecordVersion& version) {
        records.push_back(version.record);
        versions.push_back(version.number);
        return true;
    });
    if (problem) {
        return *std::move(problem);
    }
    Lookup others{store};
    const ReleaseGate gate{reader, [&](std::string_view id) { return others.find(id); }};
    auto seen = gate.see_all(records, [&](const SeenRecord& record) {
        return is_asked_for(record, query);
    });
    std::vector<ShownRecord> shown = shown_records(*seen, records, versions);
    if (viewing.bundles != nullptr) {
        ADIC_TRY(auto received, received_records(gate, query, *viewing.bundles, shown));
        seen = ReleaseGate::joined(std::move(seen), std::move(received));
    }
    if (auto refused = disclose(viewing, reader, shown)) {
        return *std::move(refused);
    }
    return seen;
}

Result<std::string> export_ocds(
    const RecordStore& store,
    const Reader& reader,
    const std::string& reader_name,
    std::chrono::sys_seconds at,
    const Viewing& viewing
) {
    std::vector<registry::Released<std::vector<SeenRecord>>> seen;
    for (const model::OcdsLayout& layout : model::ocds_layouts()) {
        ADIC_TRY(
            auto of_type,
            list_records(store, reader, {std::string(layout.type), {}}, viewing)
        );
        seen.push_back(std::move(of_type));
    }
    return registry::write_ocds(seen, {reader_name, at});
}

Result<registry::Released<std::vector<registry::SeenVersion>>> record_history(
    const RecordStore& store,
    const Reader& reader,
    const std::string& id,
    const Viewing& viewing
) {
    ADIC_TRY(const std::vector<RecordVersion> versions, store.history(id));
    Lookup others{store};
    const ReleaseGate gate{reader, [&](std::string_view other) { return others.find(other); }};
    auto seen = gate.see_history(versions);
    std::vector<ShownRecord> shown;
    if (!seen->empty()) {
        shown.push_back(shown_history(*seen, versions.back().number));
    } else if (viewing.bundles != nullptr) {
        ADIC_TRY(const auto all, viewing.bundles->received());
        seen = ReleaseGate::past_of(gate.see_received(all), id);
        if (!seen->empty()) {
            shown.push_back(shown_received(seen->back().record, number_of_bundle(all, id)));
        }
    }
    if (auto refused = disclose(viewing, reader, shown)) {
        return *std::move(refused);
    }
    return seen;
}

Result<ReleaseAnswer>
release_record(RecordStore& store, const ReleaseRequest& request, const Authorship& authorship) {
    ADIC_TRY(RecordVersion version, own_version(store, request.id, authorship.owner));
    if (version.record.type->key == model::aggregate_result_type) {
        return Error{
            ErrorCode::conflict,
            "a result is shown to whom its definition names, as all who consented agreed",
            {}};
    }
    ADIC_TRY(const StateNames states, states_of(request.data));
    ADIC_TRY(Record record, with_release(version.record, request, states));
    ADIC_TRY(const auto usual, policies_beside(store, version.record));
    const auto today = std::chrono::floor<std::chrono::days>(authorship.at);
    ReleaseAnswer answer;
    answer.changes = registry::effect_of(version.record, record, readers_of(states, today));
    answer.warnings = registry::warnings_of(record.policy, usual);
    answer.label = registry::traffic_light_of(record);
    answer.widens = registry::widens(version.record, record, readers_of(states, today), today);
    answer.before = version;
    answer.after = record;
    if (const auto problems = model::problems_of(record); !problems.empty()) {
        return Error{ErrorCode::invalid_argument, problems.front(), {}};
    }
    if (!request.is_confirmed || (request.may_save && !request.may_save(answer))) {
        return answer;
    }
    const RecordWrite write{
        std::move(record),
        version.number,
        false,
        authorship.by,
        authorship.why};
    if (auto problem = store.write(std::span(&write, 1), authorship.at)) {
        return *std::move(problem);
    }
    answer.is_saved = true;
    return answer;
}

std::optional<Error>
withdraw_record(RecordStore& store, const std::string& id, const Authorship& authorship) {
    auto version = own_version(store, id, authorship.owner);
    if (!version) {
        return version.error();
    }
    const RecordWrite write{version->record, version->number, true, authorship.by, authorship.why};
    return store.write(std::span(&write, 1), authorship.at);
}

}  // namespace adic::app
