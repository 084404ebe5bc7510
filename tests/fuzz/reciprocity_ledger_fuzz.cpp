// Any bytes as a ledger of reciprocal purchases: read without a crash; what was read closes to the
// cent, and sealed it is read again as the same.
#include "adic/procure/reciprocity.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <map>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    ingest::ImportReport report;
    const auto entries =
        procure::parse_reciprocity_ledger(fuzz::text_of(data, size), "ledger.csv", report);
    fuzz::require(report.may_commit() || entries.empty());
    procure::Cents balance = 0;
    for (const procure::StateYear& year : procure::balances_of(entries, 5)) {
        balance += year.bought - year.sold;
    }
    fuzz::require(balance == 0);
    ingest::ImportReport again;
    const std::string sealed = procure::sealed_ledger(entries);
    fuzz::require(
        procure::parse_reciprocity_ledger(sealed, "ledger.csv", again).size() == entries.size()
    );
    return 0;
}
