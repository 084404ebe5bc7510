#pragma once

#include "adic/audit/head.hpp"
#include "adic/audit/keys.hpp"
#include "adic/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace adic::audit {

/// A key that witnesses for a member. A member may have several, and counts once.
struct Witness {
    std::string member;
    VerifyingKey key;
};

/// At least `count` of the members have to have co-signed.
struct Need {
    std::uint64_t count = 0;
    std::vector<std::string> members;
};

/// Whose signatures make a head one to rely on.
struct Policy {
    std::vector<VerifyingKey> logs;
    std::vector<Witness> witnesses;
    std::vector<Need> needs;  ///< all of them hold
};

inline constexpr std::size_t longest_policy = std::size_t{1} << 20U;

/// Reads a policy: docs/reference/audit-log.md.
///
/// Errors: invalid_argument, with the line, for a word that is not known, a key that is none or
///         stands there twice, a need that names an unknown member or more than there are; for a
///         policy without a log.
Result<Policy> parse_policy(std::string_view text);

/// As `parse_policy`, of a file. Errors: also not_found, unavailable.
Result<Policy> read_policy_file(const std::filesystem::path& path);

/// Who co-signed, and when.
struct Cosigned {
    std::string member;
    std::chrono::sys_seconds at;
};

/// What a policy says of a head.
struct HeadVerdict {
    std::vector<Cosigned> cosigned;     ///< in the order of the signatures
    std::vector<std::string> problems;  ///< none: the head can be relied on

    bool holds() const { return problems.empty(); }
};

/// Whether a key of the policy has signed the head for the log that it names. A witness asks this
/// before it co-signs.
bool is_signed_by_log(const SignedHead& signed_head, const Policy& policy);

/// Holds a head against a policy. A signature of a key that the policy does not name is a problem,
/// where C2SP would pass over it: who may sign is agreed among members, and a changed byte in a
/// line must not turn it into one that nobody looks at.
HeadVerdict judge(const SignedHead& signed_head, const Policy& policy);

}  // namespace adic::audit
