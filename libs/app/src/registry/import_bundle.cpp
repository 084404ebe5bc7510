#include "adic/app/bundles.hpp"
#include "adic/app/recorded_scenario.hpp"
#include "adic/audit/event.hpp"
#include "adic/audit/sealing.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::app {
namespace {

using audit::Event;
using registry::Bundle;
using registry::BundlePlace;
using registry::ReceivedRecord;
using registry::SeenRecord;

/// What is there of the sender for the recipient, by identifier.
using Received = std::map<std::string, ReceivedRecord, std::less<>>;

Error out_of_order(std::string why) {
    return Error{ErrorCode::conflict, "the bundle is not taken: " + std::move(why), {}};
}

/// The signed text within, if it is sealed.
Result<std::string> opened(const ImportBundleRequest& request) {
    if (!audit::is_sealed(request.text)) {
        return std::string(request.text);
    }
    if (request.opens == nullptr) {
        return Error{
            ErrorCode::invalid_argument,
            "the bundle is sealed: the key of its recipient opens it",
            {}};
    }
    ADIC_TRY(const audit::VerifyingKey from, audit::claimed_sender(request.text));
    if (std::ranges::find(request.senders, from, &registry::TrustedSender::key)
        == request.senders.end()) {
        return Error{
            ErrorCode::invalid_argument,
            "the bundle is refused: it is sealed with a key that is not among the trusted senders",
            {}};
    }
    return audit::unseal(request.text, *request.opens, from);
}

std::optional<Error> problem_of_recipient(const Bundle& bundle, const model::Reader& importer) {
    const std::string name = reader_name(importer);
    if (bundle.from == name) {
        return out_of_order("it comes from this state itself");
    }
    if (bundle.to != name && bundle.to != "everyone") {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("the bundle is refused: it is not for {}", name),
            {}};
    }
    return std::nullopt;
}

std::string missing_text(std::uint64_t first, std::uint64_t last) {
    return first == last
               ? fmt::format("bundle {} of its series is missing here", first)
               : fmt::format("bundles {} to {} of its series are missing here", first, last);
}

/// Whether the bundle goes on from what was imported last.
std::optional<Error> problem_of_order(
    const registry::BundleStore& bundles,
    const Bundle& bundle,
    const BundlePlace& last
) {
    const bool is_same_series = last.number > 0 && last.series == bundle.series;
    if (!is_same_series) {
        const auto old = bundles.find_imported(bundle.series, 1);
        if (!old) {
            return old.error();
        }
        if (*old || (last.number > 0 && bundle.at <= last.at)) {
            return out_of_order("a later series of the same sender has taken its place");
        }
        if (bundle.follows > 0) {
            return out_of_order(missing_text(1, bundle.follows));
        }
        return std::nullopt;
    }
    if (bundle.number <= last.number) {
        return out_of_order(fmt::format(
            "it is number {} of its series, and {} was imported already",
            bundle.number,
            last.number
        ));
    }
    if (bundle.follows > last.number) {
        return out_of_order(missing_text(last.number + 1, bundle.follows));
    }
    if (bundle.follows < last.number) {
        return out_of_order(fmt::format(
            "it goes on from number {}, and {} was imported already: the sender makes one with "
            "--since {}",
            bundle.follows,
            last.number,
            last.number
        ));
    }
    if (bundle.previous != last.digest) {
        return out_of_order(
            fmt::format("it goes on from another number {} than was imported", last.number)
        );
    }
    return std::nullopt;
}

/// What a bundle shows differently of a record than the one before.
void compare(const SeenRecord& before, const SeenRecord& after, ImportedRecord& change) {
    for (std::size_t f = 0; f < after.fields.size(); ++f) {
        const registry::SeenField& old = before.fields[f];
        const registry::SeenField& now = after.fields[f];
        if (old == now) {
            continue;
        }
        std::string key(registry::seen_field_key(*after.type, f));
        (now.disclosure < old.disclosure ? change.taken_back : change.fields)
            .push_back(std::move(key));
    }
}

