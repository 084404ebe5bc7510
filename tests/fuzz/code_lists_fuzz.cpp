#include "adic/ingest/code_list_reader.hpp"
#include "adic/registry/search/find_codes.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

/// Every code is found by its own title, unless that says nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{adic::fuzz::text_of(data, size)};
    adic::ingest::ImportReport report;
    const auto codes = adic::ingest::parse_code_list(text, "codes.csv", report);
    if (!codes || codes->empty()) {
        return 0;
    }
    const auto found = adic::registry::find_codes(*codes, codes->front().title, codes->size());
    for (const adic::registry::FoundCode& one : found) {
        adic::fuzz::require(one.weight > 0.0 && !one.by.empty());
    }
    return 0;
}
