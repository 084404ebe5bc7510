#pragma once

#include "adic/audit/keys.hpp"
#include "adic/base/result.hpp"
#include "adic/model/record.hpp"
#include "adic/registry/release/seen_record.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::registry {

/// A record that the recipient had and is to have no longer.
struct WithdrawnRecord {
    std::string id;
    const model::RecordType* type = nullptr;

    friend bool operator==(const WithdrawnRecord&, const WithdrawnRecord&) = default;
};

/// The versions of a record that the recipient sees, the oldest first; at least one. Who wrote
/// them, and why, does not leave the registry.
using SeenPast = std::vector<SeenVersion>;

/// What one state gives one recipient: of its records what the recipient may see and did not have
/// since the bundle before, and which of those that it had it is to have no longer.
struct Bundle {
    std::string from;           ///< a state: all the records are its own
    std::string to;             ///< "MYS", "org:yard", "everyone"
    std::string series;         ///< 32 hexadecimal digits
    std::uint64_t number = 1;   ///< in the series
    std::uint64_t follows = 0;  ///< number of the bundle that it goes on from; 0: from nothing
    std::string previous = {};  ///< digest of that one; empty: from nothing
    std::chrono::sys_seconds at = {};
    std::vector<SeenPast> records = {};  ///< by identifier
    std::vector<WithdrawnRecord> withdrawn = {};

    friend bool operator==(const Bundle&, const Bundle&) = default;
};

/// No bundle is longer.
inline constexpr std::size_t longest_bundle = std::size_t{1} << 28U;

/// The lines of one record: how bundles and stores keep it.
std::string write_past(const SeenPast& past);

/// Errors: invalid_argument unless it is what `write_past` writes.
Result<SeenPast> parse_past(std::string_view lines);

/// All but the signature, in its one spelling: docs/reference/bundles.md.
std::string write_bundle_content(const Bundle& bundle, const audit::VerifyingKey& key);

/// Errors: invalid_argument unless it is what `write_bundle_content` writes, for a later version of
///         the format, for records of others than the sender.
/// Cost:   O(bytes).
Result<Bundle> parse_bundle_content(std::string_view content);

/// The bundle with its signature.
/// Requires: the key is of kind sender.
std::string sign_bundle(const Bundle& bundle, const audit::SigningKey& key);

/// The digest by which the next bundle of the series knows this one: SHA-256, hexadecimal.
std::string digest_of_bundle(std::string_view signed_text);

/// A key that speaks for a state.
struct TrustedSender {
    std::string state;
    audit::VerifyingKey key;
};

/// Reads lines "sender MYS KEY"; '#' begins a comment.
/// Errors: invalid_argument, with the line.
Result<std::vector<TrustedSender>> parse_senders(std::string_view text);

/// As `parse_senders`, of a file. Errors: also not_found, unavailable.
Result<std::vector<TrustedSender>> read_senders_file(const std::filesystem::path& path);

/// Checks the signature before anything else is looked at, then reads.
///
/// Errors: invalid_argument if nobody trusted has signed it, if the key speaks for another state
///         than the bundle, or as `parse_bundle_content`. None of them tells what stands in it.
Result<Bundle> read_signed_bundle(std::string_view text, std::span<const TrustedSender> senders);

}  // namespace adic::registry
