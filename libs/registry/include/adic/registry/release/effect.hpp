#pragma once

#include "adic/model/record.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

/// Under this name a change of a release says which organisation is on the owner's side:
/// "org:NAME", or nobody. No field of a record is called so.
inline constexpr std::string_view owners_side = "owners_side";

/// "org:NAME"; of none an empty text.
std::string owners_side_text(const model::Record& record);

/// What would change, and for whom, if the record had the policy of `wanted`, and its organisation
/// on the owner's side: shown before it is saved. Organisations that come to the owner's side or
/// leave it are readers, too. Only fields that hold something count. By reader, then field.
/// Cost: O(readers * fields * grants).
std::vector<DisclosureChange> effect_of(
    const model::Record& record,
    const model::Record& wanted,
    std::span<const NamedReader> readers
);

/// Whether anybody would see more of a field than now, on any day from `today` on: one of the
/// readers, the organisation on the owner's side, or somebody in just one of the audiences that
/// either policy names. Fields that hold nothing count, too: they may be filled in later.
/// Cost: O(readers * days * fields * grants).
bool widens(
    const model::Record& record,
    const model::Record& wanted,
    std::span<const NamedReader> readers,
    std::chrono::sys_days today
);

/// The words of the Traffic Light Protocol for all who see the record: for its policy, and for an
/// organisation on the owner's side.
std::string_view traffic_light_of(const model::Record& record);

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
