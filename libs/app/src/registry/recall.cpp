#include "adic/app/recall.hpp"

#include "adic/base/text.hpp"
#include "adic/registry/release/gate.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using audit::Event;
using audit::EventKind;
using model::Disclosure;
using model::Reader;
using model::RecordVersion;

constexpr std::string_view whole_record = "record";

/// What a reader was shown of a field: the most of it, and the first version at which it was.
struct Shown {
    Disclosure most = Disclosure::none;
    std::uint64_t version = 0;
};

/// Up to which version of a record somebody was told, or has acknowledged, and when.
struct Mark {
    std::uint64_t version = 0;
    std::chrono::sys_seconds at;
};

/// What the log says of a reader and a record.
struct Contact {
    std::string owner;
    std::map<std::string, Shown, std::less<>> fields;
    Mark told;
    Mark acknowledged;
};

/// By record, then by reader.
using Contacts = std::map<std::pair<std::string, std::string>, Contact>;

/// Of "version:3", "history:3", "version:3:SERIES:7".
std::uint64_t version_of(const Event& event) {
    const std::vector<std::string_view> parts = split(event.detail, ':');
    return parts.size() < 2 ? 0 : parse_whole(parts[1]).value_or(0);
}

/// "price", "price:generalised"
std::pair<std::string, Disclosure> shown_field(const std::string& name) {
    const std::size_t colon = name.find(':');
    if (colon == std::string::npos) {
        const Disclosure whole = name == whole_record ? Disclosure::exists : Disclosure::full;
        return {name, whole};
    }
    const auto less = model::parse_disclosure(std::string_view(name).substr(colon + 1));
    return {name.substr(0, colon), less.value_or(Disclosure::exists)};
}

void add_shown(Contact& contact, const Event& event) {
    for (const std::string& name : event.fields) {
        const auto [field, disclosure] = shown_field(name);
        Shown& shown = contact.fields[field];
        if (disclosure > shown.most) {
            shown = {disclosure, version_of(event)};
        }
    }
}

void add_event(Contacts& contacts, const Event& event) {
    const auto contact = [&]() -> Contact& {
        Contact& one = contacts[{event.record, event.reader}];
        one.owner = event.owner;
        return one;
    };
    if (event.kind == EventKind::shown || event.kind == EventKind::exported) {
        add_shown(contact(), event);
    } else if (event.kind == EventKind::told) {
        contact().told = {version_of(event), event.at};
    } else if (event.kind == EventKind::acknowledged) {
        contact().acknowledged = {version_of(event), event.at};
    }
}

Result<Contacts>
contacts_of(const AuditedStore& registry, const std::function<bool(const Event&)>& is_wanted) {
    Contacts contacts;
    auto problem = registry.each_event([&](const Event& event) {
        if (!event.reader.empty() && is_wanted(event)) {
            add_event(contacts, event);
        }
    });
    if (problem) {
        return *std::move(problem);
    }
    return contacts;
}

/// How much of a field the policy of a version allows the reader on a day.
Disclosure allowed(
    Reader reader,
    const RecordVersion& version,
    std::string_view field,
    std::chrono::sys_days day
) {
    if (version.is_withdrawn) {
        return Disclosure::none;
    }
    reader.on = day;
    const Disclosure whole = registry::disclosed(reader, version.record, whole_record);
    if (field == whole_record) {
        return std::min(whole, Disclosure::exists);
    }
    return whole <= Disclosure::exists ? Disclosure::none
                                       : registry::disclosed(reader, version.record, field);
}

/// The last version after `shown` by which the reader would see less of the field than it was
/// shown; 0 if there is none, or if it sees as much today.
std::uint64_t taken_back_by(
    const Reader& reader,
    const std::vector<RecordVersion>& versions,
    std::string_view field,
    const Shown& shown
) {
    if (allowed(reader, versions.back(), field, reader.on) >= shown.most) {
        return 0;
    }
    for (std::size_t v = versions.size(); v-- > std::max<std::size_t>(shown.version, 1);) {
        const auto day = std::chrono::floor<std::chrono::days>(versions[v].at);
        const Disclosure before = allowed(reader, versions[v - 1], field, day);
        const Disclosure after = allowed(reader, versions[v], field, day);
        if (std::min(before, shown.most) > after) {
            return versions[v].number;
        }
    }
    return 0;
}

/// A notice, and the version of the record by which it came about.
struct Found {
    RecallNotice notice;
    std::uint64_t version = 0;
};

