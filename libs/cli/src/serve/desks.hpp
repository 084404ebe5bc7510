#pragma once

#include "adic/server/application.hpp"

#include "frame/invocation.hpp"
#include "registry/registry_parts.hpp"

namespace adic::cli {

/// What a server has beside its registry for exchange, proofs and copies.
struct Desks {
    server::BundleDesk bundles;
    server::AuditDesk audit;
    server::BackupPlace backups;
};

/// What the options name: --sign-with, --open-with, --from, --audit-key, --policy, --backups.
/// Errors: those of the files; invalid_argument for a key of another kind, or copies of a registry
///         that is no file.
std::optional<Error>
open_desks(Desks& desks, const ChosenRegistry& registry, const Invocation& words);

/// An audit log, a key for it and keys for bundles, for the sample: made in `folder`, and gone with
/// it. The registry is audited from then on. The states are those with a folder in `data`/registry.
/// Errors: those of the log and the keys.
std::optional<Error> open_sample_desks(
    Desks& desks,
    ChosenRegistry& registry,
    const std::filesystem::path& folder,
    const std::filesystem::path& data
);

}  // namespace adic::cli
