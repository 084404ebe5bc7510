#include "registry/registry_parts.hpp"

#include "adic/base/text.hpp"
#include "adic/model/provenance.hpp"
#include "adic/postgres/address.hpp"
#include "adic/registry/store/postgres_store.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "frame/chosen.hpp"

#include <fmt/format.h>

namespace adic::cli {
namespace {

Error missing(std::string_view option) {
    return Error{ErrorCode::invalid_argument, fmt::format("{} must be given", option), {}};
}

Result<std::unique_ptr<registry::RecordStore>>
open_file(const std::filesystem::path& file, bool may_make) {
    std::error_code failed;
    if (!may_make && !std::filesystem::exists(file, failed)) {
        return Error{
            ErrorCode::not_found,
            fmt::format(
                "there is no registry '{}'; 'adic registry add' makes one, --store names another",
                file.string()
            ),
            {}};
    }
    return registry::open_sqlite_store(file);
}

Result<std::unique_ptr<registry::RecordStore>> open_store(const std::string& place, bool may_make) {
    if (!postgres::is_address(place)) {
        return open_file(place, may_make);
    }
    const auto empty =
        may_make ? registry::EmptyDatabase::is_laid_out : registry::EmptyDatabase::is_refused;
    return registry::open_postgres_store(place, empty);
}

/// What the option names, or else what stands beside the registry; empty: nothing does. A database
/// has nothing beside it.
std::optional<std::filesystem::path>
chosen_beside(const Invocation& words, std::string_view option, std::string_view ending) {
    if (words.has(option)) {
        return words.text(option);
    }
    if (postgres::is_address(words.text("--store"))) {
        return std::nullopt;
    }
    const std::string beside = words.text("--store") + std::string(ending);
    std::error_code failed;
    return std::filesystem::exists(beside, failed) ? std::optional<std::filesystem::path>{beside}
                                                   : std::nullopt;
}

}  // namespace

Result<ChosenRegistry>
open_chosen_store(const Invocation& words, const Session& session, bool may_make) {
    ChosenRegistry chosen;
    ADIC_TRY(chosen.store, open_store(words.text("--store"), may_make));
    chosen.viewing.actor = by_option.standard;
    chosen.viewing.at = session.around.now;
    if (const auto folder = chosen_beside(words, "--audit", ".audit")) {
        ADIC_TRY(auto audited, app::AuditedStore::open(std::move(chosen.store), *folder));
        chosen.viewing.log = audited.get();
        chosen.store = std::move(audited);
    }
    if (const auto bundles = chosen_beside(words, "--bundles", ".bundles")) {
        ADIC_TRY(chosen.bundles, registry::BundleStore::open(*bundles));
        chosen.viewing.bundles = chosen.bundles.get();
    }
    return chosen;
}

Result<ChosenRegistry>
open_registry_with_bundles(const Invocation& words, const Session& session, bool may_make) {
    ADIC_TRY(ChosenRegistry chosen, open_chosen_store(words, session, may_make));
    if (chosen.bundles == nullptr && postgres::is_address(words.text("--store"))) {
        return missing("--bundles");
    }
    if (chosen.bundles == nullptr) {
        ADIC_TRY(
            chosen.bundles,
            registry::BundleStore::open(words.text("--store") + std::string(".bundles"))
        );
        chosen.viewing.bundles = chosen.bundles.get();
    }
    return chosen;
}

Result<model::Reader> chosen_registry_reader(const Invocation& words, const Session& session) {
    if (!words.has("--as")) {
        return missing("--as");
    }
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    const auto today = std::chrono::floor<std::chrono::days>(session.around.now);
    return app::find_reader(data, words.text("--as"), today);
}

Result<app::Authorship> chosen_authorship(const Invocation& words, const Session& session) {
    if (!words.has("--owner")) {
        return missing("--owner");
    }
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    const auto today = std::chrono::floor<std::chrono::days>(session.around.now);
    ADIC_TRY(const model::Reader owner, app::find_reader(data, words.text("--owner"), today));
    if (!owner.is_official) {
        return Error{ErrorCode::invalid_argument, "--owner is a state", {}};
    }
    return app::Authorship{
        owner.state,
        words.text("--by"),
        words.text("--why"),
        session.around.now};
}

std::string seen_text(const registry::SeenField& field) {
    return registry::to_text(field, "; ");
}

const registry::SeenField* find_seen(const registry::SeenRecord& record, std::string_view key) {
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
        if (registry::seen_field_key(*record.type, f) == key) {
            return &record.fields[f];
        }
    }
    return nullptr;
}

}  // namespace adic::cli
