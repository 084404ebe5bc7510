#include "adic/registry/release/effect.hpp"

#include "adic/registry/release/gate.hpp"
#include "adic/registry/release/seen_property.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>

namespace adic::registry {
namespace {

using model::Audience;
using model::Disclosure;
using model::ReleasePolicy;

/// All audiences that are shown anything, each once, in order.
std::set<Audience> audiences_of(const ReleasePolicy& policy) {
    std::set<Audience> audiences;
    const auto add = [&](const std::vector<model::Grant>& grants) {
        for (const model::Grant& grant : grants) {
            if (grant.disclosure != Disclosure::none) {
                audiences.insert(grant.audience);
            }
        }
    };
    add(policy.record);
    for (const model::FieldRelease& field : policy.fields) {
        add(field.grants);
    }
    return audiences;
}

std::string name_of(const Audience& audience) {
    return audience.kind == Audience::Kind::everyone ? "everyone" : audience.id;
}

std::string_view name_of(Audience::Kind kind) {
    switch (kind) {
    case Audience::Kind::organisation: return "named organisations";
    case Audience::Kind::state: return "named states";
    case Audience::Kind::bloc: return "blocs";
    case Audience::Kind::everyone: break;
    }
    return "everyone";
}

/// The fields of a record by key, and its properties one by one: those that it has, and those of
/// which a policy speaks.
std::vector<std::string>
keys_of(const model::Record& record, std::initializer_list<const ReleasePolicy*> policies) {
    std::vector<std::string> keys;
    std::set<std::string> properties;
    for (std::size_t field = 0; field < seen_fields(*record.type); ++field) {
        keys.emplace_back(seen_field_key(*record.type, field));
        if (field < record.fields.size()
            && record.type->fields[field].kind == model::FieldKind::properties) {
            const SeenField all{Disclosure::full, record.fields[field]};
            for (const SeenProperty& one : properties_of(all)) {
                properties.insert(keys.back() + '.' + one.property.key);
            }
        }
    }
    for (const ReleasePolicy* policy : policies) {
        for (const model::FieldRelease& release : policy->fields) {
            if (release.field.find('.') != std::string::npos
                && !record.type->find_field(release.field)) {
                properties.insert(release.field);
            }
        }
    }
    keys.insert(keys.end(), properties.begin(), properties.end());
    return keys;
}

/// What the gate shows of a field, less than what is granted where a rule leaves nothing to say.
std::vector<Disclosure>
shown(const model::Record& record, const model::Reader& reader, std::span<const std::string> keys) {
    const ReleaseGate gate(reader, [&](std::string_view) { return &record; });
    std::vector<Disclosure> all(keys.size() + 1, Disclosure::none);
    const auto seen = gate.see(record);
    if (!seen) {
        return all;
    }
    all[0] = disclosed(reader, record, "");
    const std::vector<SeenField>& fields = (*seen)->fields;
    for (std::size_t key = 0; key < keys.size(); ++key) {
        if (key < fields.size()) {
            all[key + 1] = fields[key].disclosure;
            continue;
        }
        const std::size_t dot = keys[key].find('.');
        const auto field = record.type->find_field(std::string_view(keys[key]).substr(0, dot));
        all[key + 1] = field ? one_property(fields[*field], keys[key].substr(dot + 1)).disclosure
                             : Disclosure::none;
    }
    return all;
}

/// Somebody who is in this audience and in no other that is named.
model::Reader member_of(const Audience& audience) {
    model::Reader reader;
    switch (audience.kind) {
    case Audience::Kind::organisation: reader.organisation = audience.id; break;
    case Audience::Kind::state:
        reader.state = audience.id;
        reader.is_official = true;
        break;
    case Audience::Kind::bloc:
        reader.blocs = {audience.id};
        reader.is_official = true;
        break;
    case Audience::Kind::everyone: break;
    }
    return reader;
}

/// Whether one of the readers is that state, with the blocs that it belongs to.
bool is_among(std::span<const NamedReader> readers, const Audience& audience) {
    return audience.kind == Audience::Kind::state
           && std::ranges::any_of(readers, [&](const NamedReader& who) {
                  return who.reader.is_official && who.reader.state == audience.id;
              });
}

/// The readers, and those who act for an organisation that comes to the owner's side or leaves it.
std::vector<NamedReader> with_owners_side(
    std::span<const NamedReader> readers,
    const model::Record& record,
    const model::Record& wanted
) {
    std::vector<NamedReader> all(readers.begin(), readers.end());
    if (record.organisation == wanted.organisation) {
        return all;
    }
    const auto on = readers.empty() ? std::chrono::sys_days{} : readers.front().reader.on;
    for (const std::string& organisation : {record.organisation, wanted.organisation}) {
        if (!organisation.empty()) {
            all.push_back({"org:" + organisation, {record.owner, {}, organisation, false, on}});
        }
    }
    return all;
}

/// What is granted of the record and of each of its fields, whether they hold something or not.
std::vector<Disclosure> granted(
    const model::Record& record,
    const model::Reader& reader,
    std::span<const std::string> keys
) {
    std::vector<Disclosure> all{disclosed(reader, record, {})};
    for (const std::string& key : keys) {
        all.push_back(disclosed(reader, record, key));
    }
    return all;
}

bool sees_more(const std::vector<Disclosure>& after, const std::vector<Disclosure>& before) {
    for (std::size_t field = 0; field < after.size(); ++field) {
        if (after[field] > before[field]) {
            return true;
        }
    }
    return false;
}

}  // namespace

bool widens(
    const model::Record& record,
    const model::Record& wanted,
    std::span<const NamedReader> readers,
    std::chrono::sys_days today
) {
    const std::vector<std::string> keys = keys_of(record, {&record.policy, &wanted.policy});
    std::vector<model::Reader> all;
    for (const NamedReader& who : with_owners_side(readers, record, wanted)) {
        all.push_back(who.reader);
    }
    std::set<std::chrono::sys_days> days{today};
    for (const ReleasePolicy* policy : {&record.policy, &wanted.policy}) {
        for (const Audience& audience : audiences_of(*policy)) {
            if (!is_among(readers, audience)) {
                all.push_back(member_of(audience));
            }
        }
        for (const std::chrono::sys_days day : model::days_of_change(*policy)) {
            days.insert(std::max(day, today));
        }
    }
    for (model::Reader& reader : all) {
        for (const std::chrono::sys_days day : days) {
            reader.on = day;
            if (sees_more(granted(wanted, reader, keys), granted(record, reader, keys))) {
                return true;
            }
        }
    }
    return false;
}

std::string owners_side_text(const model::Record& record) {
    return record.organisation.empty() ? std::string{} : "org:" + record.organisation;
}

std::string_view traffic_light_of(const model::Record& record) {
    ReleasePolicy policy = record.policy;
    if (!record.organisation.empty()) {
        policy.record.push_back({{Audience::Kind::organisation, record.organisation}});
    }
    return model::traffic_light_of(policy);
}

std::optional<Audience::Kind> widest_of(const ReleasePolicy& policy) {
    const std::set<Audience> audiences = audiences_of(policy);
    std::optional<Audience::Kind> widest;
    for (const Audience& audience : audiences) {
        widest = widest ? std::max(*widest, audience.kind) : audience.kind;
    }
    return widest;
}

std::vector<DisclosureChange> effect_of(
    const model::Record& record,
    const model::Record& wanted,
    std::span<const NamedReader> readers
) {
    const std::vector<std::string> keys = keys_of(record, {&record.policy, &wanted.policy});
    std::vector<DisclosureChange> changes;
    for (const NamedReader& who : with_owners_side(readers, record, wanted)) {
        const std::vector<Disclosure> before = shown(record, who.reader, keys);
        const std::vector<Disclosure> after = shown(wanted, who.reader, keys);
        for (std::size_t field = 0; field < before.size(); ++field) {
            if (before[field] != after[field]) {
                changes.push_back(
                    {who.name, field == 0 ? "record" : keys[field - 1], before[field], after[field]}
                );
            }
        }
    }
    return changes;
}

std::optional<std::string>
problem_of_cap(const ReleasePolicy& policy, Audience::Kind widest_allowed) {
    std::string too_wide;
    for (const Audience& audience : audiences_of(policy)) {
        if (audience.kind > widest_allowed) {
            too_wide += (too_wide.empty() ? "" : ", ") + name_of(audience);
        }
    }
    if (too_wide.empty()) {
        return std::nullopt;
    }
    return "this role may release to " + std::string(name_of(widest_allowed))
           + " at most, and not to " + too_wide;
}

std::vector<std::string>
warnings_of(const ReleasePolicy& wanted, std::span<const ReleasePolicy> usual) {
    constexpr std::size_t enough_to_compare = 5;
    std::set<Audience> known;
    for (const ReleasePolicy& policy : usual) {
        known.merge(audiences_of(policy));
    }
    std::vector<std::string> warnings;
    for (const Audience& audience : audiences_of(wanted)) {
        const bool is_everyone = audience.kind == Audience::Kind::everyone;
        if (known.contains(audience) || (!is_everyone && usual.size() < enough_to_compare)) {
            continue;
        }
        warnings.push_back(
            is_everyone ? "everyone would see it, also outside the region: none of your other "
                          "records of this kind is released so widely"
                        : name_of(audience) + " is named in none of your other records of this kind"
        );
    }
    return warnings;
}

}  // namespace adic::registry
