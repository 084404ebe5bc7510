#pragma once

#include "adic/audit/head.hpp"
#include "adic/audit/policy.hpp"

#include "frame/command.hpp"

#include <string>
#include <vector>

namespace adic::cli {

/// What the commands of the audit log have in common.
inline constexpr Option keys_option{
    .name = "--keys",
    .value = "POLICY",
    .help = "a file that says whose keys count, and how many members have to co-sign",
    .completes = Completes::file};

/// Errors: invalid_argument if no policy is given; those of audit::read_policy_file.
Result<audit::Policy> chosen_policy(const Invocation& words);

/// "IDN 2026-11-25T09:30:00Z", one for each member.
std::vector<std::string> cosigned_words(const std::vector<audit::Cosigned>& cosigned);

}  // namespace adic::cli
