#include "adic/audit/evidence.hpp"

#include "fuzz.hpp"

#include <cstdint>

/// Evidence is checked to its end or to the first thing that is wrong; under a policy without a
/// key that signed it, it never holds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = adic::fuzz::text_of(data, size);
    std::uint64_t taken = 0;
    const auto count = [&](std::uint64_t, const adic::audit::Event&) { ++taken; };
    const auto verdict = adic::audit::check_evidence_text(text, {}, count);
    if (verdict) {
        adic::fuzz::require(!verdict->holds());
        adic::fuzz::require(verdict->entries == taken);
        adic::fuzz::require(verdict->problems.size() <= 1);
    }
    return 0;
}
