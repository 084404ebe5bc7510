// Any bytes as the plan of a set of states in a checkpoint: what is read is written as it was.
#include "adic/procure/award_coalitions.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    const std::string text{fuzz::text_of(data, size)};
    if (const auto plan = procure::parse_coalition_plan(text)) {
        const std::string written = procure::write_coalition_plan(*plan);
        fuzz::require(procure::parse_coalition_plan(written) == plan);
    }
    return 0;
}
