#include "adic/shock/remedies/plan_runs.hpp"

#include "fuzz.hpp"

#include <cmath>
#include <cstdint>
#include <string>

using namespace adic;

/// What was read as a loss is written as the same bytes, and every figure of it can be used. The
/// first byte says of how many runs.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string bytes{fuzz::text_of(data, size)};
    const std::size_t runs = bytes.empty() ? 0 : static_cast<unsigned char>(bytes.front());
    bytes.erase(0, 1);
    constexpr std::size_t targets = 2;
    if (const auto loss = shock::parse_plan_loss(bytes, runs, targets)) {
        fuzz::require(shock::to_bytes(*loss) == bytes);
        fuzz::require(loss->by_run.size() == runs && loss->by_target.size() == targets);
        for (const double lost : loss->by_run) {
            fuzz::require(std::isfinite(lost));
        }
    }
    return 0;
}
