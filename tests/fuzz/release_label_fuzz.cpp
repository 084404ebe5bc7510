#include "adic/model/release.hpp"
#include "adic/registry/release/label.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

/// A policy that was read, as a label or as a cell of a table, is written and read as itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{adic::fuzz::text_of(data, size)};
    if (const auto policy = adic::registry::parse_label(text)) {
        const auto again = adic::registry::parse_label(adic::registry::write_label(*policy, {}));
        adic::fuzz::require(again && *again == *policy);
    }
    if (const auto grants = adic::model::parse_grants(text, {"ASEAN"})) {
        const auto again = adic::model::parse_grants(adic::model::to_text(*grants), {"ASEAN"});
        adic::fuzz::require(again && *again == *grants);
    }
    return 0;
}
