// Any bytes as contracting processes: read without a crash; every part of a flag comes from the
// file, and the number of threads changes nothing.
#include "adic/procure/flags.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    const std::string text(fuzz::text_of(data, size));
    ingest::ImportReport report;
    const auto one = procure::find_flags_in(text, "bids.jsonl", {}, {1, {}}, report);
    const auto two = procure::find_flags_in(text, "bids.jsonl", {}, {2, {}}, report);
    fuzz::require(one && two && one->flags == two->flags && one->fences == two->fences);
    for (const procure::RaisedFlag& flag : one->flags) {
        fuzz::require(!flag.id.empty() && !flag.figures.text.empty());
    }
    return 0;
}
