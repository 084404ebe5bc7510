#include "adic/audit/policy.hpp"

#include "fuzz.hpp"

#include <cstdint>

/// A policy is read or refused with the line; one that is read wants no more than there is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto policy = adic::audit::parse_policy(adic::fuzz::text_of(data, size));
    if (!policy) {
        adic::fuzz::require(!policy.error().message.empty());
        return 0;
    }
    adic::fuzz::require(!policy->logs.empty());
    for (const adic::audit::Need& need : policy->needs) {
        adic::fuzz::require(need.count >= 1 && need.count <= need.members.size());
    }
    // Nobody has signed: no policy takes that.
    adic::fuzz::require(!adic::audit::judge({}, *policy).holds());
    return 0;
}
