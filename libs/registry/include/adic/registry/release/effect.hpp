#pragma once

#include "adic/model/record.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::registry {

/// Somebody whose view is compared.
struct NamedReader {
    std::string name;
    model::Reader reader;
};

/// That a reader would see another part of a field than now.
struct DisclosureChange {
    std::string reader;
    std::string field;  ///< "record" for whether it is there at all
    model::Disclosure before = model::Disclosure::none;
    model::Disclosure after = model::Disclosure::none;

    friend bool operator==(const DisclosureChange&, const DisclosureChange&) = default;
};

/// What would change, and for whom, if the record had another policy: shown before it is saved.
/// Only fields that hold something count. By reader, then field.
/// Cost: O(readers * fields * grants).
std::vector<DisclosureChange> effect_of(
    const model::Record& record,
    const model::ReleasePolicy& wanted,
    std::span<const NamedReader> readers
);

/// Whether anybody would see more of a field than now, on any day from `today` on: one of the
/// readers, or somebody in just one of the audiences that either policy names. Fields that hold
/// nothing count, too: they may be filled in later.
/// Cost: O(readers * days * fields * grants).
bool widens(
    const model::Record& record,
    const model::ReleasePolicy& wanted,
    std::span<const NamedReader> readers,
    std::chrono::sys_days today
);

/// The widest audience that the policy shows anything; empty: it shows nothing to anybody.
std::optional<model::Audience::Kind> widest_of(const model::ReleasePolicy& policy);

/// Empty if a role may release to all audiences that the policy names; else a sentence that names
/// those that are too wide, and who may.
std::optional<std::string>
problem_of_cap(const model::ReleasePolicy& policy, model::Audience::Kind widest_allowed);

/// Sentences that make one look twice before saving: audiences that none of the owner's other
/// policies names, everyone above all. Nothing is unusual among fewer than five policies, save
/// everyone.
std::vector<std::string>
warnings_of(const model::ReleasePolicy& wanted, std::span<const model::ReleasePolicy> usual);

}  // namespace adic::registry