std::optional<Found> find_notice(
    const Reader& reader,
    const std::vector<RecordVersion>& versions,
    const Contact& contact
) {
    if (versions.empty() || registry::is_on_owners_side(reader, versions.back().record)) {
        return std::nullopt;
    }
    Found found;
    bool is_whole = false;
    for (const auto& [field, shown] : contact.fields) {
        const std::uint64_t by = taken_back_by(reader, versions, field, shown);
        if (by == 0) {
            continue;
        }
        found.version = std::max(found.version, by);
        is_whole = is_whole || field == whole_record;
        found.notice.fields.push_back(field);
    }
    if (found.version == 0) {
        return std::nullopt;
    }
    const model::Record& record = versions.back().record;
    found.notice.record = record.id;
    found.notice.type = record.type->key;
    found.notice.owner = record.owner;
    found.notice.at = versions[found.version - 1].at;
    found.notice.is_acknowledged = contact.acknowledged.version >= found.version;
    if (is_whole) {
        found.notice.fields.clear();
    }
    return found;
}

/// The notices to a reader, each with what the log says.
Result<std::vector<std::pair<Found, Contact>>>
find_notices(const AuditedStore& registry, const Reader& reader) {
    const std::string name = reader_name(reader);
    ADIC_TRY(const Contacts contacts, contacts_of(registry, [&](const Event& event) {
                 return event.reader == name;
             }));
    std::vector<std::pair<Found, Contact>> notices;
    for (const auto& [who, contact] : contacts) {
        ADIC_TRY(const auto versions, registry.history(who.first));
        if (auto found = find_notice(reader, versions, contact)) {
            notices.emplace_back(*std::move(found), contact);
        }
    }
    return notices;
}

Event notice_event(
    EventKind kind,
    const Reader& reader,
    const Found& found,
    const Viewing& viewing
) {
    Event event;
    event.kind = kind;
    event.at = viewing.at;
    event.actor = viewing.actor;
    event.owner = found.notice.owner;
    event.record = found.notice.record;
    event.reader = reader_name(reader);
    event.detail = fmt::format("version:{}", found.version);
    return event;
}

}  // namespace

Result<std::vector<RecallNotice>>
notices_for(AuditedStore& registry, const Reader& reader, const Viewing& viewing) {
    ADIC_TRY(auto found, find_notices(registry, reader));
    std::vector<RecallNotice> notices;
    std::vector<Event> told;
    for (auto& [one, contact] : found) {
        if (contact.told.version < one.version) {
            told.push_back(notice_event(EventKind::told, reader, one, viewing));
        }
        notices.push_back(std::move(one.notice));
    }
    if (auto problem = registry.log(std::move(told))) {
        return *std::move(problem);
    }
    return notices;
}

std::optional<Error> note_told(
    AuditedStore& registry,
    const Reader& reader,
    const std::vector<std::string>& records,
    const Viewing& viewing
) {
    const auto found = find_notices(registry, reader);
    if (!found) {
        return found.error();
    }
    std::vector<Event> told;
    for (const auto& [one, contact] : *found) {
        if (contact.told.version < one.version
            && std::ranges::binary_search(records, one.notice.record)) {
            told.push_back(notice_event(EventKind::told, reader, one, viewing));
        }
    }
    return registry.log(std::move(told));
}

std::optional<Error> acknowledge_notice(
    AuditedStore& registry,
    const Reader& reader,
    const std::string& record,
    const Viewing& viewing
) {
    const auto found = find_notices(registry, reader);
    if (!found) {
        return found.error();
    }
    for (const auto& [one, contact] : *found) {
        if (one.notice.record != record) {
            continue;
        }
        if (one.notice.is_acknowledged) {
            return std::nullopt;
        }
        return registry.log({notice_event(EventKind::acknowledged, reader, one, viewing)});
    }
    return Error{
        ErrorCode::not_found,
        fmt::format("there is no notice to {} about '{}'", reader_name(reader), record),
        {}};
}

Result<std::vector<SentNotice>>
notices_of(const AuditedStore& registry, std::string_view owner, const FindReader& find_reader) {
    ADIC_TRY(const Contacts contacts, contacts_of(registry, [&](const Event& event) {
                 return event.owner == owner;
             }));
    std::vector<SentNotice> sent;
    for (const auto& [who, contact] : contacts) {
        ADIC_TRY(Reader reader, find_reader(who.second));
        if (!reader.organisation.empty()) {
            reader.state = owner;  // the log has its name; on this side it is of this state
        }
        ADIC_TRY(const auto versions, registry.history(who.first));
        auto found = find_notice(reader, versions, contact);
        if (!found) {
            continue;
        }
        SentNotice one{who.second, std::move(found->notice), {}, {}};
        if (contact.told.version >= found->version) {
            one.told = contact.told.at;
        }
        if (contact.acknowledged.version >= found->version) {
            one.acknowledged = contact.acknowledged.at;
        }
        sent.push_back(std::move(one));
    }
    return sent;
}

}  // namespace adic::app
