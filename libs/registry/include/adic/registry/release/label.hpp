#pragma once

#include "adic/base/result.hpp"
#include "adic/model/release.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace adic::registry {

/// The policy as confidentiality labels that other systems read: one label for each field and way
/// in which it is released, with the audiences as PERMISSIVE categories and the words of the
/// Traffic Light Protocol as its privacy mark.
///
/// Source: STANAG 4774 (ADatP-4774), "Confidentiality Metadata Label Syntax", 2017, with the policy
///         ASEAN-ADIC/1 of docs/reference/release-labels.md.
std::string write_label(const model::ReleasePolicy& policy, std::chrono::sys_seconds created);

/// Reads what `write_label` writes, and labels of others under the same policy.
///
/// Errors: invalid_argument for what is no label, has another policy, or a category, word or date
///         that the policy does not have: an unknown restriction must not be lost.
/// Cost:   O(bytes); at most 1 MiB.
Result<model::ReleasePolicy> parse_label(std::string_view xml);

}  // namespace adic::registry
