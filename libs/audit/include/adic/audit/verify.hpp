#pragma once

#include "adic/audit/merkle.hpp"
#include "adic/audit/policy.hpp"
#include "adic/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::audit {

/// What a file to be verified is.
enum class ProofKind { log, evidence, head, bridge };

/// What verifying one file found.
struct FileVerdict {
    std::filesystem::path path;
    ProofKind kind = ProofKind::head;
    std::string origin;                   ///< the log that it is about
    std::optional<TreeHead> signed_tree;  ///< of its signed head
    std::vector<Cosigned> cosigned;
    std::uint64_t entries = 0;  ///< of a log, all; of evidence, those that are proven
    std::string remark;         ///< what a reader should know although nothing is wrong
    std::vector<std::string> problems;
};

struct Verification {
    std::vector<FileVerdict> files;
    /// Where files contradict each other: forks, and heads that a log no longer has; and heads of
    /// one log of which nothing shows that they belong together.
    std::vector<std::string> problems;

    bool holds() const;
};

/// Verifies logs, evidence, signed heads and bridges, each by itself under the policy and all
/// against each other, without anything else at hand. A bridge does not have to be co-signed: it is
/// what witnesses get before.
///
/// Errors: not_found, unavailable; invalid_argument for a file that is none of these.
/// Cost:   a pass over each log, and another if there are other files; a pass over each other
///         file.
Result<Verification>
verify_files(std::span<const std::filesystem::path> paths, const Policy& policy);

}  // namespace adic::audit
