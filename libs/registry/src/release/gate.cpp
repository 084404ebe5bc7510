#include "adic/registry/release/gate.hpp"

#include "adic/registry/release/generalise.hpp"
#include "adic/registry/release/seen_property.hpp"

#include <algorithm>
#include <utility>

namespace adic::registry {
namespace {

using model::Disclosure;
using model::FieldValue;
using model::Reader;
using model::Record;
using model::ReleasePolicy;

Disclosure of_record(const Reader& reader, const Record& record, const ReleasePolicy& policy) {
    return is_on_owners_side(reader, record) ? Disclosure::full
                                             : model::disclosed_to(reader, policy.record);
}

/// The field that a field goes no further than; empty: its record. Of a property it is the field
/// that has it.
std::string_view bound_of(const Record& record, std::string_view field) {
    const std::size_t dot = field.find('.');
    if (dot != std::string_view::npos) {
        return field.substr(0, dot);
    }
    const auto place = record.type->find_field(field);
    return place ? record.type->fields[*place].no_wider_than : std::string_view{};
}

Disclosure of_field(
    const Reader& reader,
    const Record& record,
    const ReleasePolicy& policy,
    std::string_view field
) {
    if (is_on_owners_side(reader, record)) {
        return Disclosure::full;
    }
    if (policy.fields.empty()) {
        return of_record(reader, record, policy);
    }
    const std::string_view bound = bound_of(record, field);
    const Disclosure whole =
        bound.empty() ? of_record(reader, record, policy) : of_field(reader, record, policy, bound);
    const auto own = std::ranges::find(policy.fields, field, &model::FieldRelease::field);
    return own == policy.fields.end() ? whole
                                      : std::min(whole, model::disclosed_to(reader, own->grants));
}

/// Whether what was given to a recipient was given to the reader.
bool is_for(const Reader& reader, std::string_view recipient) {
    constexpr std::string_view organisation = "org:";
    if (recipient.starts_with(organisation)) {
        return !reader.organisation.empty()
               && reader.organisation == recipient.substr(organisation.size());
    }
    const bool is_state = reader.is_official && !reader.state.empty() && reader.state == recipient;
    return recipient == "everyone" || is_state;
}

/// Takes out of the grants of a past version those whose embargo outlasted it: by them nobody was
/// ever shown it, and a day that comes later shows what stands then, not its drafts.
void drop_what_never_opened(std::vector<model::Grant>& grants, std::chrono::sys_days stood_until) {
    std::erase_if(grants, [&](const model::Grant& grant) {
        return grant.from && *grant.from > stood_until;
    });
}

/// A past version, as it can be shown since `next` took its place: on its owner's side is nobody
/// who is not today.
Record as_past(Record past, const model::RecordVersion& next, const Record& last) {
    if (past.organisation != last.organisation) {
        past.organisation.clear();
    }
    const auto stood_until = std::chrono::floor<std::chrono::days>(next.at);
    drop_what_never_opened(past.policy.record, stood_until);
    for (model::FieldRelease& field : past.policy.fields) {
        drop_what_never_opened(field.grants, stood_until);
    }
    return past;
}

/// Where a record comes from, as field values after those of the type.
FieldValue provenance_value(const Record& record, std::size_t which) {
    switch (which) {
    case 0: return record.source.empty() ? FieldValue{} : FieldValue{record.source};
    case 1: return record.period ? FieldValue{model::to_text(*record.period)} : FieldValue{};
    case 2: return std::string(1, model::letter(record.confidence));
    default: return record.note.empty() ? FieldValue{} : FieldValue{record.note};
    }
}

/// No more of a property than is disclosed: of a figure its band, of words that there are some.
SeenProperty
as_disclosed(const model::FieldSpec& spec, model::Property property, Disclosure disclosure) {
    if (disclosure == Disclosure::full) {
        return {disclosure, std::move(property)};
    }
    const auto band = disclosure == Disclosure::generalised && property.figure
                          ? generalise(spec, *property.figure)
                          : std::nullopt;
    return band ? SeenProperty{disclosure, {property.key, {}, property.unit, *band}}
                : SeenProperty{Disclosure::exists, {property.key}};
}

}  // namespace

bool is_on_owners_side(const Reader& reader, const Record& record) {
    if (reader.state.empty() || reader.state != record.owner) {
        return false;
    }
    return reader.is_official
           || (!record.organisation.empty() && reader.organisation == record.organisation);
}

Disclosure disclosed(const Reader& reader, const Record& record, std::string_view field) {
    return of_field(reader, record, record.policy, field);
}

ReleaseGate::ReleaseGate(Reader reader, FindRecord find)
    : reader_(std::move(reader))
    , find_(std::move(find)) {}

ReleaseGate::ReleaseGate(Reader reader, Reader told, FindRecord find)
    : reader_(std::move(reader))
    , told_(std::move(told))
    , find_(std::move(find)) {}

bool ReleaseGate::is_seen(const Record& target) const {
    if (of_record(reader_, target, target.policy) == Disclosure::none) {
        return false;
    }
    if (!told_) {
        return true;
    }
    const bool is_known =
        target.owner == told_->state || (reader_.is_official && target.owner == reader_.state);
    return is_known && of_record(*told_, target, target.policy) != Disclosure::none;
}

FieldValue ReleaseGate::without_hidden_references(
    const model::FieldSpec& field,
    const FieldValue& value
) const {
    if (field.kind != model::FieldKind::reference) {
        return value;
    }
    const auto is_there = [&](const std::string& id) {
        const Record* other = find_ ? find_(id) : nullptr;
        return other != nullptr && is_seen(*other);
    };
    if (const auto* id = std::get_if<std::string>(&value)) {
        return is_there(*id) ? value : FieldValue{};
    }
    if (const auto* ids = std::get_if<model::Words>(&value)) {
        model::Words seen;
        std::ranges::copy_if(*ids, std::back_inserter(seen), is_there);
        return seen.empty() ? FieldValue{} : FieldValue{std::move(seen)};
    }
    return {};
}

SeenField ReleaseGate::seen_properties(
    const Record& record,
    const ReleasePolicy& today,
    std::size_t field
) const {
    const auto* words = std::get_if<model::Words>(&record.fields[field]);
    const model::FieldSpec& spec = record.type->fields[field];
    std::vector<SeenProperty> seen;
    for (const std::string& word : words == nullptr ? model::Words{} : *words) {
        auto property = model::parse_property(word);
        if (!property) {
            continue;
        }
        const std::string key = std::string(spec.key) + '.' + property->key;
        const Disclosure disclosure = std::min(
            of_field(reader_, record, today, key),
            of_field(reader_, record, record.policy, key)
        );
        if (disclosure != Disclosure::none) {
            seen.push_back(as_disclosed(spec, *std::move(property), disclosure));
        }
    }
    return field_of(seen);
}

SeenField
ReleaseGate::seen_field(const Record& record, const ReleasePolicy& today, std::size_t field) const {
    const std::string_view key = seen_field_key(*record.type, field);
    const Disclosure disclosure = std::min(
        of_field(reader_, record, today, key),
        of_field(reader_, record, record.policy, key)
    );
    const std::size_t own = record.type->fields.size();
    if (disclosure == Disclosure::none) {
        return {};
    }
    if (field < own && record.type->fields[field].kind == model::FieldKind::properties) {
        return seen_properties(record, today, field);
    }
    FieldValue value =
        field < own ? without_hidden_references(record.type->fields[field], record.fields[field])
                    : provenance_value(record, field - own);
    if (model::is_empty(value)) {
        return {};
    }
    if (disclosure == Disclosure::full) {
        return {disclosure, std::move(value)};
    }
    if (disclosure == Disclosure::generalised && field < own) {
        if (auto less = generalise(record.type->fields[field], value)) {
            return {disclosure, *std::move(less)};
        }
    }
    return {Disclosure::exists, {}};
}

void ReleaseGate::add_reference(
    SeenRecord& seen,
    const Record& record,
    const ReleasePolicy& today,
    std::size_t field
) const {
    if (field >= record.type->fields.size() || model::is_empty(record.fields[field])
        || record.type->fields[field].kind != model::FieldKind::reference) {
        return;
    }
    const std::string_view key = record.type->fields[field].key;
    seen.references.push_back(
        {field,
         std::min(
             of_field(reader_, record, today, key),
             of_field(reader_, record, record.policy, key)
         )}
    );
}

std::optional<SeenRecord> ReleaseGate::seen(const Record& record, const ReleasePolicy& today)
    const {
    const Disclosure whole =
        std::min(of_record(reader_, record, today), of_record(reader_, record, record.policy));
    if (whole == Disclosure::none) {
        return std::nullopt;
    }
    SeenRecord seen{record.id, record.type, record.owner, {}, {}, {}};
    if (is_on_owners_side(reader_, record)) {
        seen.organisation = record.organisation;
    }
    const std::size_t fields = seen_fields(*record.type);
    seen.fields.resize(fields);
    for (std::size_t field = 0; field < fields && whole != Disclosure::exists; ++field) {
        seen.fields[field] = seen_field(record, today, field);
        add_reference(seen, record, today, field);
    }
    return seen;
}

std::optional<Released<SeenRecord>> ReleaseGate::see(const Record& record) const {
    auto what = seen(record, record.policy);
    return what ? std::optional{Released<SeenRecord>{*std::move(what)}} : std::nullopt;
}

Released<SeenField> ReleaseGate::see_field(const Record& record, std::size_t field) const {
    const Disclosure whole = of_record(reader_, record, record.policy);
    if (whole == Disclosure::none || whole == Disclosure::exists) {
        return Released<SeenField>{SeenField{}};
    }
    return Released<SeenField>{seen_field(record, record.policy, field)};
}

Released<std::vector<SeenRecord>> ReleaseGate::see_all(
    std::span<const Record> records,
    const std::function<bool(const SeenRecord&)>& wanted
) const {
    std::vector<SeenRecord> all;
    for (const Record& record : records) {
        if (auto what = seen(record, record.policy); what && (!wanted || wanted(*what))) {
            all.push_back(*std::move(what));
        }
    }
    return Released<std::vector<SeenRecord>>{std::move(all)};
}

Released<std::vector<SeenVersion>> ReleaseGate::see_history(
    std::span<const model::RecordVersion> versions
) const {
    std::vector<SeenVersion> all;
    if (versions.empty()) {
        return Released<std::vector<SeenVersion>>{std::move(all)};
    }
    const model::RecordVersion& last = versions.back();
    for (std::size_t v = 0; v < versions.size(); ++v) {
        const model::RecordVersion& version = versions[v];
        const bool is_last = v + 1 == versions.size();
        const Record record =
            is_last ? version.record : as_past(version.record, versions[v + 1], last.record);
        const bool is_owner = is_on_owners_side(reader_, record);
        if (!is_owner && (version.is_withdrawn || last.is_withdrawn)) {
            continue;
        }
        auto what = seen(record, last.record.policy);
        const bool is_new = is_owner || all.empty() || (what && *what != all.back().record);
        if (what && is_new) {
            all.push_back(
                {*std::move(what),
                 all.size() + 1,
                 version.at,
                 is_owner ? version.by : "",
                 is_owner ? version.why : ""}
            );
        }
    }
    return Released<std::vector<SeenVersion>>{std::move(all)};
}

Released<std::vector<ReceivedRecord>> ReleaseGate::see_received(
    std::span<const ReceivedRecord> received
) const {
    std::vector<ReceivedRecord> seen;
    for (const ReceivedRecord& record : received) {
        if (!is_for(reader_, record.to)) {
            continue;
        }
        if (!seen.empty()
            && seen.back().versions.back().record.id == record.versions.back().record.id) {
            seen.pop_back();
        }
        seen.push_back(record);
    }
    return Released<std::vector<ReceivedRecord>>{std::move(seen)};
}

Released<std::vector<SeenRecord>> ReleaseGate::joined(
    Released<std::vector<SeenRecord>> first,
    Released<std::vector<SeenRecord>> second
) {
    if (second->empty()) {
        return first;
    }
    std::vector<SeenRecord> all = *std::move(first);
    const std::size_t own = all.size();
    std::ranges::move(*std::move(second), std::back_inserter(all));
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(own);
    const auto is_before = [](const SeenRecord& a, const SeenRecord& b) { return a.id < b.id; };
    std::inplace_merge(all.begin(), middle, all.end(), is_before);
    const auto is_same = [](const SeenRecord& a, const SeenRecord& b) { return a.id == b.id; };
    all.erase(std::unique(all.begin(), all.end(), is_same), all.end());
    return Released<std::vector<SeenRecord>>{std::move(all)};
}

Released<std::vector<SeenRecord>> ReleaseGate::latest_of(
    const Released<std::vector<ReceivedRecord>>& received,
    const std::function<bool(const SeenRecord&)>& wanted
) {
    std::vector<SeenRecord> latest;
    for (const ReceivedRecord& record : *received) {
        if (wanted(record.versions.back().record)) {
            latest.push_back(record.versions.back().record);
        }
    }
    return Released<std::vector<SeenRecord>>{std::move(latest)};
}

Released<std::vector<SeenVersion>>
ReleaseGate::past_of(const Released<std::vector<ReceivedRecord>>& received, std::string_view id) {
    for (const ReceivedRecord& record : *received) {
        if (record.versions.back().record.id == id) {
            return Released<std::vector<SeenVersion>>{record.versions};
        }
    }
    return Released<std::vector<SeenVersion>>{{}};
}

}  // namespace adic::registry
