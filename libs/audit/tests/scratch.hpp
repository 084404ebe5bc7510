#pragma once

#include "adic/audit/event.hpp"
#include "adic/audit/last_signed.hpp"
#include "adic/audit/log.hpp"
#include "adic/audit/policy.hpp"
#include "adic/audit/signing.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp

namespace adic::audit::test {

/// A folder that is gone at the end of the test.
class Scratch {
  public:
    Scratch() {
        std::string name = (std::filesystem::temp_directory_path() / "adic-audit-XXXXXX").string();
        path_ = mkdtemp(name.data());
    }

    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    Scratch(Scratch&&) = delete;
    Scratch& operator=(Scratch&&) = delete;

    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// In place where the file is there: file systems bring one that was cut to nothing to the disk at
/// once, and these tests write thousands.
inline void write_file(const std::filesystem::path& path, std::string_view text) {
    if (!std::filesystem::exists(path)) {
        std::ofstream(path, std::ios::binary) << text;
        return;
    }
    std::fstream(path, std::ios::binary | std::ios::in | std::ios::out) << text;
    if (std::filesystem::file_size(path) != text.size()) {
        std::filesystem::resize_file(path, text.size());
    }
}

inline std::chrono::sys_seconds second(std::int64_t since_1970) {
    return std::chrono::sys_seconds{std::chrono::seconds{since_1970}};
}

/// Entry `i` of the logs of the tests: owners and kinds take turns.
inline Event event_of(std::uint64_t i) {
    constexpr std::string_view owners[] = {"AAA", "BBB", "CCC"};
    Event event;
    event.kind = static_cast<EventKind>(i % 9);
    event.at = second(1'700'000'000 + static_cast<std::int64_t>(i));
    event.actor = "desk-" + std::to_string(i % 5);
    event.owner = owners[i % 3];
    event.record = "record/" + std::to_string(i / 4);
    const bool is_shown = event.kind == EventKind::shown || event.kind == EventKind::exported;
    if (is_shown || event.kind == EventKind::told || event.kind == EventKind::acknowledged) {
        event.reader = "ministry \"" + std::to_string(i % 4) + '"';
    }
    if (is_shown || event.kind == EventKind::released) {
        event.fields = {"capacity", "lead_time"};
    }
    if (event.kind == EventKind::written) {
        event.detail = "version:" + std::to_string(i);
    }
    return event;
}

/// A log with a key, two witnesses, and a policy that wants one of them.
struct SmallLog {
    explicit SmallLog(const Scratch& scratch) : folder(scratch / "log"), keys(scratch / "keys") {
        std::filesystem::create_directories(keys);
        const auto log = *Signer::make(keys / "log", "log.example/audit", KeyKind::log);
        const auto a = *Signer::make(keys / "a", "a.example/witness", KeyKind::witness);
        const auto b = *Signer::make(keys / "b", "b.example/witness", KeyKind::witness);
        policy_text = "log " + to_text(log) + "\nwitness AAA " + to_text(a) + "\nwitness BBB "
                      + to_text(b) + "\nneed 1 of AAA BBB\n";
        policy = *parse_policy(policy_text);
        *LogWriter::create(folder, "log.example/audit");
    }

    void add(std::uint64_t entries) const {
        LogWriter log = *LogWriter::open(folder);
        for (std::uint64_t i = 0; i < entries; ++i) {
            if (!log.append(event_of(log.size()))) {
                throw std::logic_error("an event of the tests is refused");
            }
        }
        if (log.commit()) {
            throw std::logic_error("a log of the tests cannot be written");
        }
    }

    SignedHead sign() const {
        LogWriter log = *LogWriter::open(folder);
        Signer signer = *Signer::open(keys / "log");
        return *sign_log(log, signer);
    }

    SignedHead cosign(std::string_view key) const {
        LogWriter log = *LogWriter::open(folder);
        Signer signer = *Signer::open(keys / key);
        return *cosign_log(log, signer, policy, second(1'800'000'000));
    }

    std::filesystem::path folder;
    std::filesystem::path keys;
    std::string policy_text;
    Policy policy;
};

}  // namespace adic::audit::test
