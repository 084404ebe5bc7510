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
    .help = "the registry: one file, made when the first record is added",
    .standard = "registry.db",
    .completes = Completes::file};

inline constexpr Option reader_option{
    .name = "--as",
    .value = "READER",
    .help =
        "who reads: an official of a state (MYS), an organisation (org:NAME), or everyone; must be "
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

/// The registry of --store. Errors: not_found if it is not there and may not be made.
Result<std::unique_ptr<registry::RecordStore>>
open_chosen_store(const Invocation& words, bool may_make);

/// The reader of --as, today.
Result<model::Reader> chosen_registry_reader(const Invocation& words, const Session& session);

/// --owner, --by and --why, now.
Result<app::Authorship> chosen_authorship(const Invocation& words, const Session& session);

/// What is shown of a field: its value, "something", or nothing.
std::string seen_text(const registry::SeenField& field);

/// The seen field of that key; empty if the type has none.
const registry::SeenField* find_seen(const registry::SeenRecord& record, std::string_view key);

}  // namespace adic::cli
