#include "adic/audit/bridge.hpp"

#include "fuzz.hpp"

#include <cstdint>

/// There is one way to write a bridge, and checking one ends, whatever its sizes say.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = adic::fuzz::text_of(data, size);
    if (const auto bridge = adic::audit::parse_bridge(text)) {
        adic::fuzz::require(adic::audit::write_bridge(*bridge) == text);
        static_cast<void>(bridge->holds());
    }
    return 0;
}
