#pragma once

#include "adic/audit/event.hpp"
#include "adic/audit/head.hpp"
#include "adic/audit/log.hpp"
#include "adic/audit/policy.hpp"
#include "adic/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::audit {

/// Takes the next part of a text. An error ends it.
using TakeText = std::function<std::optional<Error>(std::string_view text)>;

/// Writes, for an owner, each entry about its records up to a signed head, and with each the proof
/// that it is in the log: docs/reference/audit-log.md, "Evidence".
///
/// Errors:  conflict if the head is not one of this log; those of `take`.
/// Returns: how many entries there are.
/// Cost:    one pass over the log, O(log n) hashes for each entry of the owner.
Result<std::uint64_t> write_evidence(
    const LogReader& log,
    std::string_view owner,
    const SignedHead& head,
    const TakeText& take
);

/// What evidence shows once it is checked.
struct EvidenceVerdict {
    std::string owner;
    SignedHead head;
    HeadVerdict signatures;
    std::uint64_t entries = 0;
    /// The entries are numbered 1, 2, ... up to `entries`: none is left out before the last. If
    /// they are not, that is a problem.
    bool is_gapless = false;
    std::vector<std::string> problems;  ///< of the entries and their proofs; at most one

    bool holds() const { return problems.empty() && signatures.holds(); }
};

/// Called for each entry that is proven.
using TakeProven = std::function<void(std::uint64_t index, const Event& event)>;

/// Checks evidence without the log: that each entry is about the owner, stands under the head, and
/// is in its one spelling, and that the head is signed as the policy wants.
///
/// Errors: not_found, unavailable; invalid_argument if it does not begin as evidence does.
/// Cost:   one pass; memory O(1).
Result<EvidenceVerdict> check_evidence(
    const std::filesystem::path& path,
    const Policy& policy,
    const TakeProven& take = {}
);
Result<EvidenceVerdict>
check_evidence_text(std::string_view text, const Policy& policy, const TakeProven& take = {});

}  // namespace adic::audit
