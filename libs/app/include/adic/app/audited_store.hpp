#pragma once

#include "adic/audit/event.hpp"
#include "adic/audit/last_signed.hpp"
#include "adic/base/result.hpp"
#include "adic/model/release.hpp"
#include "adic/registry/bundle/bundle_store.hpp"
#include "adic/registry/release/seen_record.hpp"
#include "adic/registry/store/record_store.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::app {

/// How the audit log names a reader: "MYS" for the officials of a state, "org:yard", "everyone".
std::string reader_name(const model::Reader& reader);

/// What of a record is about to be shown.
struct ShownRecord {
    std::string id;
    std::string owner;
    /// "record", and what is seen of its fields: "name", "price:generalised", "note:exists".
    std::vector<std::string> fields;
    std::string detail;  ///< "version:3", of those that are stored; "history:3" for all up to it
};

/// Of a record at a stored version.
ShownRecord shown_record(const registry::SeenRecord& seen, std::uint64_t version);

/// Of the past of a record up to a stored version. Requires: at least one version is seen.
ShownRecord
shown_history(std::span<const registry::SeenVersion> versions, std::uint64_t last_version);

/// A store whose every write is in an audit log, and the place where disclosures go before they
/// happen: docs/explanation/audit.md, "What is written down, and when".
///
/// What is about to be written is announced beside the log first; the store is written; then the
/// log. Whoever stops in between leaves the announcement, and the next `open` asks the store
/// whether it happened. Calls may come from several threads.
class AuditedStore final : public registry::RecordStore {
  public:
    /// Errors: those of audit::LogWriter::open; those of the store, when it has to be asked.
    /// Cost:   one pass over the log. A log that another program is adding to is waited for, some
    ///         seconds.
    static Result<std::unique_ptr<AuditedStore>>
    open(std::unique_ptr<registry::RecordStore> store, const std::filesystem::path& folder);

    ~AuditedStore() override;

    /// Errors: those of the store; invalid_argument for an author or identifier that the log cannot
    ///         name; unavailable if the log cannot be written: then nothing more is written or
    ///         shown until it is opened again.
    std::optional<Error>
    write(std::span<const registry::RecordWrite> writes, std::chrono::sys_seconds at) override;

    bool reads_all() const override;
    Result<std::optional<model::RecordVersion>> latest(const std::string& id) const override;
    Result<std::vector<std::optional<model::RecordVersion>>> latest_of(
        std::span<const std::string> ids
    ) const override;
    Result<std::vector<model::RecordVersion>> history(const std::string& id) const override;
    std::optional<Error> scan(
        const registry::RecordFilter& filter,
        const std::function<bool(const model::RecordVersion&)>& visit
    ) const override;
    Result<std::uint64_t> changes_since(
        std::uint64_t sequence,
        const std::function<bool(std::uint64_t sequence, const model::RecordVersion&)>& visit
    ) const override;

    /// Who is shown something, by which account, when.
    struct Viewer {
        model::Reader reader;
        std::string actor;
        std::chrono::sys_seconds at;
    };

    /// Returns when it is on the disk that the reader is shown the records. What the same account
    /// was shown on the same day already, at the same version, is not written again.
    ///
    /// Errors: as `write`. Then nothing may be shown.
    /// Cost:   all of them are one batch; several threads at once share one.
    std::optional<Error> disclose(
        const Viewer& viewer,
        std::span<const ShownRecord> records,
        audit::EventKind kind = audit::EventKind::shown
    );

    /// Adds events that are about no version of a record, such as logins, and returns when they are
    /// on the disk. Errors: as `disclose`.
    std::optional<Error> log(std::vector<audit::Event> events);

    /// Hands over what is in the log, from its beginning.
    /// Errors: those of audit::LogReader. Cost: two passes over the log.
    std::optional<Error> each_event(const std::function<void(const audit::Event&)>& take) const;

    /// Signs a head over all that is in the log. Errors: those of audit::sign_log.
    Result<audit::SignedHead> sign(audit::Signer& signer);

    const std::filesystem::path& folder() const;

  private:
    struct Parts;

    explicit AuditedStore(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

/// Of a record that a bundle gave.
ShownRecord shown_received(const registry::SeenRecord& seen, std::uint64_t bundle);

/// Who looks, and where that is written down before anything is shown. Without a log, nowhere.
struct Viewing {
    AuditedStore* log = nullptr;
    std::string actor = {};
    std::chrono::sys_seconds at = {};
    /// What bundles of other states have given is shown too. Empty: there is none.
    const registry::BundleStore* bundles = nullptr;
};

}  // namespace adic::app