/// What the bundle changes, by identifier.
Result<std::vector<ImportedRecord>> changes_by(
    const registry::RecordStore& store,
    const Bundle& bundle,
    Received received,
    std::uint64_t& unchanged
) {
    std::vector<ImportedRecord> changes;
    for (const registry::SeenPast& past : bundle.records) {
        const SeenRecord& record = past.back().record;
        ImportedRecord change{record.id, std::string(record.type->key)};
        const auto before = received.find(record.id);
        ADIC_TRY(const auto own, store.latest(record.id));
        const bool is_same = before != received.end() && before->second.versions == past;
        if (own) {
            change.change = BundleChange::conflict;
        } else if (before != received.end()) {
            change.change = BundleChange::changed;
            compare(before->second.versions.back().record, record, change);
        }
        if (before != received.end()) {
            received.erase(before);
        }
        if (is_same && !own) {
            ++unchanged;
        } else {
            changes.push_back(std::move(change));
        }
    }
    const auto withdraw = [&](const std::string& id, std::string_view type) {
        changes.push_back({id, std::string(type), BundleChange::withdrawn});
        received.erase(id);
    };
    for (const registry::WithdrawnRecord& record : bundle.withdrawn) {
        withdraw(record.id, record.type->key);
    }
    while (bundle.follows == 0 && !received.empty()) {
        const SeenRecord gone = received.begin()->second.versions.back().record;
        withdraw(gone.id, gone.type->key);
    }
    unchanged += received.size();
    std::ranges::sort(changes, {}, &ImportedRecord::id);
    return changes;
}

/// That a scenario can be is checked wherever one is written. Of the past nobody runs any.
std::optional<Error> problem_of_scenarios(const Bundle& bundle) {
    for (const registry::SeenPast& past : bundle.records) {
        const SeenRecord& record = past.back().record;
        if (record.type->key != model::scenario_type) {
            continue;
        }
        const auto seen = seen_scenario(record);
        if (seen && !seen->scenario) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format(
                    "the bundle is refused: '{}' in it is no scenario that can be:\n{}",
                    record.id,
                    fmt::join(seen->problems, "\n")
                ),
                {}};
        }
    }
    return std::nullopt;
}

std::optional<Error> save(
    registry::BundleStore& bundles,
    const Bundle& bundle,
    std::string_view text,
    const ImportBundleAnswer& answer,
    const Viewing& viewing
) {
    if (viewing.log != nullptr) {
        std::vector<Event> events;
        for (const ImportedRecord& record : answer.records) {
            Event event;
            event.kind = record.change == BundleChange::withdrawn ? audit::EventKind::recalled
                                                                  : audit::EventKind::imported;
            event.at = viewing.at;
            event.actor = viewing.actor;
            event.owner = bundle.from;
            event.record = record.id;
            event.detail = fmt::format("bundle:{}:{}", bundle.series.substr(0, 16), bundle.number);
            events.push_back(std::move(event));
        }
        if (auto problem = viewing.log->log(std::move(events))) {
            return problem;
        }
    }
    return bundles.import(bundle, registry::digest_of_bundle(text), viewing.actor, viewing.at);
}

}  // namespace

std::string_view name_of(BundleChange change) {
    switch (change) {
    case BundleChange::added: return "new";
    case BundleChange::changed: return "changed";
    case BundleChange::withdrawn: return "withdrawn";
    case BundleChange::conflict: break;
    }
    return "conflict";
}

Result<ImportBundleAnswer> import_bundle(
    const registry::RecordStore& store,
    registry::BundleStore& bundles,
    const ImportBundleRequest& request,
    const Viewing& viewing
) {
    ADIC_TRY(const std::string text, opened(request));
    ADIC_TRY(const Bundle bundle, registry::read_signed_bundle(text, request.senders));
    if (auto problem = problem_of_recipient(bundle, request.importer)) {
        return *std::move(problem);
    }
    if (auto problem = problem_of_scenarios(bundle)) {
        return *std::move(problem);
    }
    ImportBundleAnswer answer{bundle.from, bundle.to, bundle.number, bundle.at};
    ADIC_TRY(const auto same, bundles.find_imported(bundle.series, bundle.number));
    if (same && same->digest == registry::digest_of_bundle(text)) {
        answer.is_repeated = true;
        return answer;
    }
    ADIC_TRY(const BundlePlace last, bundles.last_imported(bundle.from, bundle.to));
    if (auto problem = problem_of_order(bundles, bundle, last)) {
        return *std::move(problem);
    }
    answer.begins_anew = bundle.follows == 0 && last.number > 0;
    ADIC_TRY(auto there, bundles.received(bundle.from, bundle.to));
    Received received;
    for (ReceivedRecord& record : there) {
        std::string id = record.versions.back().record.id;
        received.emplace(std::move(id), std::move(record));
    }
    ADIC_TRY(answer.records, changes_by(store, bundle, std::move(received), answer.unchanged));
    if (!request.is_confirmed) {
        return answer;
    }
    const auto conflict =
        std::ranges::find(answer.records, BundleChange::conflict, &ImportedRecord::change);
    if (conflict != answer.records.end()) {
        return out_of_order(
            fmt::format("this registry keeps '{}' of {} itself", conflict->id, bundle.from)
        );
    }
    if (auto problem = save(bundles, bundle, text, answer, viewing)) {
        return *std::move(problem);
    }
    answer.is_saved = true;
    return answer;
}

}  // namespace adic::app
