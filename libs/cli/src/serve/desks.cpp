#include "serve/desks.hpp"

#include "adic/app/audited_store.hpp"
#include "adic/audit/log.hpp"
#include "adic/postgres/address.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include <fmt/format.h>

namespace adic::cli {
namespace {

namespace fs = std::filesystem;

Error wrong(std::string message) {
    return Error{ErrorCode::invalid_argument, std::move(message), {}};
}

Result<audit::SigningKey> read_key(const std::string& path, audit::KeyKind kind) {
    ADIC_TRY(audit::SigningKey key, audit::read_key_file(path));
    if (key.verifying().kind != kind) {
        return wrong(fmt::format(
            "'{}' is the key of a {}, not of a {}",
            path,
            name_of(key.verifying().kind),
            name_of(kind)
        ));
    }
    return key;
}

std::optional<Error>
open_bundles(server::BundleDesk& desk, const ChosenRegistry& registry, const Invocation& words) {
    desk.store = registry.bundles.get();
    if (words.has("--sign-with")) {
        auto key = read_key(words.text("--sign-with"), audit::KeyKind::sender);
        if (!key) {
            return key.error();
        }
        desk.signs.emplace(*std::move(key));
    }
    if (words.has("--open-with")) {
        auto key = read_key(words.text("--open-with"), audit::KeyKind::recipient);
        if (!key) {
            return key.error();
        }
        desk.opens.emplace(*std::move(key));
    }
    if (words.has("--from")) {
        auto senders = registry::read_senders_file(words.text("--from"));
        if (!senders) {
            return senders.error();
        }
        desk.senders = *std::move(senders);
    }
    return std::nullopt;
}

std::optional<Error> open_audit(server::AuditDesk& desk, const Invocation& words) {
    if (words.has("--policy")) {
        auto policy = audit::read_policy_file(words.text("--policy"));
        if (!policy) {
            return policy.error();
        }
        desk.policy = *std::move(policy);
    }
    if (words.has("--audit-key")) {
        auto signer = audit::Signer::open(words.text("--audit-key"));
        if (!signer) {
            return signer.error();
        }
        if (signer->verifying().kind != audit::KeyKind::log) {
            return wrong("--audit-key takes the key of a log");
        }
        desk.signs.emplace(*std::move(signer));
    }
    return std::nullopt;
}

std::optional<Error> open_backups(server::BackupPlace& backups, const Invocation& words) {
    if (!words.has("--backups")) {
        return std::nullopt;
    }
    if (!words.has("--store") || postgres::is_address(words.text("--store"))) {
        return wrong("--backups takes a --store that is a file; pg_dump backs PostgreSQL up");
    }
    std::error_code failed;
    fs::create_directories(words.text("--backups"), failed);
    if (failed) {
        return Error{
            ErrorCode::unavailable,
            fmt::format("'{}' cannot be made", words.text("--backups")),
            {}};
    }
    backups.folder = fs::absolute(words.text("--backups"));
    backups.make = [store = fs::absolute(words.text("--store"))](const fs::path& into) {
        return registry::back_up_sqlite_store(store, into);
    };
    return std::nullopt;
}

constexpr const char* sample_log = "adic.sample/audit";

std::optional<Error>
open_sample_audit(server::AuditDesk& desk, ChosenRegistry& registry, const fs::path& folder) {
    const fs::path log = folder / "audit";
    if (auto made = audit::LogWriter::create(log, sample_log); !made) {
        return made.error();
    }
    auto audited = app::AuditedStore::open(std::move(registry.store), log);
    if (!audited) {
        return audited.error();
    }
    registry.viewing.log = audited->get();
    registry.store = *std::move(audited);
    const fs::path key = folder / "audit-key";
    auto public_key = audit::Signer::make(key, sample_log, audit::KeyKind::log);
    if (!public_key) {
        return public_key.error();
    }
    auto signer = audit::Signer::open(key);
    if (!signer) {
        return signer.error();
    }
    desk.signs.emplace(*std::move(signer));
    desk.policy = audit::Policy{{*public_key}, {}, {}};
    return std::nullopt;
}

/// One key speaks for all states of the sample: there everybody may be anybody.
std::optional<Error> open_sample_bundles(
    server::BundleDesk& desk,
    ChosenRegistry& registry,
    const fs::path& folder,
    const fs::path& data
) {
    auto store = registry::BundleStore::open(folder / "registry.bundles");
    auto sender = audit::SigningKey::create("adic.sample/sender", audit::KeyKind::sender);
    auto opener = audit::SigningKey::create("adic.sample/recipient", audit::KeyKind::recipient);
    if (!store || !sender || !opener) {
        return !store ? store.error() : !sender ? sender.error() : opener.error();
    }
    registry.bundles = *std::move(store);
    desk.store = registry.bundles.get();
    std::error_code failed;
    for (const auto& state : fs::directory_iterator(data / "registry", failed)) {
        desk.senders.push_back({state.path().filename().string(), sender->verifying()});
    }
    desk.signs.emplace(*std::move(sender));
    desk.opens.emplace(*std::move(opener));
    return std::nullopt;
}

}  // namespace

std::optional<Error>
open_desks(Desks& desks, const ChosenRegistry& registry, const Invocation& words) {
    if (auto problem = open_bundles(desks.bundles, registry, words)) {
        return problem;
    }
    if (auto problem = open_audit(desks.audit, words)) {
        return problem;
    }
    return open_backups(desks.backups, words);
}

std::optional<Error> open_sample_desks(
    Desks& desks,
    ChosenRegistry& registry,
    const fs::path& folder,
    const fs::path& data
) {
    if (auto problem = open_sample_audit(desks.audit, registry, folder)) {
        return problem;
    }
    if (auto problem = open_sample_bundles(desks.bundles, registry, folder, data)) {
        return problem;
    }
    desks.backups.folder = folder / "backups";
    desks.backups.make = [store = folder / "registry.db"](const fs::path& into) {
        return registry::back_up_sqlite_store(store, into);
    };
    std::error_code failed;
    fs::create_directories(desks.backups.folder, failed);
    return std::nullopt;
}

}  // namespace adic::cli
