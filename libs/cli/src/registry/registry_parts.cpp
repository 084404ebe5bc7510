#include "registry/registry_parts.hpp"

#include "adic/base/text.hpp"
#include "adic/model/provenance.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "frame/chosen.hpp"

#include <fmt/format.h>

namespace adic::cli {
namespace {

Error missing(std::string_view option) {
    return Error{ErrorCode::invalid_argument, fmt::format("{} must be given", option), {}};
}

}  // namespace

Result<ChosenRegistry>
open_chosen_store(const Invocation& words, const Session& session, bool may_make) {
    const std::filesystem::path file = words.text("--store");
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
    ADIC_TRY(auto store, registry::open_sqlite_store(file));
    const bool is_named = words.has("--audit");
    const std::filesystem::path folder =
        is_named ? words.text("--audit") : file.string() + ".audit";
    if (!is_named && !std::filesystem::exists(folder, failed)) {
        return ChosenRegistry{std::move(store), {}};
    }
    ADIC_TRY(auto audited, app::AuditedStore::open(std::move(store), folder));
    app::Viewing viewing{audited.get(), std::string(by_option.standard), session.around.now};
    return ChosenRegistry{std::move(audited), std::move(viewing)};
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
