// Any bytes as the terms of an offer, and as a list of price breaks: read without a crash; a saving
// by terms without a complaint lies within its range.
#include "adic/procure/offer_terms.hpp"

#include "fuzz.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    const auto text = fuzz::text_of(data, size);
    ingest::ImportReport report;
    const procure::OfferTerms terms = procure::parse_offer_terms(text, "terms.csv", report);
    const auto list = procure::parse_price_breaks(text);
    fuzz::require(!list || !list->breaks.empty());
    if (!report.may_commit()) {
        fuzz::require(terms.prices.empty());
        return 0;
    }
    const auto range = procure::range_of(terms, {Estimate::exactly(2.0), Estimate::exactly(3.0)});
    fuzz::require(static_cast<bool>(range));
    fuzz::require(range->saving.low() <= range->saving.high());
    return 0;
}
