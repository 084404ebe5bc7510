#pragma once

#include "adic/app/audited_store.hpp"
#include "adic/audit/keys.hpp"
#include "adic/base/result.hpp"
#include "adic/model/release.hpp"
#include "adic/registry/bundle/bundle.hpp"
#include "adic/registry/bundle/bundle_store.hpp"
#include "adic/registry/bundle/received.hpp"
#include "adic/registry/release/released.hpp"
#include "adic/registry/store/record_store.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::app {

struct ExportBundleRequest {
    std::string owner;  ///< the state that sends, and whose records these are
    model::Reader recipient;
    bool begins_anew = false;  ///< a new series, with all that the recipient may see
    /// Number of the bundle that the recipient has imported last; empty: the last that was sent.
    std::optional<std::uint64_t> since = {};
    std::vector<std::string> blocs = {};  ///< of the owner: what is released to them it sees, too
};

struct ExportBundleAnswer {
    registry::Bundle bundle;
    std::string text;  ///< signed
};

/// Makes the next bundle of a state for a recipient: what the recipient sees of the state's own
/// records, through the release gate, as far as it does not have it by the bundles before; and what
/// it has and sees no longer. What bundles of others gave is never passed on.
///
/// The sender reads it before it leaves: a reference to a record of others is in it only if that
/// is the recipient's and the sender sees it.
///
/// The bundle is kept as sent, and the disclosure is in the log, before the text is returned. It is
/// the same to the byte whatever the recipient may not see.
///
/// Errors: not_found for a bundle in `since` that was never sent; invalid_argument for a key that
///         is no sender's, or a recipient that is the sender; those of the stores and the log.
/// Cost:   the past of every record that the recipient sees.
Result<ExportBundleAnswer> export_bundle(
    const registry::RecordStore& store,
    registry::BundleStore& bundles,
    const ExportBundleRequest& request,
    const audit::SigningKey& key,
    const Viewing& viewing
);

struct ImportBundleRequest {
    std::string_view text;  ///< signed, and perhaps sealed
    model::Reader importer;
    std::span<const registry::TrustedSender> senders = {};
    const audit::SigningKey* opens = nullptr;  ///< the recipient's key, for a sealed one
    bool is_confirmed = false;                 ///< otherwise it is only said what would change
};

/// What a bundle does to what was received before.
enum class BundleChange { added, changed, withdrawn, conflict };

/// "added"
std::string_view name_of(BundleChange change);

struct ImportedRecord {
    std::string id;
    std::string type;
    BundleChange change = BundleChange::added;
    std::vector<std::string> fields = {};      ///< of `changed`: those that say something else
    std::vector<std::string> taken_back = {};  ///< those of which less is shown than before
};

struct ImportBundleAnswer {
    std::string from;
    std::string to;
    std::uint64_t number = 0;
    std::chrono::sys_seconds at = {};
    bool is_repeated = false;     ///< it was imported before: nothing changes
    bool begins_anew = false;     ///< it takes the place of all that came before
    std::uint64_t unchanged = 0;  ///< records that stay as they are
    std::vector<ImportedRecord> records = {};
    bool is_saved = false;
};

/// Says what a bundle would change, and if it is confirmed takes it in, all or nothing.
///
/// Errors: invalid_argument for a bundle that is not whole, not signed by a trusted sender for its
///         state, or for another recipient; conflict for one out of its order, with what is
///         missing, or with records that this registry keeps itself, if it is confirmed.
Result<ImportBundleAnswer> import_bundle(
    const registry::RecordStore& store,
    registry::BundleStore& bundles,
    const ImportBundleRequest& request,
    const Viewing& viewing
);

/// The records that bundles gave to the reader, with the bundle that each came in; written down as
/// shown before they are returned.
/// Errors: those of the store of bundles and of the log.
Result<registry::Released<std::vector<registry::ReceivedRecord>>> list_received(
    const registry::BundleStore& bundles,
    const model::Reader& reader,
    const Viewing& viewing
);

}  // namespace adic::app
