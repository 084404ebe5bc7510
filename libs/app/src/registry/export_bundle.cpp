#include "adic/app/bundles.hpp"
#include "adic/app/recall.hpp"
#include "adic/audit/event.hpp"
#include "adic/base/sha256.hpp"
#include "adic/registry/release/gate.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using audit::Event;
using audit::EventKind;
using model::RecordVersion;
using registry::Bundle;
using registry::BundlePlace;
using registry::Given;
using registry::RecordStore;
using registry::SeenPast;

/// The past of a record as the recipient sees it, and the number of its latest version.
struct SeenRecordPast {
    SeenPast versions;
    std::uint64_t latest = 0;
};

Result<std::vector<std::string>> ids_of(const RecordStore& store, const std::string& owner) {
    std::vector<std::string> ids;
    auto problem = store.scan({{}, owner}, [&](const RecordVersion& version) {
        ids.push_back(version.record.id);
        return true;
    });
    if (problem) {
        return *std::move(problem);
    }
    return ids;
}

/// All versions of records, each read once.
class Pasts {
  public:
    explicit Pasts(const RecordStore& store) : store_(store) {}

    Result<const std::vector<RecordVersion>*> of(const std::string& id) {
        const auto there = pasts_.find(id);
        if (there != pasts_.end()) {
            return &there->second;
        }
        ADIC_TRY(auto versions, store_.history(id));
        return &pasts_.emplace(id, std::move(versions)).first->second;
    }

    const model::Record* find_latest(std::string_view id) {
        const auto versions = of(std::string(id));
        const bool is_there =
            versions && !(*versions)->empty() && !(*versions)->back().is_withdrawn;
        return is_there ? &(*versions)->back().record : nullptr;
    }

  private:
    const RecordStore& store_;
    std::map<std::string, std::vector<RecordVersion>, std::less<>> pasts_;
};

model::Reader sender_of(const ExportBundleRequest& request) {
    return {request.owner, request.blocs, {}, true, request.recipient.on};
}

Result<std::vector<SeenRecordPast>>
seen_pasts(const RecordStore& store, const ExportBundleRequest& request) {
    ADIC_TRY(const std::vector<std::string> ids, ids_of(store, request.owner));
    Pasts pasts(store);
    const registry::ReleaseGate gate{
        request.recipient,
        sender_of(request),
        [&](std::string_view id) { return pasts.find_latest(id); }};
    std::vector<SeenRecordPast> seen;
    for (const std::string& id : ids) {
        ADIC_TRY(const std::vector<RecordVersion>* versions, pasts.of(id));
        auto past = gate.see_history(*versions);
        if (!past->empty()) {
            seen.push_back({*std::move(past), versions->back().number});
        }
    }
    return seen;
}

std::string new_series(const ExportBundleRequest& request, const Bundle& bundle) {
    return to_hex(sha256(fmt::format(
                      "adic series\n{}\n{}\n{}",
                      request.owner,
                      bundle.to,
                      audit::to_rfc3339(bundle.at)
                  )))
        .substr(0, 32);
}

/// Sets the bundle's place in its series, and gives what the recipient has.
Result<Given> continue_series(
    const registry::BundleStore& bundles,
    const ExportBundleRequest& request,
    Bundle& bundle
) {
    ADIC_TRY(const BundlePlace last, bundles.last_sent(bundle.from, bundle.to));
    if (request.begins_anew || last.number == 0) {
        if (request.since) {
            return Error{
                ErrorCode::not_found,
                fmt::format("no bundle was sent to {} yet that another could follow", bundle.to),
                {}};
        }
        bundle.series = new_series(request, bundle);
        return Given{};
    }
    bundle.series = last.series;
    bundle.number = last.number + 1;
    bundle.follows = request.since.value_or(last.number);
    ADIC_TRY(const auto before, bundles.find_sent(bundle.series, bundle.follows));
    if (!before) {
        return Error{
            ErrorCode::not_found,
            fmt::format(
                "bundle {} was never sent to {}: the last one is {}",
                bundle.follows,
                bundle.to,
                last.number
            ),
            {}};
    }
    bundle.previous = before->digest;
    return bundles.given_by(bundle.series, bundle.follows);
}

