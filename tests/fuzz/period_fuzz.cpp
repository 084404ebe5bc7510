#include "adic/model/provenance.hpp"

#include "fuzz.hpp"

#include <cstdint>

/// A period that was read is written as a text that reads back as the same days.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto period = adic::model::parse_period(adic::fuzz::text_of(data, size));
    if (period) {
        const auto again = adic::model::parse_period(adic::model::to_text(*period));
        adic::fuzz::require(again && *again == *period);
    }
    return 0;
}
