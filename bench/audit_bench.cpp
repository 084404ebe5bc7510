// The audit log: appending, proving and verifying. Entries are like those of a registry of eleven
// owners, most of them "shown". Prints wall and CPU time; what waits for the disk is in the first
// alone.
//
//   audit_bench            1,000,000 entries
//   audit_bench ENTRIES

#include "adic/audit/evidence.hpp"
#include "adic/audit/last_signed.hpp"
#include "adic/audit/log.hpp"
#include "adic/audit/signing.hpp"
#include "adic/base/random.hpp"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/core.h>
#include <unistd.h>

namespace {

using namespace adic;
using audit::Event;
using audit::EventKind;
using audit::LogReader;
using audit::LogWriter;

/// Prints how long it took since it was made, in all and for each of `count`.
class Stopwatch {
  public:
    void print(std::string_view what, std::uint64_t count, std::string_view unit) const {
        const double cpu_s = static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC;
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start_;
        fmt::print(
            "{:34} {:9} {}: {:.2f} s wall, {:.2f} s CPU, {:.2f} us CPU each\n",
            what,
            count,
            unit,
            wall.count(),
            cpu_s,
            1e6 * cpu_s / static_cast<double>(count)
        );
    }

  private:
    std::clock_t cpu_ = std::clock();
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

Event event_of(std::uint64_t i) {
    RandomStream random(1, i);
    Event event;
    event.kind = random.below(10) < 8 ? EventKind::shown : EventKind::written;
    event.at = std::chrono::sys_seconds{
        std::chrono::seconds{1'764'063'000 + static_cast<std::int64_t>(i)}};
    event.actor = "portal";
    event.owner = std::string("ST") + static_cast<char>('A' + static_cast<char>(random.below(11)));
    event.record = "organisation/" + std::to_string(random.below(100'000));
    if (event.kind == EventKind::shown) {
        event.reader = "ministry " + std::to_string(random.below(11));
        event.fields = {"capacity", "lead_time", "name"};
    }
    return event;
}

[[noreturn]] void stop(std::string_view why) {
    fmt::print(stderr, "{}\n", why);
    std::exit(1);
}

template <typename T>
T taken(Result<T> result) {
    if (!result) {
        stop(result.error().message);
    }
    return *std::move(result);
}

void append_all(const std::filesystem::path& folder, std::uint64_t entries) {
    LogWriter log = taken(LogWriter::create(folder, "bench.example/audit"));
    const Stopwatch watch;
    for (std::uint64_t i = 0; i < entries; ++i) {
        taken(log.append(event_of(i)));
    }
    if (const auto problem = log.commit()) {
        stop(problem->message);
    }
    watch.print("append in batches of 1 MiB", entries, "entries");
}

void append_one_by_one(const std::filesystem::path& folder) {
    LogWriter log = taken(LogWriter::create(folder, "bench.example/audit"));
    constexpr std::uint64_t entries = 200;
    const Stopwatch watch;
    for (std::uint64_t i = 0; i < entries; ++i) {
        taken(log.append(event_of(i)));
        if (const auto problem = log.commit()) {
            stop(problem->message);
        }
    }
    watch.print("append, each on the disk", entries, "entries");
}

void prove(const LogReader& log) {
    const std::uint64_t size = log.state().size;
    constexpr std::uint64_t proofs = 20'000;
    RandomStream random(2, 0);
    std::size_t hashes = 0;
    const Stopwatch inclusion;
    for (std::uint64_t i = 0; i < proofs; ++i) {
        hashes += taken(audit::inclusion_proof(random.below(size), size, log.stored())).size();
    }
    inclusion.print("proofs of inclusion", proofs, "proofs");
    fmt::print("  of {:.1f} hashes\n", static_cast<double>(hashes) / proofs);
    hashes = 0;
    const Stopwatch consistency;
    for (std::uint64_t i = 0; i < proofs; ++i) {
        hashes +=
            taken(audit::consistency_proof(random.below(size) + 1, size, log.stored())).size();
    }
    consistency.print("proofs of consistency", proofs, "proofs");
    fmt::print("  of {:.1f} hashes\n", static_cast<double>(hashes) / proofs);
}

void give_evidence(
    const LogReader& log,
    const audit::SignedHead& head,
    const audit::Policy& policy
) {
    std::string text;
    const auto take = [&](std::string_view part) -> std::optional<Error> {
        text += part;
        return std::nullopt;
    };
    const Stopwatch making;
    const std::uint64_t entries = taken(audit::write_evidence(log, "STA", head, take));
    making.print("evidence for one owner", entries, "entries");
    fmt::print("  {:.1f} MB\n", static_cast<double>(text.size()) / 1e6);
    const Stopwatch checking;
    if (!taken(audit::check_evidence_text(text, policy)).holds()) {
        stop("the evidence does not hold");
    }
    checking.print("evidence checked", entries, "entries");
}

void measure(const std::filesystem::path& folder, std::uint64_t entries) {
    append_all(folder / "log", entries);
    append_one_by_one(folder / "slow");
    const audit::VerifyingKey key =
        taken(audit::Signer::make(folder / "key", "bench.example/audit", audit::KeyKind::log));
    audit::SignedHead head;
    {
        audit::Signer signer = taken(audit::Signer::open(folder / "key"));
        LogWriter writer = taken(LogWriter::open(folder / "log"));
        head = taken(audit::sign_log(writer, signer));
    }
    const Stopwatch verifying;
    if (!taken(audit::inspect_log(folder / "log")).problems.empty()) {
        stop("the log does not hold");
    }
    verifying.print("verify the whole log", entries, "entries");
    const auto bytes = std::filesystem::file_size(folder / "log" / "entries")
                       + std::filesystem::file_size(folder / "log" / "hashes");
    fmt::print(
        "  {:.0f} bytes an entry\n",
        static_cast<double>(bytes) / static_cast<double>(entries)
    );
    const LogReader log = taken(LogReader::open(folder / "log"));
    prove(log);
    give_evidence(log, head, taken(audit::parse_policy("log " + audit::to_text(key))));
}

}  // namespace

int main(int argc, char** argv) {
    const std::uint64_t entries = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("adic-audit-bench-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    measure(folder, entries);
    std::filesystem::remove_all(folder);
    return 0;
}