Event exported_event(const Bundle& bundle, std::string id, const Viewing& viewing) {
    Event event;
    event.kind = EventKind::exported;
    event.at = viewing.at;
    event.actor = viewing.actor;
    event.owner = bundle.from;
    event.record = std::move(id);
    event.reader = bundle.to;
    return event;
}

std::string detail_of(const Bundle& bundle, std::uint64_t version) {
    return fmt::format("version:{}:{}:{}", version, bundle.series.substr(0, 16), bundle.number);
}

/// What the log has to say of a bundle.
struct Disclosed {
    std::vector<Event> exported;
    std::vector<std::string> replaced;  ///< records of which the recipient had something; in order
};

/// Fills in what is new and what is gone.
Disclosed
fill(Bundle& bundle, std::vector<SeenRecordPast> seen, Given had, const Viewing& viewing) {
    Disclosed disclosed;
    for (SeenRecordPast& past : seen) {
        const std::string& id = past.versions.back().record.id;
        const auto before = had.find(id);
        const bool was_there = before != had.end();
        const bool is_same =
            was_there && before->second.digest == registry::digest_of_past(past.versions);
        if (was_there) {
            had.erase(before);
        }
        if (is_same) {
            continue;
        }
        if (was_there) {
            disclosed.replaced.push_back(id);
        }
        Event event = exported_event(bundle, id, viewing);
        event.fields = shown_history(past.versions, past.latest).fields;
        event.detail = detail_of(bundle, past.latest);
        disclosed.exported.push_back(std::move(event));
        bundle.records.push_back(std::move(past.versions));
    }
    for (const auto& [id, given] : had) {
        bundle.withdrawn.push_back({id, model::find_record_type(given.type)});
        disclosed.replaced.push_back(id);
    }
    std::ranges::sort(disclosed.replaced);
    return disclosed;
}

/// What leaves is in the log before it does; so is that the recipient is told of what is taken
/// back.
std::optional<Error>
log_bundle(const model::Reader& recipient, Disclosed disclosed, const Viewing& viewing) {
    if (viewing.log == nullptr) {
        return std::nullopt;
    }
    if (auto problem = viewing.log->log(std::move(disclosed.exported))) {
        return problem;
    }
    return disclosed.replaced.empty()
               ? std::nullopt
               : note_told(*viewing.log, recipient, disclosed.replaced, viewing);
}

std::optional<Error> problem_with(
    const ExportBundleRequest& request,
    const Bundle& bundle,
    const audit::SigningKey& key
) {
    const auto wrong = [](std::string why) {
        return Error{ErrorCode::invalid_argument, std::move(why), {}};
    };
    if (key.verifying().kind != audit::KeyKind::sender) {
        return wrong("a bundle is signed with the key of a sender: 'adic registry key' makes one");
    }
    if (bundle.to == request.owner) {
        return wrong("a state sends no bundles to itself");
    }
    if (std::ranges::any_of(bundle.to, [](unsigned char c) { return c <= ' ' || c == 0x7F; })) {
        return wrong("the name of a recipient has no spaces");
    }
    return std::nullopt;
}

}  // namespace

Result<ExportBundleAnswer> export_bundle(
    const RecordStore& store,
    registry::BundleStore& bundles,
    const ExportBundleRequest& request,
    const audit::SigningKey& key,
    const Viewing& viewing
) {
    Bundle bundle;
    bundle.from = request.owner;
    bundle.to = reader_name(request.recipient);
    bundle.at = viewing.at;
    if (auto problem = problem_with(request, bundle, key)) {
        return *std::move(problem);
    }
    ADIC_TRY(Given had, continue_series(bundles, request, bundle));
    ADIC_TRY(auto seen, seen_pasts(store, request));
    Disclosed disclosed = fill(bundle, std::move(seen), std::move(had), viewing);
    std::string text = registry::sign_bundle(bundle, key);
    if (text.size() > registry::longest_bundle) {
        return Error{ErrorCode::invalid_argument, "this is more than a bundle holds: 256 MiB", {}};
    }
    if (auto problem = log_bundle(request.recipient, std::move(disclosed), viewing)) {
        return *std::move(problem);
    }
    if (auto problem = bundles.add_sent(bundle, registry::digest_of_bundle(text))) {
        return *std::move(problem);
    }
    return ExportBundleAnswer{std::move(bundle), std::move(text)};
}

}  // namespace adic::app
