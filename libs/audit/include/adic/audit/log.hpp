#pragma once

#include "adic/audit/event.hpp"
#include "adic/audit/head.hpp"
#include "adic/audit/merkle.hpp"
#include "adic/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::audit {

/// What reading the whole of a log found. A log is a folder with the files `entries`, `hashes` and
/// `head`: docs/reference/audit-log.md.
struct LogState {
    std::string origin;
    std::uint64_t size = 0;  ///< whole entries
    Hash root = empty_root();
    std::optional<SignedHead> head;  ///< the one in the folder
    /// The last number of each owner. At most 26^3: an owner is three letters.
    std::map<std::string, std::uint64_t, std::less<>> numbers;
    std::vector<std::string> problems;  ///< what is not as it was written; at most 20
    /// What stands behind the last whole entry, if it was never acknowledged; else empty.
    std::string torn;
};

/// Reads every byte of a log and holds it against itself: each entry against its seal and its one
/// spelling, the numbers of each owner, each stored hash, and the root of the head.
///
/// Errors: not_found, unavailable; invalid_argument if the folder holds no log at all. What is
///         wrong inside of one is in `problems`.
/// Cost:   one pass; memory O(owners), whatever the size of the log.
Result<LogState> inspect_log(const std::filesystem::path& folder);

/// Called for each entry, in order; false: no more are wanted.
using TakeEntry =
    std::function<Result<bool>(std::uint64_t index, std::string_view entry, const Event& event)>;

/// A log to read from. Opening reads all of it and refuses one with problems.
class LogReader {
  public:
    /// Errors: those of `inspect_log`; conflict for a log with problems.
    static Result<LogReader> open(const std::filesystem::path& folder);

    const LogState& state() const { return state_; }

    /// The stored hashes, for proofs.
    const ReadStored& stored() const { return stored_; }

    /// Errors: those of `take`; unavailable.
    std::optional<Error> each_entry(const TakeEntry& take) const;

  private:
    LogReader() = default;

    std::filesystem::path folder_;
    LogState state_;
    ReadStored stored_;
};

/// How a log is opened to be added to.
struct OpenForWriting {
    std::chrono::milliseconds wait{0};  ///< for another process to let go of it
    /// Called for each entry that is there, in order.
    std::function<void(const Event& event)> take = {};
};

/// A log to add to. One at a time: the file is locked. To be used by one thread at a time.
///
/// What `commit` has returned from is on the disk. A machine that stops in the midst leaves at most
/// entries that were never acknowledged, and the next `open` keeps the whole ones and cuts off a
/// torn one.
class LogWriter {
  public:
    /// A new log in a folder that is empty or not there.
    /// Errors: conflict if there is one; invalid_argument for a name that is none.
    static Result<LogWriter> create(const std::filesystem::path& folder, std::string_view origin);

    /// Errors: those of `inspect_log`; conflict if the log is in use, or is not as it was
    ///         committed and signed: then nothing is changed.
    static Result<LogWriter>
    open(const std::filesystem::path& folder, const OpenForWriting& how = {});

    LogWriter(LogWriter&& other) noexcept;
    LogWriter& operator=(LogWriter&& other) noexcept;
    LogWriter(const LogWriter&) = delete;
    LogWriter& operator=(const LogWriter&) = delete;
    ~LogWriter();

    const std::string& origin() const;
    std::uint64_t size() const;
    Hash root() const;
    const std::optional<SignedHead>& head() const;

    /// How many bytes of a torn entry `open` has cut off.
    std::uint64_t cut_bytes() const;

    /// Adds an event to the batch, with the next number of its owner, and returns its index. A
    /// batch of more than 1 MiB is committed.
    ///
    /// Errors: those of `write_event`; those of `commit`.
    Result<std::uint64_t> append(Event event);

    /// Brings the batch to the disk: first the entries, then the hashes.
    ///
    /// Errors: unavailable. After one the log takes no more until it is opened again, for it is not
    ///         known what is on the disk.
    std::optional<Error> commit();

    /// Says on the disk what is about to happen in another place, such as a database. Then either
    /// `confirm` or `retract` follows. A machine that stops in between leaves it in `announced`.
    ///
    /// Requires: nothing is announced, and nothing is in the batch.
    /// Errors:   those of `write_event`; unavailable.
    std::optional<Error> announce(std::vector<Event> events);

    /// What was announced and neither confirmed nor retracted, less what stands in the log already.
    const std::vector<Event>& announced() const;

    /// It has happened: adds what was announced to the log, and commits.
    /// Errors: those of `commit`.
    std::optional<Error> confirm();

    /// It has not happened. Errors: unavailable.
    std::optional<Error> retract();

    /// The stored hashes of what is committed, for proofs.
    ReadStored stored() const;

    /// Puts a head into the folder, in the place of the one before.
    ///
    /// Errors: conflict unless it is a head of this log, over what is committed, and not of fewer
    ///         entries than the one before.
    std::optional<Error> publish(const SignedHead& signed_head);

  private:
    struct Files;

    explicit LogWriter(std::unique_ptr<Files> files);

    std::unique_ptr<Files> files_;
};

}  // namespace adic::audit
