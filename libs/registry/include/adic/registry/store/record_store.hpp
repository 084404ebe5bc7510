#pragma once

#include "adic/base/result.hpp"
#include "adic/model/record.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::registry {

/// A record at a version; number 0: there is none.
struct RecordStand {
    std::string id;
    std::uint64_t number = 0;
};

/// A new version of a record.
struct RecordWrite {
    model::Record record;
    std::uint64_t follows = 0;   ///< number of the version that it follows; 0: it is the first
    bool is_withdrawal = false;  ///< takes the record back; a later version may bring it again
    std::string by;              ///< account
    std::string why;
    /// Records that it was thought out from: it is written only if they are at these versions
    /// still.
    std::vector<RecordStand> given = {};
};

/// Which records are looked at; what is empty does not matter.
struct RecordFilter {
    std::string type = {};
    std::string owner = {};
};

/// Where records are kept: all versions, nothing is overwritten.
///
/// It knows no readers: what comes out goes through the ReleaseGate before anybody sees it. Every
/// adapter passes the same contract (tests/store/store_contract.hpp). Calls may come from several
/// threads; what a call hands versions to does not call the store in turn.
class RecordStore {
  public:
    RecordStore() = default;
    RecordStore(const RecordStore&) = delete;
    RecordStore& operator=(const RecordStore&) = delete;
    virtual ~RecordStore() = default;

    /// Writes all of them or none. When it returns without an error they are on the disk, and no
    /// crash takes them away.
    ///
    /// Errors: invalid_argument for a record that is not right, with all that is wrong; conflict if
    ///         one follows another version than the latest, changes the owner or type of its
    ///         record, or was thought out from what has changed; unavailable if the store cannot be
    ///         written.
    virtual std::optional<Error>
    write(std::span<const RecordWrite> writes, std::chrono::sys_seconds at) = 0;

    /// Whether whoever asks reads all records. A login of one state on a server does not: to add up
    /// what it reads would be wrong.
    virtual bool reads_all() const { return true; }

    /// The latest version, a withdrawal too; empty if there is none.
    /// Errors: unavailable; invalid_argument if what is stored cannot be read.
    virtual Result<std::optional<model::RecordVersion>> latest(const std::string& id) const = 0;

    /// The latest versions of these records, one each, in their order.
    /// Errors: as `latest`. Cost: a server is asked once for thousands of them.
    virtual Result<std::vector<std::optional<model::RecordVersion>>> latest_of(
        std::span<const std::string> ids
    ) const;

    /// All versions, the oldest first. Errors: as `latest`.
    virtual Result<std::vector<model::RecordVersion>> history(const std::string& id) const = 0;

    /// Hands over the latest versions that are not withdrawals, by identifier, until `visit` gives
    /// false. Errors: as `latest`.
    virtual std::optional<Error> scan(
        const RecordFilter& filter,
        const std::function<bool(const model::RecordVersion&)>& visit
    ) const = 0;

    /// The change feed: hands over every version that was written after that of `sequence`,
    /// withdrawals too, in the order in which they were kept, until `visit` gives false. Gives the
    /// sequence number of the last that it handed over, to go on from (`sequence` if there was
    /// none); 0 is before the first.
    ///
    /// Who goes on from there misses nothing, however many write at once. The numbers grow, with
    /// gaps. They are for programs that follow the store, as an index of it does, and are never
    /// shown to a reader: they would tell how much others write.
    /// Errors: as `latest`. Cost: that of what is handed over.
    virtual Result<std::uint64_t> changes_since(
        std::uint64_t sequence,
        const std::function<bool(std::uint64_t sequence, const model::RecordVersion&)>& visit
    ) const = 0;
};

/// What is wrong with a set of writes before any store is asked: records that are not right, one
/// that is written twice, and a result of an aggregate after its first version.
std::optional<Error> problem_of(std::span<const RecordWrite> writes);

}  // namespace adic::registry
