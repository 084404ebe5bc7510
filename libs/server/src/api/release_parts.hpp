#pragma once

#include "adic/app/registry.hpp"

#include "api/call.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace adic::server {

/// What it takes to release a record of the caller's state so, by the roles of the caller.
access::ReleaseStep release_step_of(
    const Call& call,
    const std::string& organisation,
    const model::ReleasePolicy& after,
    bool widens
);

/// What is answered where somebody may not; empty: at once, or with somebody else's approval.
std::optional<Response> refusal_of(access::ReleaseStep step);

/// What became of a change of a release.
struct ReleaseChange {
    std::optional<Response> refusal;  ///< then there is nothing else
    std::optional<app::ReleaseAnswer> answer;
    std::optional<std::uint64_t> proposal;  ///< that waits for another pair of eyes
};

/// Changes a release as the caller may: says what it would do, saves it, or proposes it.
/// `basis` names what the change starts from; empty: whatever the release is now.
ReleaseChange
change_release(const Call& call, app::ReleaseRequest request, const std::string& basis);

}  // namespace adic::server
