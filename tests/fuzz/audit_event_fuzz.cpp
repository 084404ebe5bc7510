#include "adic/audit/event.hpp"

#include "fuzz.hpp"

#include <cstdint>

/// There is one way to write an event, so nothing can hide in one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = adic::fuzz::text_of(data, size);
    if (const auto event = adic::audit::parse_event(text)) {
        adic::fuzz::require(*adic::audit::write_event(*event) == text);
    }
    return 0;
}
