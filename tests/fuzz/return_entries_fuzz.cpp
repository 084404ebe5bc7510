// Any bytes as contributions and work: read without a crash; balances sum to nothing.
#include "adic/procure/geographic_return.hpp"

#include "fuzz.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    ingest::ImportReport report;
    const auto entries =
        procure::parse_return_entries(fuzz::text_of(data, size), "return.csv", report);
    fuzz::require(report.may_commit() || entries.empty());
    procure::Fraction sum = 0;
    for (const procure::StateReturn& one : procure::geographic_return(entries)) {
        sum += one.balance.value_or(0);
        fuzz::require(one.deficit == 0 || one.surplus == 0);
    }
    fuzz::require(sum == 0);
    return 0;
}
