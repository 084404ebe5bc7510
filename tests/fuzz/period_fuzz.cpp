#include "adic/model/provenance.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// A period that was read is written as a text that reads back as the same days.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT
    const auto period = adic::model::parse_period(text);
    if (period) {
        const auto again = adic::model::parse_period(adic::model::to_text(*period));
        if (!again || !(*again == *period)) {
            std::abort();
        }
    }
    return 0;
}
