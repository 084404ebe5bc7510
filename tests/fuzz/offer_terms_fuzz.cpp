// Any bytes as the terms of an offer, and as a list of price breaks: read without a crash; a saving
// by terms without a complaint lies within its range.
#include "adic/procure/offer_terms.hpp"

#include "fuzz.hpp"

#include <cstdint>

namespace {

/// One rate, so that amounts are exchanged, too.
adic::procure::ExchangeRates fuzz_rates() {
    const std::chrono::sys_days day{};
    return adic::procure::ExchangeRates({{"EUR", "MYR", day, day, 5}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    const auto text = fuzz::text_of(data, size);
    ingest::ImportReport report;
    const procure::OfferTerms terms = procure::parse_offer_terms(
        text,
        "terms.csv",
        report,
        {"", std::chrono::sys_days{}, fuzz_rates()}
    );
    const auto list = procure::parse_price_breaks(text);
    fuzz::require(!list || !list->breaks.empty());
    if (!report.may_commit()) {
        fuzz::require(terms.prices.empty());
        return 0;
    }
    // What fewer bytes than a line cost to make takes many more: a million pieces are tried in
    // tests.
    constexpr double most_made = 1'000.0;
    if (terms.made_before.high() > most_made) {
        return 0;
    }
    const auto lots =
        procure::lots_on_line(terms, {Estimate::exactly(2.0), Estimate::exactly(3.0)});
    fuzz::require(static_cast<bool>(lots));
    fuzz::require(lots->empty() != terms.prices.empty());
    const auto range = procure::range_of(terms, {Estimate::exactly(2.0), Estimate::exactly(3.0)});
    fuzz::require(static_cast<bool>(range));
    fuzz::require(range->saving.low() <= range->saving.high());
    return 0;
}
