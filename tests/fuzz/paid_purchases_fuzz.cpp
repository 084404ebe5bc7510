// Any bytes as purchases, as planned and as paid: read without a crash; the parts add up.
#include "adic/procure/realised.hpp"

#include "fuzz.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    ingest::ImportReport report;
    const auto purchases =
        procure::parse_paid_purchases(fuzz::text_of(data, size), "purchases.csv", report);
    fuzz::require(report.may_commit() || purchases.empty());
    for (const procure::PaidPurchase& one : purchases) {
        const auto realised = procure::realised_savings({one}, {}, one.currency);
        if (realised) {
            const procure::RealisedPurchase& parts = realised->front();
            fuzz::require(
                parts.paid
                == parts.planned + parts.volume + parts.price + parts.inflation + parts.exchange
            );
            fuzz::require(parts.exchange == 0);
        }
    }
    return 0;
}
