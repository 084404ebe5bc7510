#include "adic/audit/keys.hpp"
#include "adic/server/oidc.hpp"

#include "api/route.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::string_view ending = ".db";

/// The public parts alone.
Json keys_json(const Parts& parts) {
    Json keys = Json::array();
    const auto add = [&](std::string_view use, const audit::VerifyingKey& key) {
        keys.push_back({{"use", use}, {"name", key.name}, {"public", audit::to_text(key)}});
    };
    if (parts.bundles != nullptr && parts.bundles->signs) {
        add("signs bundles", parts.bundles->signs->verifying());
    }
    if (parts.bundles != nullptr && parts.bundles->opens) {
        add("opens bundles", parts.bundles->opens->verifying());
    }
    if (parts.audit_desk != nullptr && parts.audit_desk->signs) {
        add("signs the audit log", parts.audit_desk->signs->verifying());
    }
    if (parts.bundles != nullptr) {
        for (const registry::TrustedSender& sender : parts.bundles->senders) {
            add("speaks for " + sender.state, sender.key);
        }
    }
    return keys;
}

/// Sizes are not said: they would tell how much others keep here.
Response get_server(const Call& call) {
    const Parts& parts = call.house.parts;
    const bool is_readable = !call.house.index.refresh();
    return json_response(
        {{"version", ADIC_VERSION},
         {"store", is_readable ? "ok" : "cannot be read"},
         {"audit_log", parts.audit != nullptr},
         {"accounts", parts.accounts != nullptr},
         {"login_service", parts.oidc != nullptr},
         {"login_service_of",
          parts.oidc == nullptr ? Json(nullptr) : Json(parts.oidc->provider().state)},
         {"backups", !parts.backups.folder.empty()},
         {"jobs_running", call.house.jobs.running()},
         {"jobs_waiting", call.house.jobs.waiting()},
         {"keys", keys_json(parts)}}
    );
}

Error no_place() {
    return {
        ErrorCode::conflict,
        "this server makes no copies: adic serve --backups names a folder for them, and a registry "
        "on PostgreSQL is backed up by pg_dump",
        {}};
}

Response get_backups(const Call& call) {
    const fs::path& folder = call.house.parts.backups.folder;
    if (folder.empty()) {
        return json_response({{"kept", false}, {"backups", Json::array()}});
    }
    std::vector<std::string> names;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        if (entry.path().extension() == ending) {
            names.push_back(entry.path().filename().string());
        }
    }
    if (failed) {
        return error_response({ErrorCode::unavailable, "the folder cannot be read", {}});
    }
    std::ranges::sort(names, std::ranges::greater{});  // names begin with the time
    return json_response({{"kept", true}, {"backups", names}});
}

Response post_backup(const Call& call) {
    constexpr int created = 201;
    const BackupPlace& backups = call.house.parts.backups;
    if (backups.folder.empty() || !backups.make) {
        return error_response(no_place());
    }
    std::string at = time_text(call.now());
    std::erase_if(at, [](char c) { return c == '-' || c == ':'; });
    const std::string name = fmt::format("registry-{}{}", at, ending);
    if (const auto problem = backups.make(backups.folder / name)) {
        const bool is_there = problem->code == ErrorCode::conflict;
        return error_response(
            is_there ? Error{ErrorCode::conflict, "a copy of this second is there already", {}}
                     : Error{ErrorCode::unavailable, "the copy could not be made", {}}
        );
    }
    return json_response({{"name", name}}, created);
}

constexpr auto manage = access::Permission::manage_server;

constexpr std::array<std::string_view, 1> backups_list{"backups"};

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/server",
        .summary = "What the server stands on",
        .help = "Whether the store can be read, what there is beside it, jobs, and the public "
                "parts of its keys.",
        .needs = manage,
        .gives = "Server",
        .answer = get_server},
    Route{
        .method = "GET",
        .path = "/api/v1/backups",
        .summary = "Copies of the registry that were made",
        .help = "In the folder that the server was started with, the newest first.",
        .needs = manage,
        .gives = "Backups",
        .lists = backups_list,
        .answer = get_backups},
    Route{
        .method = "POST",
        .path = "/api/v1/backups",
        .summary = "Copy the registry as it is now",
        .help = "While it is in use, into the server's own folder; the copy is checked.",
        .needs = manage,
        .gives = "Backup",
        .status = 201,
        .answer = post_backup},
};

}  // namespace

std::span<const Route> keeping_routes() {
    return routes;
}

}  // namespace adic::server
