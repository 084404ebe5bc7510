#pragma once

#include "adic/app/registry.hpp"

#include "frame/command.hpp"
#include "frame/common_options.hpp"
#include "render/table.hpp"

#include <array>
#include <memory>

namespace adic::cli {

inline constexpr Option store_option{
    .name = "--store",
    .value = "FILE",
    .help =
        "the registry: one file, or the address of a database of PostgreSQL "
        "(postgresql://USER@HOST/DATABASE); made when the first record is added",
    .standard = "registry.db",
    .completes = Completes::file};

inline constexpr Option reader_option{
    .name = "--as",
    .value = "READER",
    .help =
        "who reads: an official of a state (MYS), an organisation (org:NAME, org:NAME@MYS), or "
        "everyone; must be "
        "given"};

inline constexpr Option owner_option{
    .name = "--owner",
    .value = "STATE",
    .help = "the state whose records these are; must be given"};

inline constexpr Option by_option{
    .name = "--by",
    .value = "NAME",
    .help = "who writes, for the history",
    .standard = "somebody at this computer"};

inline constexpr Option why_option{
    .name = "--why",
    .value = "REASON",
    .help = "why, for the history",
    .standard = "not said"};

inline constexpr Option audit_option{
    .name = "--audit",
    .value = "FOLDER",
    .help =
        "the audit log that says who wrote what and who was shown what; when it is not given, "
        "the folder beside the registry with the ending .audit, if there is one",
    .completes = Completes::folder};

inline constexpr Option bundles_option{
    .name = "--bundles",
    .value = "FILE",
    .help =
        "what was sent and received in bundles; when it is not given, the file beside the "
        "registry with the ending .bundles",
    .completes = Completes::file};

/// A registry and, if it has them, its audit log and what came in bundles.
struct ChosenRegistry {
    std::unique_ptr<registry::RecordStore> store;
    std::unique_ptr<registry::BundleStore> bundles;
    app::Viewing viewing;
};

/// The registry of --store with the log of --audit and the bundles of --bundles.
/// Errors: not_found if it is not there and may not be made; those of AuditedStore::open.
Result<ChosenRegistry>
open_chosen_store(const Invocation& words, const Session& session, bool may_make);

/// The same with a file of bundles, made if it is not there.
Result<ChosenRegistry>
open_registry_with_bundles(const Invocation& words, const Session& session, bool may_make);

/// The reader of --as, today.
Result<model::Reader> chosen_registry_reader(const Invocation& words, const Session& session);

/// --owner, --by and --why, now.
Result<app::Authorship> chosen_authorship(const Invocation& words, const Session& session);

/// What is shown of a field: its value, "something", or nothing.
std::string seen_text(const registry::SeenField& field);

/// The seen field of that key; empty if the type has none.
const registry::SeenField* find_seen(const registry::SeenRecord& record, std::string_view key);

}  // namespace adic::cli
